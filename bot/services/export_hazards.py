"""Hazards as rows of plain values, a row a hazard, with everything that happened to it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor
from bot.hazards import reference
from bot.i18n import Translator, translator
from bot.services.export import CHUNK, Scope
from bot.settings import Settings
from models import Area, Hazard, HazardAssignee, HazardEvent, HazardStep, Person, Post

_REPORTER, _HAND, _FIXER, _VERIFIER = (aliased(Person) for _ in range(4))
_UNIT = aliased(Area)
_COLUMNS: dict[str, Any] = {
    "hazard_number": Hazard.number,
    "area_code": Area.code,
    "area_name": Area.name,
    "post_name": Post.name,
    "hazard_place": Hazard.place,
    "hazard_kind": Hazard.label,
    "severity": Hazard.severity,
    "remark": Hazard.words,
    "hazard_reporter": _REPORTER.name,
    "reported_at": Hazard.reported_at,
    "responsible": func.coalesce(_HAND.name, _UNIT.name),
    "due_at": Hazard.due_at,
    "hazard_state": Hazard.state,
    "fixer": _FIXER.name,
    "fixed_at": Hazard.fixed_at,
    "verifier": _VERIFIER.name,
    "closed_at": Hazard.closed_at,
    "reopened": Hazard.reopened,
    "latitude": Hazard.latitude,
    "longitude": Hazard.longitude,
}
# Counted from the times, and told from the events.
_TOLD = ("days_taken", "days_late", "assigned_at", "hazard_steps")
HAZARD_COLUMNS = (*_COLUMNS, *_TOLD)
_NAMED = tuple(_COLUMNS)


def count_hazards(session: Session, actor: Actor, scope: Scope, settings: Settings) -> int:
    """How many rows there will be."""
    return int(session.execute(_within(actor, scope, settings, func.count())).scalar_one())


def hazards(session: Session, actor: Actor, scope: Scope, settings: Settings) -> Iterator[tuple[Any, ...]]:
    """The hazards told on the local days of the scope, by area and time, in the order of HAZARD_COLUMNS."""
    statement = (
        _within(actor, scope, settings, *_COLUMNS.values(), col(Hazard.year), col(Hazard.id))
        .order_by(col(Area.path), col(Hazard.reported_at), col(Hazard.id))
        .execution_options(yield_per=CHUNK)
    )
    found, tr = iter(session.execute(statement)), translator(settings.work.language)
    while chunk := list(islice(found, CHUNK)):
        steps = _steps(session, [row[-1] for row in chunk])
        for *values, year, number in chunk:
            told = dict(zip(_NAMED, values, strict=True))
            told["hazard_number"] = reference(year, told["hazard_number"])
            told["hazard_kind"] = told["hazard_kind"].get(settings.work.language, "")
            yield (*told.values(), *_counted(told), *_happened(steps.get(number, []), settings, tr))


def days(start: datetime, end: datetime) -> int:
    """Days begun: what is done within the day took one."""
    return max(1, (end - start).days + 1)


def _counted(told: dict[str, Any]) -> tuple[int | None, int | None]:
    """How many days it took until it was put right, and how many of these it was late."""
    fixed = told["fixed_at"]
    if fixed is None:
        return None, None
    return days(told["reported_at"], fixed), days(told["due_at"], fixed) if fixed > told["due_at"] else 0


def _steps(session: Session, numbers: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """What happened to each of these, in order."""
    rows = session.execute(
        select(
            col(HazardEvent.hazard_id), col(HazardEvent.at), col(HazardEvent.step), col(HazardEvent.facts),
            col(HazardEvent.words), col(Person.name),
        )
        .outerjoin(Person, col(Person.id) == col(HazardEvent.person_id))
        .where(col(HazardEvent.hazard_id).in_(numbers))
        .order_by(col(HazardEvent.hazard_id), col(HazardEvent.id))
    )  # fmt: skip
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.hazard_id, []).append(row)
    return found


def _happened(
    events: Sequence[Row[Any]], settings: Settings, tr: Translator
) -> tuple[datetime | None, str]:  # fmt: skip
    """When it was given to somebody first; step by step when, who, what, a line each."""
    assigned = next((event.at for event in events if event.step == HazardStep.ASSIGNED), None)
    return assigned, "\n".join(_line(event, settings, tr) for event in events)


def _line(event: Row[Any], settings: Settings, tr: Translator) -> str:
    until = event.facts.get("until")
    step = tr.plain(
        f"hazard-step-{event.step.replace('_', '-')}", name=event.facts.get("to", ""),
        time=_local(datetime.fromisoformat(until), settings) if until else "",
    )  # fmt: skip
    who = event.name or tr.plain("hazard-by-clock")
    words = tr.plain("hazard-step-words", words=event.words) if event.words else ""
    return f"{_local(event.at, settings)} {who} {step}{words}"


def _local(moment: datetime, settings: Settings) -> str:
    return f"{moment.astimezone(settings.work.zone):%Y-%m-%d %H:%M}"


def _within(actor: Actor, scope: Scope, settings: Settings, *columns: Any) -> Select[Any]:
    zone = settings.work.zone
    first = datetime.combine(scope.since, time(), zone)
    after = datetime.combine(scope.until + timedelta(days=1), time(), zone)
    named = and_(
        col(HazardAssignee.hazard_id) == col(Hazard.id),
        col(HazardAssignee.responsible).is_(True),
        col(HazardAssignee.released_at).is_(None),
    )
    return (
        select(*columns)
        .select_from(Hazard)
        .join(Area, col(Area.id) == col(Hazard.area_id))
        .join(_REPORTER, col(_REPORTER.id) == col(Hazard.reported_by))
        .outerjoin(Post, col(Post.id) == col(Hazard.post_id))
        .outerjoin(HazardAssignee, named)
        .outerjoin(_HAND, col(_HAND.id) == col(HazardAssignee.person_id))
        .outerjoin(_UNIT, col(_UNIT.id) == col(HazardAssignee.area_id))
        .outerjoin(_FIXER, col(_FIXER.id) == col(Hazard.fixed_by))
        .outerjoin(_VERIFIER, col(_VERIFIER.id) == col(Hazard.verified_by))
        .where(
            access.visible(actor, "hazard.export", Area.path), access.within(Area.path, scope.path),
            col(Hazard.reported_at) >= first, col(Hazard.reported_at) < after,
        )
    )  # fmt: skip
