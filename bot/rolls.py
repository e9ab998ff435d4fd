"""Who is to report on a day, and who has: rows only. Who may see them is asked above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, func, or_, select
from sqlmodel import Session, col

from bot.access import within
from bot.grading import work_day
from bot.settings import Settings
from models import (
    Account,
    Area,
    CheckIn,
    HouseholdCluster,
    HouseholdDay,
    MemberState,
    Nudge,
    Person,
    Reach,
    ReportKind,
    Role,
    RoleName,
    Shift,
    ShiftMember,
)

# Whose shifts are planned this close to a day has them planned on the day too, or is off.
_PLANNED = timedelta(days=14)
# A check-in that counts for a day came less than this from its midnight, wherever that is.
AROUND = timedelta(days=3)


class Silence(StrEnum):
    """Why there is no report, as far as it is known."""

    # No word.
    SILENT = "silent"
    # On leave or sick.
    AWAY = "away"
    # Says that it is a day off.
    OFF = "off"
    NEVER_JOINED = "never_joined"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody whose report is not there; `last`: the last one there is, a moment or a day."""

    person_id: int
    name: str
    silence: Silence
    last: datetime | date | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many are to report and how many have, in an area's subtree."""

    area_id: int
    name: str
    due: int
    reported: int


def missing(
    session: Session, kind: ReportKind, path: str, day: date, settings: Settings, *, below: bool,
    now: datetime,
) -> list[Missing]:  # fmt: skip
    """Those of the area at `path` whose report of the day is not there by now, in the order of their areas;
    `below`: those of the areas below too."""
    due, reported = _due(kind, day, settings, now), _reported(kind, day, _is_today(day, settings, now))
    where = within(col(Area.path), path) if below else col(Area.path) == path
    rows = session.execute(
        select(
            col(Person.id), col(Person.name), _silence(kind, day, settings).label("silence"),
            _last(kind).label("last"),
        )
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(where, col(Person.removed_at).is_(None), due, ~reported)
        .order_by(col(Area.position), col(Person.code))
    )  # fmt: skip
    return [Missing(row.id or 0, row.name, Silence(row.silence), row.last) for row in rows]


def counts(
    session: Session, kind: ReportKind, area: Row[Any], below: Sequence[Row[Any]], day: date,
    settings: Settings, now: datetime,
) -> tuple[Count, list[Count]]:  # fmt: skip
    """How many are to report by now and have: in the area with all below it, and in each of those just
    below that has anybody. Everybody is looked at once."""
    reported = _reported(kind, day, _is_today(day, settings, now))
    rows = session.execute(
        select(col(Area.path), func.count(), func.count(case((reported, 1))))
        .select_from(Person)
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(
            within(col(Area.path), area.path), col(Person.removed_at).is_(None),
            _due(kind, day, settings, now),
        )
        .group_by(col(Area.path))
    ).all()  # fmt: skip
    held = [(path, due, done) for path, due, done in rows]
    counted = [_sum(each, [row for row in held if row[0].startswith(each.path)]) for each in below]
    return _sum(area, held), [count for count in counted if count.due]


def _sum(area: Row[Any], held: Sequence[tuple[str, int, int]]) -> Count:
    return Count(area.id, area.name, sum(due for _, due, _ in held), sum(done for _, _, done in held))


def has_reported(session: Session, kind: ReportKind, person_id: int, day: date) -> bool:
    """Whether this person's report of today, `day`, is there."""
    found = select(col(Person.id)).where(col(Person.id) == person_id, _reported(kind, day, is_today=True))
    return session.execute(found).first() is not None


def _due(kind: ReportKind, day: date, settings: Settings, now: datetime) -> ColumnElement[bool]:
    """Who is to report: heads of households; whoever has a shift that day that has begun, and grid workers
    who have none planned at all."""
    if kind is ReportKind.HOUSEHOLDS:
        mine = col(HouseholdCluster.head_id) == col(Person.id)
        return exists().where(mine, col(HouseholdCluster.removed_at).is_(None))
    start, end = _bounds(day, settings)
    return or_(_on_shift(start, min(end, now)), keeps_daily(day, settings))


def keeps_daily(day: date, settings: Settings) -> ColumnElement[bool]:
    """Whether the person is a grid worker who has no shift planned around this day at all, as the roster is
    now: duty is kept once a work day. What it was on past days stands in `daily_worker`."""
    worker = exists().where(col(Role.person_id) == col(Person.id), col(Role.role) == RoleName.GRID_WORKER)
    start, end = _bounds(day, settings)
    return and_(worker, ~_on_shift(start - _PLANNED, end + _PLANNED))


def _on_shift(start: datetime, end: datetime, *states: MemberState) -> ColumnElement[bool]:
    """Whether the person has a shift that begins between these moments; by `states`: is this to it."""
    wanted = states or (MemberState.PLANNED, MemberState.AWAY)
    return exists().where(
        col(ShiftMember.person_id) == col(Person.id), col(ShiftMember.state).in_(wanted),
        col(Shift.id) == col(ShiftMember.shift_id), col(Shift.removed_at).is_(None),
        col(Shift.starts_at) >= start, col(Shift.starts_at) < end,
    )  # fmt: skip


def _reported(kind: ReportKind, day: date, is_today: bool) -> ColumnElement[bool]:
    """Whether the person's report of the day is there: looked up by person, for of one day there are as many
    as people. Whoever is on duty now, from another day or shift, is not missed today."""
    if kind is ReportKind.HOUSEHOLDS:
        return exists().where(
            col(HouseholdCluster.head_id) == col(Person.id),
            col(HouseholdDay.cluster_id) == col(HouseholdCluster.id), col(HouseholdDay.day) == day,
            col(HouseholdDay.head_id) == col(Person.id), col(HouseholdDay.answered_at).is_not(None),
        )  # fmt: skip
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    around = (col(CheckIn.in_at) > midnight - AROUND, col(CheckIn.in_at) < midnight + AROUND)
    mine = col(CheckIn.person_id) == col(Person.id)
    came = exists().where(mine, *around, col(CheckIn.work_day) == day)
    return or_(came, exists().where(mine, col(CheckIn.out_at).is_(None))) if is_today else came


def _is_today(day: date, settings: Settings, now: datetime) -> bool:
    return day == work_day(now, settings.work)


def _last(kind: ReportKind) -> Any:
    """The last report there is."""
    if kind is ReportKind.HOUSEHOLDS:
        newest = func.max(col(HouseholdDay.day))
        told = (col(HouseholdDay.head_id) == col(Person.id), col(HouseholdDay.answered_at).is_not(None))
        return select(newest).where(*told).correlate(Person).scalar_subquery()
    newest = func.max(col(CheckIn.in_at))
    return select(newest).where(col(CheckIn.person_id) == col(Person.id)).correlate(Person).scalar_subquery()


def _silence(kind: ReportKind, day: date, settings: Settings) -> ColumnElement[str]:
    start, end = _bounds(day, settings)
    joined = exists().where(col(Account.person_id) == col(Person.id))
    reachable = exists().where(col(Account.person_id) == col(Person.id), col(Account.reach) == Reach.OK)
    off = exists().where(
        col(Nudge.person_id) == col(Person.id), col(Nudge.kind) == kind, col(Nudge.day) == day,
        col(Nudge.off_at).is_not(None),
    )  # fmt: skip
    whens: list[Any] = [
        (off, Silence.OFF),
        (~joined, Silence.NEVER_JOINED),
        (~reachable, Silence.UNREACHABLE),
    ]
    if kind is ReportKind.DUTY:
        whens.insert(0, (_on_shift(start, end, MemberState.AWAY), Silence.AWAY))
    return case(*whens, else_=Silence.SILENT)


def _bounds(day: date, settings: Settings) -> tuple[datetime, datetime]:
    """The moments between which the work day lies."""
    start = datetime.combine(day, settings.work.day_start, settings.work.zone)
    following = datetime.combine(day + timedelta(days=1), settings.work.day_start, settings.work.zone)
    return start.astimezone(UTC), following.astimezone(UTC)


def row_of(session: Session, area_id: int) -> Row[Any] | None:
    """An area: its name, kind, path, and the one above."""
    return session.execute(
        select(col(Area.id), col(Area.name), col(Area.kind), col(Area.path), col(Area.parent_id)).where(
            col(Area.id) == area_id, col(Area.removed_at).is_(None)
        )
    ).first()


def below(session: Session, area_id: int) -> list[Row[Any]]:
    """The areas just below (id, name, path), in roster order."""
    found = select(col(Area.id), col(Area.name), col(Area.path)).where(
        col(Area.parent_id) == area_id, col(Area.removed_at).is_(None)
    )
    return list(session.execute(found.order_by(col(Area.position))))
