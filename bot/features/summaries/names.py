"""Who stands behind a figure of a summary: in roster order, never by figure. Every look is written down.

Grid workers without planned shifts who did not come stand there a line a day: the rows behind the number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, case, exists, func, literal, null, or_, select, union_all
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, audit, labels
from bot.base.facts import Facts
from bot.features.attendance import due
from bot.features.attendance.due import came, check_in_began, due_crew, had_joined, here, keeps_duty, worked
from bot.features.attendance.repository import Silence
from bot.features.figures.definitions import is_corrected, is_forgotten, is_graded, is_late, table
from bot.features.figures.periods import window
from bot.features.summaries.summary import AskedSummary, asked_of
from bot.settings.work_day import AROUND
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

NAMES = "figures.names"
PAGE = 20
KINDS = ("absent", "late", "off_site", "forgotten")


def ask(session: Session, actor: Actor, asked: AskedSummary, which: str, offset: int) -> Facts:
    """Ask for a page of the names behind a figure (one of KINDS); they are read when it is sent.

    Raises NotAllowed.
    """
    path = _path(session, asked.area_id)
    access.require(actor, NAMES, Resource(path))
    audit.record(session, actor, NAMES, path, asked.at, which=which, day=asked.period.first.isoformat())
    return asked.facts() | {"which": which, "offset": offset}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The page as it is now; None for a reader who may not see it (any more)."""
    asked = asked_of(facts)
    path = _path(session, asked.area_id)
    if not access.allows(reader, NAMES, Resource(path)):
        return None
    found = _statement(session, asked, path, facts["which"])
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    rows = session.execute(
        found.order_by("position", "area_id", "at", "code", "row_id").offset(facts["offset"]).limit(PAGE)
    )
    area = session.execute(select(col(Area.name)).where(col(Area.id) == asked.area_id)).scalar_one()
    return facts | {
        "area": area, "day": asked.period.first.isoformat(), "last": asked.period.last.isoformat(),
        "today": asked.today.isoformat(), "total": total, "size": PAGE,
        "entries": _entries(list(rows)),
    }  # fmt: skip


def _statement(session: Session, asked: AskedSummary, path: str, which: str) -> Select[Any]:
    if which == "absent":
        return _absent(session, asked, path)
    if which == "late":
        return _late(asked, path)
    condition = is_graded(PlaceGrade.OFF_SITE) if which == "off_site" else is_forgotten()
    return _columns(
        table(CheckIn), CheckIn, check_in_began(), col(CheckIn.id),
        value=col(CheckIn.distance), corrected=is_corrected(),
    ).where(
        col(CheckIn.work_day) >= asked.period.first, col(CheckIn.work_day) <= asked.period.last,
        access.within(col(Area.path), path), condition,
    )  # fmt: skip


def _absent(session: Session, asked: AskedSummary, path: str) -> Select[Any]:
    """People of crews, and grid workers without shifts day by day."""
    days = days_of(asked)
    crews = table(Shift).join(table(ShiftMember), col(ShiftMember.shift_id) == col(Shift.id))
    crews = crews.join(days, literal(True))
    rows = _columns(crews, Shift, col(Shift.starts_at), col(ShiftMember.id), person=ShiftMember)
    both = union_all(
        rows.where(*_due(asked, path, days), ~here()), absent_workers(session, asked, path)
    ).subquery()
    return select(*both.c)


def _late(asked: AskedSummary, path: str) -> Select[Any]:
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
        crews, Shift, check_in_began(), col(CheckIn.id), person=ShiftMember, value=col(CheckIn.late_minutes),
        corrected=is_corrected(),
    )  # fmt: skip
    return rows.where(*_due(asked, path, days), is_late())


def _columns(
    rows: Any, place: Any, at: Any, row_id: Any, *, person: Any = None, value: Any = None,
    corrected: Any = None,
) -> Select[Any]:  # fmt: skip
    """Person, area, post and moment of each row; `place` and `person` are the models that name them."""
    return (
        select(
            row_id.label("row_id"), at.label("at"), col(Person.name), col(Area.name).label("area"),
            col(Area.position), col(Area.id).label("area_id"), col(Person.code),
            col(Post.name).label("post"), (null() if value is None else value).label("value"),
            (null() if corrected is None else corrected).label("corrected"),
            null().label("silence"),
        )
        .select_from(rows)
        .join(Person, col(Person.id) == (person or place).person_id)
        .join(Area, col(Area.id) == place.area_id)
        .join(Post, col(Post.id) == place.post_id, isouter=True)
    )  # fmt: skip


def _due(asked: AskedSummary, path: str, days: Any) -> tuple[Any, ...]:
    """People of crews who were to come to a shift of the period that has begun."""
    return (
        col(Shift.starts_at) > days.c.near_from, col(Shift.starts_at) < days.c.near_until,
        *due_crew(days.c.starts_at, days.c.ends_at, asked.at), access.within(col(Area.path), path),
    )  # fmt: skip


def _entries(rows: Sequence[Row[Any]]) -> list[Facts]:
    """Entries of the page; people of one name are told apart."""
    people = {row.code: labels.Named(n, row.name, row.area, "", row.code) for n, row in enumerate(rows)}
    told = labels.distinct(people.values(), labels.MOST_IN_LIST)
    return [_entry(row, told[people[row.code].id]) for row in rows]


def _entry(row: Row[Any], name: str) -> Facts:
    return {
        "name": name, "area": row.area, "post": row.post or "", "at": row.at, "value": row.value or 0,
        "corrected": bool(row.corrected), "silence": row.silence or "",
    }  # fmt: skip


def _path(session: Session, area_id: int) -> str:
    return session.execute(select(col(Area.path)).where(col(Area.id) == area_id)).scalar() or ""


def absent_workers(session: Session, asked: AskedSummary, path: str) -> Select[Any]:
    """Who of the area at `path` and below did not come on which day, and why as far as known: in the columns
    of the other names behind a figure; `at` is when the work day began."""
    days = days_of(asked)
    person = col(DailyWorker.person_id)
    bounds = (days.c.starts_at, days.c.ends_at)
    came_then = came(person, days.c.day, *bounds, days.c.near_from, days.c.near_until)
    asked_by_now = or_(days.c.day != asked.today, due.asked(session, asked.today, asked.at, asked.work))
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


def days_of(asked: AskedSummary) -> Any:
    """The work days of the period that have begun, each with its bounds."""
    rows = []
    for day in asked.days:
        span = window(day, asked.at, asked.work)
        bounds = {
            "starts_at": span.starts_at, "ends_at": span.ends_at, "near_from": span.starts_at - AROUND,
            "near_until": span.ends_at + AROUND,
        }  # fmt: skip
        moments = [literal(moment, MOMENT).label(name) for name, moment in bounds.items()]
        rows.append(select(literal(day).label("day"), *moments))
    return union_all(*rows).subquery("days")


def _silence(days: Any) -> Any:
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
