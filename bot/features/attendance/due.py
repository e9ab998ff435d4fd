"""Who is due on a work day and who has come: one rule for boards, summaries, names, ledgers and exports.

Due is whoever is to come to a shift that has begun (nobody who is on leave, sick or replaced), and a grid
worker without planned shifts from the hour at which the board asks. Who joined later is due from the day
after joining; who left the roster is due to nothing that begins afterwards.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlmodel import Session, col

from bot.access import within
from bot.access.area_times import below, lines_of
from bot.settings import WorkSettings
from bot.settings.work_day import bounds, counted_between, middle_between
from bot.storage.rows import Expression
from models import (
    Account,
    Area,
    CheckIn,
    DailyWorker,
    Hazard,
    HazardEvent,
    MemberState,
    Patrol,
    Person,
    ResidentRequest,
    Shift,
    ShiftMember,
)

# As a value, or as what stands in the row.
PersonId = int | Expression
Moment = datetime | Expression
Day = date | Expression
# The board whose hour it is.
ASKS = "tell_silent_duty"


def attended(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the person of a shift's crew has checked in to it."""
    found = select(col(CheckIn.id)).where(
        col(CheckIn.shift_id) == col(Shift.id), col(CheckIn.person_id) == col(ShiftMember.person_id), *more
    )
    return exists(found.correlate(Shift, ShiftMember))


def stands(person_id: PersonId) -> ColumnElement[bool]:
    """Whether a person of the shift of the row is on duty from before, without a tap for it: nobody who is at
    work is missing, whichever shift the check-in is for."""
    found = select(col(CheckIn.id)).where(
        col(CheckIn.person_id) == person_id, col(CheckIn.out_at).is_(None),
        col(CheckIn.in_at) < col(Shift.ends_at), col(CheckIn.close_at) > col(Shift.starts_at),
    )  # fmt: skip
    return exists(found.correlate_except(CheckIn))


def here() -> ColumnElement[bool]:
    """Whether the person of a shift's crew has come to it: has checked in, or is on duty from before."""
    return or_(attended(), stands(col(ShiftMember.person_id)))


def had_joined(person_id: PersonId, day_begins: Moment) -> ColumnElement[bool]:
    """Whether a person had joined before a work day began. Who never joined counts as if: it is told why
    there is no word."""
    mine = col(Account.person_id) == person_id
    account = select(col(Account.id)).where(mine)
    before = account.where(col(Account.joined_at) < day_begins)
    # Wherever this is put: whose account it is, and which day, is told outside.
    return or_(~exists(account.correlate_except(Account)), exists(before.correlate_except(Account)))


def had_left(person_id: PersonId, at: Moment) -> ColumnElement[bool]:
    """Whether a person was off the roster by then."""
    found = select(col(Person.id)).where(col(Person.id) == person_id, col(Person.removed_at) <= at)
    return exists(found.correlate_except(Person))


def bound(day_begins: Moment) -> ColumnElement[bool]:
    """Whether the person of a shift's crew was to come to it, on a work day that begins then: who comes
    without having to counts as well."""
    person = col(ShiftMember.person_id)
    to_come = and_(had_joined(person, day_begins), ~had_left(person, col(Shift.starts_at)))
    return or_(to_come, here())


def due_crew(starts_at: Moment, ends_at: Moment, cutoff: Moment) -> tuple[ColumnElement[bool], ...]:
    """People of crews who were to come to a shift that has begun, on the work day between these moments."""
    return (
        counted_between(starts_at, ends_at), col(Shift.starts_at) <= cutoff, col(Shift.removed_at).is_(None),
        col(ShiftMember.state) == MemberState.PLANNED, bound(starts_at),
    )  # fmt: skip


def keeps_duty(day: Day) -> tuple[ColumnElement[bool], ...]:
    """Grid workers without planned shifts on this work day, as it was kept."""
    until = col(DailyWorker.until)
    return (col(DailyWorker.since) <= day, or_(until.is_(None), until > day))


def came(
    person_id: PersonId, day: Day, starts_at: Moment, ends_at: Moment, near_from: Moment, near_until: Moment
) -> ColumnElement[bool]:
    """Whether a worker without shifts has come on the work day, wherever and to whatever: a check-in counts
    for it, or lies mostly in it (one from before dawn), or is open still. It is looked up by person between
    the last two moments, since of one day there are as many as people."""
    began, ended = check_in_began(), check_in_ends()
    found = select(col(CheckIn.id)).where(
        col(CheckIn.person_id) == person_id, col(CheckIn.in_at) > near_from, col(CheckIn.in_at) < near_until,
        or_(
            col(CheckIn.work_day) == day,
            and_(
                col(CheckIn.shift_id).is_(None), began < starts_at, ended > starts_at,
                middle_between(began, ended, starts_at, ends_at),
            ),
            # Nobody who is at work is missing.
            and_(
                col(CheckIn.out_at).is_(None), col(CheckIn.in_at) < ends_at,
                col(CheckIn.close_at) > starts_at,
            ),
        ),
    )  # fmt: skip
    return exists(found.correlate_except(CheckIn))


def worked(person_id: PersonId, since: Moment, until: Moment) -> ColumnElement[bool]:
    """Whether a person has done something for the work between these moments, with or without a check-in:
    reported a hazard or did a step on one, patrolled, taken or done a resident's request."""
    deeds: tuple[tuple[Expression, Expression], ...] = (
        (col(Hazard.reported_by), col(Hazard.reported_at)), (col(HazardEvent.person_id), col(HazardEvent.at)),
        (col(Patrol.person_id), col(Patrol.started_at)),
        (col(ResidentRequest.registered_by), col(ResidentRequest.registered_at)),
        (col(ResidentRequest.done_by), col(ResidentRequest.done_at)),
    )  # fmt: skip
    return or_(*(exists().where(by == person_id, at >= since, at < until) for by, at in deeds))


def check_in_began() -> Expression:
    """When a check-in counts as begun."""
    return func.coalesce(col(CheckIn.corrected_in_at), col(CheckIn.in_at))


def check_in_ends() -> Expression:
    """When a check-in ended, or will be ended at the latest."""
    return func.coalesce(col(CheckIn.corrected_out_at), col(CheckIn.out_at), col(CheckIn.close_at))


def asked(session: Session, day: date, now: datetime, work: WorkSettings) -> ColumnElement[bool]:
    """Whether the board of the area of the row has asked by now who has come on the day: before its hour
    nobody without a shift is absent."""
    if now >= bounds(day, day, work)[1]:
        return true()
    lines = lines_of(session, ASKS)
    come = [_has_come(work.asks_at, day, now, work)]
    parts = [and_(true(), *_apart(line.path for line in lines))] if come[0] else []
    for line in lines:
        at = time.fromisoformat(line.time) if line.is_on and line.time else work.asks_at
        come.append(_has_come(at, day, now, work))
        if come[-1]:
            parts.append(and_(within(col(Area.path), line.path), *_apart(below(lines, line.path))))
    return true() if all(come) else or_(false(), *parts)


def hours(session: Session, work: WorkSettings) -> list[time]:
    """The hours at which some board asks."""
    own = {time.fromisoformat(line.time) for line in lines_of(session, ASKS) if line.is_on and line.time}
    return sorted({work.asks_at, *own})


def moment_of(at: time, day: date, work: WorkSettings) -> datetime:
    """When it is this local time on the work day."""
    on = day + timedelta(days=1) if at < work.day_start else day
    return datetime.combine(on, at, work.zone)


def _has_come(at: time, day: date, now: datetime, work: WorkSettings) -> bool:
    return now >= moment_of(at, day, work)


def _apart(paths: Iterable[str]) -> list[ColumnElement[bool]]:
    return [~within(col(Area.path), path) for path in paths]
