"""Who is to report on a day, and who has: rows only. Who may see them is asked above."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, or_, select, union_all
from sqlmodel import Session, col

from bot.access import Work, labels, within
from bot.base.facts import Struct
from bot.features.attendance import due
from bot.settings import Settings
from bot.settings.work_day import AROUND, bounds, shifts_between, work_day
from bot.storage.rows import Expression, Query, all_of, columns, first_of
from models import (
    LONGEST_SHIFT,
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


class Silence(StrEnum):
    """Why there is no report, as far as it is known."""

    # No word.
    SILENT = "silent"
    # Has reported or put right a hazard, patrolled or taken a request that day, without a check-in.
    WORKED = "worked"
    # Says that it is a day off.
    OFF = "off"
    # Has told of households that something is up with, and not yet of the others.
    PARTLY = "partly"
    NEVER_JOINED = "never_joined"
    UNREACHABLE = "unreachable"


class Missing(Struct):
    """Somebody whose report is not there; `last`: the last one there is, a moment or a day."""

    person_id: int
    name: str
    silence: Silence
    last: datetime | date | None


class BoardArea(Struct):
    """An area whose board is shown."""

    id: int
    name: str
    kind: str
    path: str
    parent_id: int | None


class AreaCount(Struct):
    """How many are to report and how many have, in an area with all below it."""

    area_id: int
    name: str
    due: int
    reported: int


def missing(work: Work, kind: ReportKind, path: str, day: date, *, below: bool) -> list[Missing]:
    """Those due in the area at `path` whose report of the day is not there by now, in the order of their
    areas; `below`: those due in the areas below too."""
    calls = _calls(work, kind, _where(path, below), day)
    rows = work.session.execute(
        select(
            col(Person.id), col(Person.name), _silence(kind, day, work.settings).label("silence"),
            _last(kind).label("last"),
        )
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.id).in_(select(calls.c.person_id).where(calls.c.lacks == 1)))
        .order_by(col(Area.position), col(Person.code))
    )  # fmt: skip
    found = [Missing(row.id or 0, row.name, Silence(row.silence), row.last) for row in rows]
    told = labels.among(work.session, {each.person_id: each.name for each in found})
    return [replace(each, name=told[each.person_id]) for each in found]


def away(work: Work, path: str, day: date, *, below: bool) -> list[str]:
    """The names of those who would be due there but are on leave or sick: they are not."""
    where = _where(path, below)
    calls = _calls(work, ReportKind.DUTY, where, day)
    excused = _crews(
        where, col(ShiftMember.state) == MemberState.AWAY, _begun(day, work.settings, work.now)
    ).subquery()
    rows = work.session.execute(
        select(col(Person.id), col(Person.name))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(
            col(Person.id).in_(select(excused.c.person_id)),
            col(Person.id).not_in(select(calls.c.person_id)),
        )
        .order_by(col(Area.position), col(Person.code))
    )  # fmt: skip
    return list(labels.among(work.session, {row.id or 0: row.name for row in rows}).values())


def counts(
    work: Work, kind: ReportKind, area: BoardArea, below: Sequence[BoardArea], day: date
) -> tuple[AreaCount, list[AreaCount]]:
    """How many people are to report by now and have: in the area with all below it, and in each of those
    just below that has anybody."""
    calls = _calls(work, kind, within(col(Area.path), area.path), day)
    everybody: dict[str, dict[int, bool]] = {"": {}}
    for person_id, path, lacks in work.session.execute(
        select(calls.c.person_id, calls.c.path, calls.c.lacks)
    ):
        for part in {"", _part(path, area.path)}:
            people = everybody.setdefault(part, {})
            # Who is due in two places there is one person.
            people[person_id] = people.get(person_id, False) or bool(lacks)
    found = [_count(each, everybody.get(_part(each.path, area.path), {})) for each in below]
    return _count(area, everybody[""]), [count for count in found if count.due]


def _part(path: str, above: str) -> str:
    """The path of the area just below `above` that this one is or lies in; `above` itself lies in none."""
    return path[: path.index("/", len(above)) + 1] if path != above else ""


def _count(area: BoardArea, people: Mapping[int, bool]) -> AreaCount:
    return AreaCount(area.id, area.name, len(people), len(people) - sum(people.values()))


def has_reported(
    session: Session, kind: ReportKind, person_id: int, day: date, since: datetime | None
) -> bool:
    """Whether a report of the day has come since then: a check-in, or the households' answer. Whoever is on
    duty has reported."""
    told = _answered(day) if kind is ReportKind.HOUSEHOLDS else _on_duty_since(day, since)
    found = select(col(Person.id)).where(col(Person.id) == person_id, told)
    return session.execute(found).first() is not None


def _where(path: str, below: bool) -> ColumnElement[bool]:
    return within(col(Area.path), path) if below else col(Area.path) == path


def _calls(work: Work, kind: ReportKind, where: ColumnElement[bool], day: date) -> Subquery:
    """Who is due by now in the areas of which `where` is true (person_id, path), and whether the report lacks
    (`lacks`): wherever somebody is at home, a shift is due where it is kept."""
    start, _ = bounds(day, day, work.settings.work)
    if kind is ReportKind.HOUSEHOLDS:
        return _heads(where, day, start).subquery()
    # Whoever should be on duty at this moment is named, however short a time ago they joined.
    bound = or_(due.had_joined(col(ShiftMember.person_id), start), due.here(), _runs(work.now))
    planned = (col(ShiftMember.state) == MemberState.PLANNED, _begun(day, work.settings, work.now), bound)
    both = union_all(_crews(where, *planned), _daily(work, where, day)).subquery()
    lacks: Expression = both.c.lacks
    if day == work_day(work.now, work.settings.work):
        # Whoever is on duty now, from another day or shift, is not missed today.
        on_duty = exists().where(col(CheckIn.person_id) == both.c.person_id, col(CheckIn.out_at).is_(None))
        lacks = case((on_duty, 0), else_=both.c.lacks)
    return select(both.c.person_id, both.c.path, lacks.label("lacks")).subquery()


def _heads(where: ColumnElement[bool], day: date, start: datetime) -> Query:
    """Heads of households who were asked, where they are at home; who has joined since is due once they have
    answered."""
    mine = (col(HouseholdCluster.head_id) == col(Person.id), col(HouseholdCluster.removed_at).is_(None))
    asked = _of_day(
        day, or_(col(HouseholdDay.asked_at).is_not(None), col(HouseholdDay.answered_at).is_not(None))
    )
    joined = or_(due.had_joined(col(Person.id), start), _answered(day))
    return _of_people(_answered(day)).where(where, exists().where(*mine), asked, joined)


def _crews(where: ColumnElement[bool], *conditions: ColumnElement[bool]) -> Query:
    """People of crews, where their shift is kept."""
    return (
        select(
            col(ShiftMember.person_id), col(Area.path), case((due.here(), 0), else_=1).label("lacks")
        )
        .select_from(Shift)
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .where(where, col(Person.removed_at).is_(None), col(Shift.removed_at).is_(None), *conditions)
    )  # fmt: skip


def _daily(work: Work, where: ColumnElement[bool], day: date) -> Query:
    """Grid workers without any planned shifts, at home, once the board has asked."""
    start, end = bounds(day, day, work.settings.work)
    came = due.came(col(Person.id), day, start, end, start - AROUND, end + AROUND)
    asked = due.asked(work.session, day, work.now, work.settings.work)
    return _of_people(came).where(
        where, keeps_daily(day, work.settings), asked, due.had_joined(col(Person.id), start)
    )


def _of_people(reported: ColumnElement[bool]) -> Query:
    return (
        select(col(Person.id).label("person_id"), col(Area.path), case((reported, 0), else_=1).label("lacks"))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.removed_at).is_(None))
    )


def keeps_daily(day: date, settings: Settings) -> ColumnElement[bool]:
    """Whether the person is a grid worker who has no shift planned around this day at all, as the roster is
    now: duty is kept once a work day. What it was on past days stands in `daily_worker`."""
    worker = exists().where(col(Role.person_id) == col(Person.id), col(Role.role) == RoleName.GRID_WORKER)
    start, end = bounds(day, day, settings.work)
    around = (col(Shift.starts_at) >= start - _PLANNED, col(Shift.starts_at) < end + _PLANNED)
    planned = col(ShiftMember.state).in_((MemberState.PLANNED, MemberState.AWAY))
    return and_(worker, ~_crew(planned, *around))


def _begun(day: date, settings: Settings, now: datetime) -> ColumnElement[bool]:
    """Whether the shift counts for the day and has begun, or (today) is going on now, whatever day it counts
    for."""
    counts = shifts_between(*bounds(day, day, settings.work))
    if day == work_day(now, settings.work):
        counts = or_(counts, _runs(now))
    return and_(counts, col(Shift.starts_at) <= now)


def _runs(now: datetime) -> ColumnElement[bool]:
    start = col(Shift.starts_at)
    return and_(start > now - LONGEST_SHIFT, start <= now, col(Shift.ends_at) > now)


def _crew(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the person is on the crew of such a shift."""
    found = select(col(ShiftMember.id)).join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
    mine = (col(ShiftMember.person_id) == col(Person.id), col(Shift.removed_at).is_(None), *conditions)
    return exists(found.where(*mine).correlate(Person))


def _answered(day: date) -> ColumnElement[bool]:
    """Whether the person has answered for the own households."""
    return _of_day(day, col(HouseholdDay.answered_at).is_not(None))


def _of_day(day: date, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether this is so of the day of one of the person's own clusters."""
    return exists().where(
        col(HouseholdCluster.head_id) == col(Person.id),
        col(HouseholdDay.cluster_id) == col(HouseholdCluster.id), col(HouseholdDay.day) == day,
        col(HouseholdDay.head_id) == col(Person.id), condition,
    )  # fmt: skip


def _on_duty_since(day: date, since: datetime | None) -> ColumnElement[bool]:
    """Whether the person is on duty, or has checked in since a moment (None: on the day)."""
    began = col(CheckIn.work_day) == day if since is None else col(CheckIn.in_at) >= since
    return exists().where(col(CheckIn.person_id) == col(Person.id), or_(began, col(CheckIn.out_at).is_(None)))


def _last(kind: ReportKind) -> Expression:
    """The last report there is."""
    if kind is ReportKind.HOUSEHOLDS:
        newest = func.max(col(HouseholdDay.day))
        told = (col(HouseholdDay.head_id) == col(Person.id), col(HouseholdDay.answered_at).is_not(None))
        return select(newest).where(*told).correlate(Person).scalar_subquery()
    newest = func.max(col(CheckIn.in_at))
    return select(newest).where(col(CheckIn.person_id) == col(Person.id)).correlate(Person).scalar_subquery()


def _silence(kind: ReportKind, day: date, settings: Settings) -> ColumnElement[str]:
    joined = exists().where(col(Account.person_id) == col(Person.id))
    reachable = exists().where(col(Account.person_id) == col(Person.id), col(Account.reach) == Reach.OK)
    off = exists().where(
        col(Nudge.person_id) == col(Person.id), col(Nudge.kind) == kind, col(Nudge.day) == day,
        col(Nudge.off_at).is_not(None),
    )  # fmt: skip
    whens: list[tuple[ColumnElement[bool], Silence]] = [(off, Silence.OFF)]
    if kind is ReportKind.DUTY:
        whens.append((due.worked(col(Person.id), *bounds(day, day, settings.work)), Silence.WORKED))
    else:
        whens.append((_of_day(day, col(HouseholdDay.marked) > 0), Silence.PARTLY))
    whens += [(~joined, Silence.NEVER_JOINED), (~reachable, Silence.UNREACHABLE)]
    return case(*whens, else_=Silence.SILENT)


_AREAS = select(*columns(BoardArea, Area)).where(col(Area.removed_at).is_(None))


def row_of(session: Session, area_id: int) -> BoardArea | None:
    """An area."""
    return first_of(session, BoardArea, _AREAS.where(col(Area.id) == area_id))


def below(session: Session, area_id: int) -> list[BoardArea]:
    """The areas just below, in roster order."""
    found = _AREAS.where(col(Area.parent_id) == area_id)
    return all_of(session, BoardArea, found.order_by(col(Area.position)))


def rows_of(session: Session, paths: Sequence[str]) -> list[BoardArea]:
    """Areas by their paths, in roster order."""
    found = _AREAS.where(col(Area.path).in_(paths))
    return all_of(session, BoardArea, found.order_by(col(Area.position), col(Area.id)))
