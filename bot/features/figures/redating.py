"""Work days written under another rule or other settings, put right: check-ins are given the day that they
count for now, and the days that shifts and patrols have left or come to are counted anew."""

from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlmodel import col

from bot import access
from bot.access import Resource, Work
from bot.base.facts import Struct
from bot.settings import WorkSettings
from bot.settings.work_day import day_of_shift, work_day
from bot.storage import values
from bot.storage.rows import Query, all_of
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
    moved, last = _see_to(work, part, after)
    if last:
        return moved, (part, last)
    following = PARTS[PARTS.index(part) + 1 :]
    if not following:
        values.put(work.session, RECKONED, rule)
    return moved, (following[0], 0) if following else None


def _see_to(work: Work, part: str, after: int) -> tuple[int, int]:
    if part == "checkins":
        return _checkins(work, after)
    rows = _shifts(work, after) if part == "shifts" else _patrols(work, after)
    by = work.settings.work
    moved = [row for row in rows if row.day(by) != work_day(row.began, by)]
    days = [
        {"day": day, "area_id": row.area_id}
        for row in moved
        for day in (work_day(row.began, by), row.day(by))
    ]
    if days:
        work.session.connection().execute(insert(Touched), days)
    return len(moved), rows[-1].id if len(rows) == BATCH else 0


class _CheckIn(Struct):
    """A check-in, the day that it is kept under, and its shift."""

    id: int
    work_day: date
    in_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None


def _checkins(work: Work, after: int) -> tuple[int, int]:
    query: Query = (
        select(
            col(CheckIn.id), col(CheckIn.work_day), col(CheckIn.in_at), col(Shift.starts_at),
            col(Shift.ends_at),
        )
        .join(Shift, col(Shift.id) == col(CheckIn.shift_id), isouter=True)
        .where(col(CheckIn.id) > after)
        .order_by(col(CheckIn.id))
        .limit(BATCH)
    )  # fmt: skip
    moved, by, rows = 0, work.settings.work, all_of(work.session, _CheckIn, query)
    for row in rows:
        of_shift = row.starts_at and row.ends_at and day_of_shift(row.starts_at, row.ends_at, by)
        day = of_shift or work_day(row.in_at, by)
        if day != row.work_day:
            work.session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(work_day=day))
            moved += 1
    return moved, rows[-1].id if len(rows) == BATCH else 0


class _Began(Struct):
    """A shift, or a patrol of one: when it began, and from when to when the shift is."""

    id: int
    area_id: int
    began: datetime
    starts_at: datetime
    ends_at: datetime

    def day(self, by: WorkSettings) -> date:
        """The day that it counts for now."""
        return day_of_shift(self.starts_at, self.ends_at, by)


def _shifts(work: Work, after: int) -> list[_Began]:
    query: Query = (
        select(
            col(Shift.id), col(Shift.area_id), col(Shift.starts_at).label("began"), col(Shift.starts_at),
            col(Shift.ends_at),
        )
        .where(col(Shift.id) > after, col(Shift.starts_at) <= work.now)
        .order_by(col(Shift.id))
        .limit(BATCH)
    )  # fmt: skip
    return all_of(work.session, _Began, query)


def _patrols(work: Work, after: int) -> list[_Began]:
    query: Query = (
        select(
            col(Patrol.id), col(Patrol.area_id), col(Patrol.started_at).label("began"), col(Shift.starts_at),
            col(Shift.ends_at),
        )
        .join(Shift, col(Shift.id) == col(Patrol.shift_id))
        .where(col(Patrol.id) > after)
        .order_by(col(Patrol.id))
        .limit(BATCH)
    )  # fmt: skip
    return all_of(work.session, _Began, query)


def _rule(work: WorkSettings) -> str:
    return f"middle {work.timezone} {work.day_start}"
