"""Work days written under another rule or other settings, put right: check-ins are given the day that they
count for now, and the days that shifts and patrols have left or come to are counted anew."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.settings import WorkSettings
from bot.settings.work_day import day_of_duty, day_of_shift, work_day
from bot.storage import values
from models import CheckIn, Patrol, Shift, Touched

RECKONED = "work_days_reckoned"
PARTS = ("checkins", "shifts", "patrols")
BATCH = 500


def redate(work: Work, part: str, after: int) -> tuple[int, tuple[str, int] | None]:
    """See to the next rows of a part (empty: begin, where what is kept was written by another rule than
    today's); how many have moved, and the part and row to go on after (None: that was all)."""
    access.require(work.actor, "figures.keep", Resource())
    rule = _rule(work.settings.work)
    if not part and values.get(work.session, RECKONED) == rule:
        return 0, None
    part = part or PARTS[0]
    moved, last = _see_to(work.session, part, after, work.now, work.settings.work)
    if last:
        return moved, (part, last)
    following = PARTS[PARTS.index(part) + 1 :]
    if not following:
        values.put(work.session, RECKONED, rule)
    return moved, (following[0], 0) if following else None


def _see_to(session: Session, part: str, after: int, now: datetime, work: WorkSettings) -> tuple[int, int]:
    if part == "checkins":
        return _checkins(session, after, work)
    return _shifts(session, after, now, work) if part == "shifts" else _patrols(session, after, work)


def _checkins(session: Session, after: int, work: WorkSettings) -> tuple[int, int]:
    rows = session.execute(
        select(
            col(CheckIn.id),
            col(CheckIn.work_day),
            col(CheckIn.in_at),
            col(Shift.starts_at),
            col(Shift.ends_at),
        )
        .join(Shift, col(Shift.id) == col(CheckIn.shift_id), isouter=True)
        .where(col(CheckIn.id) > after)
        .order_by(col(CheckIn.id))
        .limit(BATCH)
    ).all()
    moved = 0
    for row in rows:
        day = day_of_duty(row if row.starts_at else None, row.in_at, work)
        if day != row.work_day:
            session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(work_day=day))
            moved += 1
    return moved, _last(rows)


def _shifts(session: Session, after: int, now: datetime, work: WorkSettings) -> tuple[int, int]:
    rows = session.execute(
        select(col(Shift.id), col(Shift.area_id), col(Shift.starts_at), col(Shift.ends_at))
        .where(col(Shift.id) > after, col(Shift.starts_at) <= now)
        .order_by(col(Shift.id))
        .limit(BATCH)
    ).all()
    moved = [
        row for row in rows if day_of_shift(row.starts_at, row.ends_at, work) != work_day(row.starts_at, work)
    ]
    _note(session, moved, work, "starts_at")
    return len(moved), _last(rows)


def _patrols(session: Session, after: int, work: WorkSettings) -> tuple[int, int]:
    rows = session.execute(
        select(
            col(Patrol.id),
            col(Patrol.area_id),
            col(Patrol.started_at),
            col(Shift.starts_at),
            col(Shift.ends_at),
        )
        .join(Shift, col(Shift.id) == col(Patrol.shift_id))
        .where(col(Patrol.id) > after)
        .order_by(col(Patrol.id))
        .limit(BATCH)
    ).all()
    moved = [row for row in rows if day_of_duty(row, row.started_at, work) != work_day(row.started_at, work)]
    _note(session, moved, work, "started_at")
    return len(moved), _last(rows)


def _note(session: Session, rows: list[Row[Any]], work: WorkSettings, was: str) -> None:
    """Have the day that was left and the one that was come to counted anew."""
    days = [
        {"day": day, "area_id": row.area_id}
        for row in rows
        for day in (work_day(getattr(row, was), work), day_of_shift(row.starts_at, row.ends_at, work))
    ]
    if days:
        session.connection().execute(insert(Touched), days)


def _last(rows: Any) -> int:
    return rows[-1].id if len(rows) == BATCH else 0


def _rule(work: WorkSettings) -> str:
    return f"middle {work.timezone} {work.day_start}"
