"""Which work day something belongs to, and from when to when work days last: every view asks here.

A work day begins at `work.day_start`. A shift counts for the work day that most of it lies in, as its middle
tells; what was done in a shift (check-ins, patrols) counts with that shift; anything else for the work day in
which it happened.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, extract, literal, or_, select, update
from sqlmodel import Session, col

from bot.settings import WorkSettings
from models import LONGEST_SHIFT, CheckIn, Patrol, Shift
from models.columns import MOMENT

_DAY = timedelta(days=1)
# A shift that counts for a day begins and ends less than this away from that day.
AROUND = LONGEST_SHIFT / 2 + _DAY


class Stretched(Protocol):
    """What has a beginning and an end, as a shift."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""


def work_day(at: datetime, work: WorkSettings) -> date:
    """The work day a moment lies in: until `day_start` it is still the day before."""
    day = at.astimezone(work.zone).date()
    return day - _DAY if at < _start(day, work) else day


def day_of_shift(starts_at: datetime, ends_at: datetime, work: WorkSettings) -> date:
    """The work day that most of a shift lies in; of two halves the later one."""
    return work_day(_middle(starts_at, ends_at), work)


def day_of_duty(shift: Stretched | None, at: datetime, work: WorkSettings) -> date:
    """The work day of a check-in or a patrol: that of its shift, without one that of its beginning."""
    return day_of_shift(shift.starts_at, shift.ends_at, work) if shift else work_day(at, work)


def bounds(first: date, last: date, work: WorkSettings) -> tuple[datetime, datetime]:
    """The moments between which the work days from the first to the last lie: from the one until before the
    other, in UTC."""
    return _start(first, work), _start(last + _DAY, work)


def counted_between(since: Any, until: Any) -> ColumnElement[bool]:
    """Whether the shift of the row counts for the work days between these bounds (moments or bound ones)."""
    return middle_between(col(Shift.starts_at), col(Shift.ends_at), since, until)


def middle_between(starts_at: Any, ends_at: Any, since: Any, until: Any) -> ColumnElement[bool]:
    """Whether the middle of a stretch lies between these moments; what it lasts is told in columns."""
    twice = _epoch(starts_at) + _epoch(ends_at)
    return and_(twice >= 2 * _epoch(_bound(since)), twice < 2 * _epoch(_bound(until)))


def shifts_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    """The same, with the starts that come into question, which an index finds."""
    start = col(Shift.starts_at)
    return and_(start > since - AROUND, start < until + AROUND, counted_between(since, until))


def patrols_between(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Whether the patrol of the row, with its shift (if any) joined to it, counts for the work days between
    these bounds."""
    start = col(Patrol.started_at)
    return and_(start > since - AROUND, start < until + AROUND, patrol_counted_between(since, until))


def patrol_counted_between(since: Any, until: Any) -> ColumnElement[bool]:
    """The same where the starts that come into question are asked for apart."""
    start = col(Patrol.started_at)
    alone = and_(col(Shift.id).is_(None), start >= since, start < until)
    return or_(alone, and_(col(Shift.id).is_not(None), counted_between(since, until)))


def redate(session: Session, shifts: Select[Any], work: WorkSettings) -> int:
    """Let check-ins to these shifts count for what is now the shift's work day; how many have moved."""
    rows = session.execute(
        select(col(CheckIn.id), col(CheckIn.work_day), col(Shift.starts_at), col(Shift.ends_at))
        .join(Shift, col(Shift.id) == col(CheckIn.shift_id))
        .where(col(CheckIn.shift_id).in_(shifts))
    ).all()
    moved = [(row.id, day) for row in rows if (day := day_of_duty(row, row.starts_at, work)) != row.work_day]
    for number, day in moved:
        session.execute(update(CheckIn).where(col(CheckIn.id) == number).values(work_day=day))
    return len(moved)


def _start(day: date, work: WorkSettings) -> datetime:
    return datetime.combine(day, work.day_start, work.zone).astimezone(UTC)


def _middle(starts_at: datetime, ends_at: datetime) -> datetime:
    """In UTC: local times do not know the hour that a change of the clocks takes or gives."""
    began = starts_at.astimezone(UTC)
    return began + (ends_at.astimezone(UTC) - began) / 2


def _bound(moment: Any) -> Any:
    return literal(moment, MOMENT) if isinstance(moment, datetime) else moment


def _epoch(moment: Any) -> Any:
    return cast(extract("epoch", moment), BigInteger)
