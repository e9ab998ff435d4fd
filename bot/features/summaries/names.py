"""Who stands behind a figure of a summary: in roster order, never by figure. Every look is written down.

Grid workers without planned shifts who did not come stand there a line a day: the rows behind the number."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Subquery,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, labels
from bot.base.facts import Struct
from bot.features.attendance import due
from bot.features.attendance.due import came, check_in_began, due_crew, had_joined, here, keeps_duty, worked
from bot.features.attendance.repository import Silence
from bot.features.figures.definitions import is_corrected, is_forgotten, is_graded, is_late, table
from bot.features.summaries.notices import AskedSummary, NameEntry, NamesPage, SummaryNames
from bot.features.summaries.summary import path_of
from bot.settings.work_day import AROUND, bounds
from bot.storage.rows import Expression, Query, all_of
from models import (
    Account,
    Area,
    CheckIn,
    DailyWorker,
    Nudge,
    Person,
    PlaceGrade,
    Post,
    ReportKind,
    Shift,
    ShiftMember,
)
from models.columns import MOMENT

# What rows name an area and a post by.
_Placed = type[CheckIn] | type[Shift]
NAMES = "figures.names"
PAGE = 20
KINDS = ("absent", "late", "off_site", "forgotten")


def ask(work: Work, asked: AskedSummary, which: str, offset: int) -> SummaryNames:
    """Ask for a page of the names behind a figure (one of KINDS); they are read when it is sent.

    Raises NotAllowed.
    """
    path = path_of(work.session, asked.area_id)
    access.require(work.actor, NAMES, Resource(path))
    day = asked.day.isoformat()
    audit.record(work.at(asked.asked_at), NAMES, path, which=which, day=day)
    return asked.shown_as(SummaryNames, which=which, offset=offset)


def load(session: Session, reader: Actor, asked: SummaryNames) -> NamesPage | None:
    """The page as it is now; None for a reader who may not see it (any more)."""
    path = path_of(session, asked.area_id)
    if not access.allows(reader, NAMES, Resource(path)):
        return None
    found = _statement(session, asked, path, asked.which)
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    in_order = found.order_by("position", "area_id", "at", "code", "row_id")
    rows = all_of(session, _Row, in_order.offset(asked.offset).limit(PAGE))
    area = session.execute(select(col(Area.name)).where(col(Area.id) == asked.area_id)).scalar_one()
    return asked.shown_as(
        NamesPage, area=area, last=asked.span.last, today=asked.began_on, total=total, size=PAGE,
        entries=_entries(rows),
    )  # fmt: skip


def _statement(session: Session, asked: AskedSummary, path: str, which: str) -> Query:
    if which == "absent":
        return _absent(session, asked, path)
    if which == "late":
        return _late(asked, path)
    condition = is_graded(PlaceGrade.OFF_SITE) if which == "off_site" else is_forgotten()
    return _columns(
        table(CheckIn), CheckIn, check_in_began(), col(CheckIn.id),
        value=col(CheckIn.distance), corrected=is_corrected(),
    ).where(
        col(CheckIn.work_day).between(asked.day, asked.span.last),
        access.within(col(Area.path), path), condition,
    )  # fmt: skip


def _absent(session: Session, asked: AskedSummary, path: str) -> Query:
    """People of crews, and grid workers without shifts day by day."""
    days = days_of(asked)
    crews = table(Shift).join(table(ShiftMember), col(ShiftMember.shift_id) == col(Shift.id))
    crews = crews.join(days, literal(True))
    rows = _columns(crews, Shift, col(Shift.starts_at), col(ShiftMember.id))
    both = union_all(
        rows.where(*_due(asked, path, days), ~here()), absent_workers(session, asked, path)
    ).subquery()
    return select(*both.c)


def _late(asked: AskedSummary, path: str) -> Query:
    days = days_of(asked)
    crews = (
        table(Shift)
        .join(table(ShiftMember), col(ShiftMember.shift_id) == col(Shift.id))
        .join(
            table(CheckIn),
            (col(CheckIn.shift_id) == col(Shift.id)) & (col(CheckIn.person_id) == col(ShiftMember.person_id)),
        )
        .join(days, literal(True))
    )
    rows = _columns(
        crews, Shift, check_in_began(), col(CheckIn.id), value=col(CheckIn.late_minutes),
        corrected=is_corrected(),
    )  # fmt: skip
    return rows.where(*_due(asked, path, days), is_late())


def _columns(
    rows: FromClause, place: _Placed, at: Expression, row_id: Expression, **marks: Expression
) -> Query:
    """Person, area, post and moment of each row; `place` is the model that names the last three, and of a
    check-in the person too."""
    who = col(ShiftMember.person_id) if place is Shift else col(CheckIn.person_id)
    shown: dict[str, Expression] = {"value": null(), "corrected": null(), **marks, "silence": null()}
    return (
        select(
            row_id.label("row_id"), at.label("at"), col(Person.name), col(Area.name).label("area"),
            col(Area.position), col(Area.id).label("area_id"), col(Person.code),
            col(Post.name).label("post"), *(mark.label(name) for name, mark in shown.items()),
        )
        .select_from(rows)
        .join(Person, col(Person.id) == who)
        .join(Area, col(Area.id) == col(place.area_id))
        .join(Post, col(Post.id) == col(place.post_id), isouter=True)
    )  # fmt: skip


def _due(asked: AskedSummary, path: str, days: Subquery) -> tuple[ColumnElement[bool], ...]:
    """People of crews who were to come to a shift of the period that has begun."""
    return (
        col(Shift.starts_at) > days.c.near_from, col(Shift.starts_at) < days.c.near_until,
        *due_crew(days.c.starts_at, days.c.ends_at, asked.asked_at), access.within(col(Area.path), path),
    )  # fmt: skip


class _Row(Struct):
    """Somebody behind a figure; `row_id` and the place of the area are for the order."""

    row_id: int
    at: datetime
    name: str
    area: str
    position: int
    area_id: int
    code: str
    post: str | None
    value: int | None
    corrected: bool | None
    silence: str | None


def _entries(rows: Sequence[_Row]) -> tuple[NameEntry, ...]:
    """Entries of the page; people of one name are told apart."""
    people = {row.code: labels.Named(n, row.name, row.area, "", row.code) for n, row in enumerate(rows)}
    told = labels.distinct(people.values(), labels.MOST_IN_LIST)
    return tuple(
        NameEntry(
            told[people[row.code].id], row.area, row.post or "", row.at, row.value or 0, bool(row.corrected),
            row.silence or "",
        )
        for row in rows
    )  # fmt: skip


def absent_workers(session: Session, asked: AskedSummary, path: str) -> Query:
    """Who of the area at `path` and below did not come on which day, and why as far as known: in the columns
    of the other names behind a figure; `at` is when the work day began."""
    days = days_of(asked)
    person = col(DailyWorker.person_id)
    came_then = came(
        person, *(days.c[name] for name in ("day", "starts_at", "ends_at", "near_from", "near_until"))
    )
    today = asked.began_on
    asked_by_now = or_(days.c.day != today, due.asked(session, today, asked.asked_at, asked.work))
    return (
        select(
            col(DailyWorker.id).label("row_id"), days.c.starts_at.label("at"), col(Person.name),
            col(Area.name).label("area"), col(Area.position), col(Area.id).label("area_id"), col(Person.code),
            null().label("post"), null().label("value"), null().label("corrected"),
            _silence(days).label("silence"),
        )
        .select_from(DailyWorker)
        .join(days, literal(True))
        .join(Person, col(Person.id) == col(DailyWorker.person_id))
        .join(Area, col(Area.id) == col(DailyWorker.area_id))
        .where(
            access.within(col(Area.path), path), *keeps_duty(days.c.day), ~came_then, asked_by_now,
            had_joined(person, days.c.starts_at),
        )
    )  # fmt: skip


def days_of(asked: AskedSummary) -> Subquery:
    """The work days of the period that have begun, each with its bounds."""
    rows = []
    for day in asked.days:
        since, until = bounds(day, day, asked.work)
        named = {
            "starts_at": since, "ends_at": until, "near_from": since - AROUND, "near_until": until + AROUND,
        }  # fmt: skip
        moments = [literal(moment, MOMENT).label(name) for name, moment in named.items()]
        rows.append(select(literal(day).label("day"), *moments))
    return union_all(*rows).subquery("days")


def _silence(days: Subquery) -> Expression:
    """A day off by their own word, other work without a check-in, not joined by the end of that day, or no
    word."""
    off = exists().where(
        col(Nudge.person_id) == col(DailyWorker.person_id), col(Nudge.kind) == ReportKind.DUTY,
        col(Nudge.day) == days.c.day, col(Nudge.off_at).is_not(None),
    )  # fmt: skip
    joined = exists().where(
        col(Account.person_id) == col(DailyWorker.person_id), col(Account.joined_at) < days.c.ends_at
    )
    did = worked(col(DailyWorker.person_id), days.c.starts_at, days.c.ends_at)
    return case(
        (off, Silence.OFF), (did, Silence.WORKED), (~joined, Silence.NEVER_JOINED), else_=Silence.SILENT
    )
