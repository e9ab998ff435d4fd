"""Grid workers without planned shifts who did not come, a line a day: the rows behind a summary's number."""

from typing import Any

from sqlalchemy import Select, case, exists, literal, null, or_, select, union_all
from sqlmodel import Session, col

from bot import access
from bot.features.attendance import due
from bot.features.attendance.due import came, had_joined, keeps_duty, worked
from bot.features.attendance.repository import Silence
from bot.features.figures.periods import window
from bot.features.summaries.summary import AskedSummary
from bot.settings.work_day import AROUND
from models import Account, Area, DailyWorker, Nudge, Person, ReportKind
from models.columns import MOMENT


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
