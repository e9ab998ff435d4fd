"""From one shift to the next without a check-out: what was begun is ended, and the next one is gone on with.

Why, and when: docs/decisions/0021.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert
from sqlmodel import Session, col

from bot.checkins import close_forgotten
from bot.matching import PlannedShift
from bot.settings import Settings
from bot.work_day import day_of_duty
from models import CheckIn, ClosedBy, Evidence, PlaceGrade, Punctuality

_INSERT = insert(CheckIn).returning(col(CheckIn.id))
_THERE = (PlaceGrade.ON_SITE, PlaceGrade.UNSURE)


@dataclass(frozen=True, slots=True)
class Ended:
    """A check-in that was ended, when, and the shifts at the same place that were gone on with."""

    out_at: datetime
    shifts: tuple[PlannedShift, ...] = ()
    # The last check-in there is now, and whether it is open.
    checkin_id: int = 0
    is_open: bool = False


def end(
    session: Session, row: Row[Any], shifts: Sequence[PlannedShift], attended: set[int], until: datetime,
    settings: Settings, *, leaves: bool = False,
) -> Ended | None:  # fmt: skip
    """End a forgotten check-in. Whoever is planned for the next shift at the same place goes on with it,
    as far as it has begun by `until`; the last one stays open for who only now leaves (`leaves`). None where
    somebody else has ended it meanwhile."""
    following = _follow(row, shifts, attended, until, settings)
    latest = following[0].starts_at if following and row.shift_id is None else None
    out_at = close_forgotten(session, row, latest)
    if out_at is None:
        return None
    number, is_open, ended_at = row.id, False, out_at
    for shift in following:
        begin = max(shift.starts_at, ended_at)
        is_open = _close_at(shift, settings) > until or (leaves and shift == following[-1])
        number = _carry(session, row.person_id, shift, begin, None if is_open else shift.ends_at, settings)
        ended_at = shift.ends_at
    return Ended(out_at, tuple(following), number, is_open)


def goes_on(
    row: Row[Any], shifts: Sequence[PlannedShift], attended: set[int], at: datetime, settings: Settings
) -> bool:
    """Whether somebody who checks out now has kept the next shift too: the whole of it, or so long after the
    end of the first that it would have been closed; where the first was planned for no shift, any of it."""
    following = _follow(row, shifts, attended, at, settings)
    grace = timedelta(minutes=settings.checkin.grace_minutes)
    if not following:
        return False
    return row.shift_id is None or row.close_at <= at or following[0].ends_at - grace <= at


def _follow(
    row: Row[Any], shifts: Sequence[PlannedShift], attended: set[int], until: datetime, settings: Settings
) -> list[PlannedShift]:
    """The shifts that follow one another at the place of the check-in, none attended: each can be checked in
    to while the one before still runs, and has begun by `until`."""
    if row.shift_id is None and row.place_grade not in _THERE and row.evidence != Evidence.NONE:
        return []
    early = timedelta(minutes=settings.checkin.early_minutes)
    current = next((shift for shift in shifts if shift.id == row.shift_id), None)
    if row.shift_id is not None and current is None:
        # It was given to somebody else, or is no more.
        return []
    reach = current.ends_at if current else row.close_at
    last = current.ends_at if current else row.in_at
    found: list[PlannedShift] = []
    for shift in sorted(shifts, key=lambda each: (each.starts_at, each.id)):
        fits = shift.id not in attended and _is_same_place(row, shift) and shift.ends_at > last
        if fits and row.in_at <= shift.starts_at <= until and shift.starts_at - early <= reach:
            found.append(shift)
            reach = last = shift.ends_at
    return found


def _is_same_place(row: Row[Any], shift: PlannedShift) -> bool:
    if shift.post_id is None:
        return row.post_id is None and bool(row.area_id == shift.area_id)
    return bool(row.post_id == shift.post_id)


def _carry(
    session: Session, person_id: int, shift: PlannedShift, begin: datetime, out_at: datetime | None,
    settings: Settings,
) -> int:  # fmt: skip
    """The check-in to a shift that was gone on with; its number."""
    values: dict[str, Any] = {
        "person_id": person_id, "area_id": shift.area_id, "shift_id": shift.id, "post_id": shift.post_id,
        "duty_type": shift.duty_type, "work_day": day_of_duty(shift, begin, settings.work), "in_at": begin,
        "close_at": _close_at(shift, settings), "in_punctuality": Punctuality.ON_TIME, "late_minutes": 0,
        "early_minutes": 0, "evidence": Evidence.WENT_ON, "place_grade": PlaceGrade.NOT_GRADED,
        "too_fast": False, "out_at": out_at, "closed_by": ClosedBy.SYSTEM if out_at else None,
    }  # fmt: skip
    return session.connection().execute(_INSERT, values).scalar_one() or 0


def _close_at(shift: PlannedShift, settings: Settings) -> datetime:
    return shift.ends_at + timedelta(minutes=settings.checkin.close_after_minutes)
