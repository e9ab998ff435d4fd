"""A person's newest check-ins, and the ending of a forgotten one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from models import CheckIn, ClosedBy, Shift

# How many of a person's check-ins are looked at to see which shifts are attended.
RECENT = 4
_COLUMNS = [
    col(CheckIn.id), col(CheckIn.shift_id), col(CheckIn.post_id), col(CheckIn.in_at), col(CheckIn.out_at),
    col(CheckIn.close_at), col(CheckIn.closed_by), col(CheckIn.duty_type), col(CheckIn.last_at),
    col(CheckIn.last_latitude), col(CheckIn.last_longitude), col(CheckIn.place_grade), col(CheckIn.distance),
    col(CheckIn.in_punctuality), col(CheckIn.late_minutes), col(CheckIn.evidence), col(CheckIn.work_day),
    col(CheckIn.too_fast), col(CheckIn.photo),
]  # fmt: skip
_RECENT = select(*_COLUMNS).order_by(col(CheckIn.in_at).desc(), col(CheckIn.id).desc()).limit(RECENT)


def recent_of(session: Session, person_id: int) -> list[Row[Any]]:
    """The newest check-ins of a person, newest first."""
    return list(session.execute(_RECENT.where(col(CheckIn.person_id) == person_id)))


def close_forgotten(session: Session, row: Row[Any]) -> datetime:
    """End it where its shift ended, or when its time was over; returns that moment."""
    out_at: datetime = end_of_shift(session, row.shift_id) or row.close_at
    values = {"out_at": out_at, "closed_by": ClosedBy.SYSTEM}
    session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    return out_at


def end_of_shift(session: Session, shift_id: int | None) -> datetime | None:
    """When a shift ends; None without a shift."""
    if shift_id is None:
        return None
    return session.execute(select(col(Shift.ends_at)).where(col(Shift.id) == shift_id)).scalar()
