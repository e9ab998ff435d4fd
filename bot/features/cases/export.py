"""What happened to hazards and requests, as a sheet tells it: step by step, and in days."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot.base.i18n import Translator
from bot.features.cases.case import CaseKind
from bot.settings import Settings
from models import Person


def days(start: datetime, end: datetime) -> int:
    """Days begun: what is done within the day took one."""
    return max(1, (end - start).days + 1)


def days_counted(
    began: datetime, due: datetime, done: datetime | None
) -> tuple[int, int] | tuple[None, None]:
    """How many days it took until it was done, and how many of these it was late; nothing while it is not."""
    if done is None:
        return None, None
    return days(began, done), days(due, done) if done > due else 0


def steps_of(session: Session, matter: CaseKind, numbers: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """What happened to each of these, in order."""
    event = matter.event
    about = col(getattr(event, matter.key))
    rows = session.execute(
        select(
            about.label("about"), col(event.at), col(event.step), col(event.facts), col(event.words),
            col(Person.name), col(Person.id).label("person_id"),
        )
        .outerjoin(Person, col(Person.id) == col(event.person_id))
        .where(about.in_(numbers))
        .order_by(about, col(event.id))
    )  # fmt: skip
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.about, []).append(row)
    return found


def tell_apart(told: dict[str, Any], people: Mapping[str, int | None], called: Mapping[int, str]) -> None:
    """Where somebody stands who shares a name, let the label stand. `people`: who stands in which column."""
    told.update({column: called[number] for column, number in people.items() if number and number in called})


def happened(
    events: Sequence[Row[Any]], naming: str, texts: str, called: Mapping[int, str], settings: Settings,
    tr: Translator,
) -> tuple[datetime | None, str]:  # fmt: skip
    """When it was given to somebody first (`naming` is that step); step by step when, who, what, a line each.
    `texts`: how the texts of the steps begin; `called`: what those are called who share a name."""
    assigned = next((event.at for event in events if event.step == naming), None)
    return assigned, "\n".join(_line(event, texts, called, settings, tr) for event in events)


def _line(event: Row[Any], texts: str, called: Mapping[int, str], settings: Settings, tr: Translator) -> str:
    until = event.facts.get("until")
    to = called.get(event.facts.get("person_id") or 0) or event.facts.get("to", "")
    step = tr.plain(
        f"{texts}{event.step.replace('_', '-')}", name=to,
        time=_local(datetime.fromisoformat(until), settings) if until else "",
    )  # fmt: skip
    who = called.get(event.person_id or 0, event.name) or tr.plain("hazard-by-clock")
    words = tr.plain("hazard-step-words", words=event.words) if event.words else ""
    return f"{_local(event.at, settings)} {who} {step}{words}"


def _local(moment: datetime, settings: Settings) -> str:
    return f"{moment.astimezone(settings.work.zone):%Y-%m-%d %H:%M}"
