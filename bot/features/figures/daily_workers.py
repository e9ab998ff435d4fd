"""Who keeps duty daily without planned shifts, kept day by day.

The board asks the roster as it is now; figures and names ask for any past day.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import case, delete, exists, func, insert, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.facts import Struct
from bot.features.attendance import due
from bot.features.attendance import repository as attendance_repository
from bot.features.attendance.due import keeps_duty
from bot.features.figures.periods import day_list
from bot.settings import Settings
from bot.settings.work_day import bounds, work_day
from bot.storage import values as storage_values
from bot.storage.rows import Query, all_of
from models import Area, DailyWorker, Person, Role, RoleName, Touched

KEEP = "figures.keep"
BATCH = 250
# The last hour at which boards asked: the areas where they did were noted for that day.
BEGUN = "daily_workers_begun"
# The hour in which everybody was compared with the roster last.
KEPT = "daily_workers_kept"


class Kept(Struct):
    """How many changed, and the last person looked at (0: these were all)."""

    changed: int
    after: int


def keep(work: Work, after: int) -> Kept:
    """Compare the next people with the roster as it is, and note changes from today's work day on. Days past
    stay as they were."""
    access.require(work.actor, KEEP, Resource())
    day = work_day(work.now, work.settings.work)
    rows = _people(work.session, after, day, work.settings)
    ended = [row for row in rows if row.held and row.held != row.wanted]
    began = [row for row in rows if row.wanted and row.held != row.wanted]
    _end(work.session, ended, day)
    if began:
        values = [{"person_id": row.id, "area_id": row.wanted, "since": day} for row in began]
        work.session.connection().execute(insert(DailyWorker), values)
    changed = len({row.id for row in (*ended, *began)})
    if len(rows) == BATCH:
        return Kept(changed, rows[-1].id)
    storage_values.put(work.session, KEPT, f"{work.now:%Y%m%d%H}")
    return Kept(changed, 0)


def is_kept(work: Work) -> bool:
    """Whether everybody has been compared with the roster in this hour."""
    access.require(work.actor, KEEP, Resource())
    return storage_values.get(work.session, KEPT) == f"{work.now:%Y%m%d%H}"


def asked(work: Work) -> list[datetime]:
    """The hours at which boards have asked since the last one that was seen to, oldest first."""
    access.require(work.actor, KEEP, Resource())
    session, by = work.session, work.settings.work
    begun, today = storage_values.get(session, BEGUN), work_day(work.now, by)
    since = datetime.fromisoformat(begun) if begun else bounds(today, today, by)[0]
    if not begun:
        storage_values.put(session, BEGUN, since.isoformat())
    hours = due.hours(session, by)
    days = day_list(work_day(since, by), today)
    all_ = (due.moment_of(at, day, by) for day in days for at in hours)
    return sorted(at for at in all_ if since < at <= work.now)


def begin(work: Work, at: datetime, after: int) -> int:
    """Now that a board has asked, have the day counted in the next areas with such workers, whoever came or
    not; returns the last area's number (0: these were all)."""
    access.require(work.actor, KEEP, Resource())
    session, day = work.session, work_day(at, work.settings.work)
    areas = list(
        session.execute(
            select(col(DailyWorker.area_id))
            .join(Area, col(Area.id) == col(DailyWorker.area_id))
            .where(
                col(DailyWorker.area_id) > after,
                *keeps_duty(day),
                due.asked(session, day, at, work.settings.work),
            )
            .distinct()
            .order_by(col(DailyWorker.area_id))
            .limit(BATCH)
        ).scalars()
    )
    if areas:
        session.connection().execute(insert(Touched), [{"day": day, "area_id": area} for area in areas])
    if len(areas) == BATCH:
        return int(areas[-1])
    storage_values.put(session, BEGUN, at.isoformat())
    return 0


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: where and from when to when the actor was such a worker."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    rows = own.session.execute(
        select(col(Area.name), col(DailyWorker.since), col(DailyWorker.until))
        .join(Area, col(Area.id) == col(DailyWorker.area_id))
        .where(col(DailyWorker.person_id) == own.actor.person_id)
        .order_by(col(DailyWorker.since))
    )
    for area, since, until in rows:
        if until is None:
            yield line("daily", area=area, since=since)
        else:
            yield line("daily-ended", area=area, since=since, until=until - timedelta(days=1))


class _Worker(Struct):
    """Somebody who is such a worker or was: since when and where they are held to be one, by which row, and
    where they are one now (0: nowhere)."""

    id: int
    row_id: int
    since: date
    held: int
    wanted: int


def _people(session: Session, after: int, day: date, settings: Settings) -> list[_Worker]:
    """The next of these people."""
    now_one = col(Person.removed_at).is_(None) & attendance_repository.keeps_daily(day, settings)
    open_ = (col(DailyWorker.person_id) == col(Person.id)) & col(DailyWorker.until).is_(None)
    of_roster = exists().where(col(Role.person_id) == col(Person.id), col(Role.role) == RoleName.GRID_WORKER)
    query: Query = (
        select(
            col(Person.id), col(DailyWorker.id).label("row_id"), col(DailyWorker.since),
            func.coalesce(col(DailyWorker.area_id), 0).label("held"),
            case((now_one, col(Person.area_id)), else_=0).label("wanted"),
        )
        .join(DailyWorker, open_, isouter=True)
        .where(col(Person.id) > after, col(DailyWorker.id).is_not(None) | of_roster)
        .order_by(col(Person.id))
        .limit(BATCH)
    )  # fmt: skip
    return all_of(session, _Worker, query)


def _end(session: Session, rows: Sequence[_Worker], day: date) -> None:
    """Whose row began today was never one for a day: it goes."""
    never = [row.row_id for row in rows if row.since >= day]
    over = [row.row_id for row in rows if row.since < day]
    if never:
        session.execute(delete(DailyWorker).where(col(DailyWorker.id).in_(never)))
    if over:
        session.execute(update(DailyWorker).where(col(DailyWorker.id).in_(over)).values(until=day))
