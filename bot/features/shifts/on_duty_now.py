"""Who keeps duty at a moment: has checked in, or is on a shift that runs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot.features.shifts.crews import coming
from models import CheckIn, Shift, ShiftMember


def on_duty_among(session: Session, people: Sequence[int], now: datetime) -> list[int]:
    """Those of these people who are on duty now."""
    open_ = select(col(CheckIn.person_id)).where(
        col(CheckIn.person_id).in_(people), col(CheckIn.out_at).is_(None), col(CheckIn.close_at) > now
    )
    runs = (
        select(col(ShiftMember.person_id))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(
            col(ShiftMember.person_id).in_(people), coming(), col(Shift.removed_at).is_(None),
            col(Shift.starts_at) <= now, col(Shift.ends_at) > now,
        )
    )  # fmt: skip
    awake = {*session.execute(open_).scalars(), *session.execute(runs).scalars()}
    return [number for number in people if number in awake]
