"""Hazards as rows of plain values, a row a hazard, with everything that happened to it."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, labels
from bot.access.scope import CHUNK, Scope, moments
from bot.base.i18n import translator
from bot.features.cases.export import days_counted, happened, steps_of, tell_apart
from bot.features.hazards.repository import HAZARD, reference
from bot.settings import Settings
from models import Area, Hazard, HazardAssignee, HazardStep, Person, Post

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
# Whose names stand there: those who share one are told apart.
_PEOPLE = {
    "hazard_reporter": _REPORTER.id,
    "responsible": _HAND.id,
    "fixer": _FIXER.id,
    "verifier": _VERIFIER.id,
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
    columns = (*_COLUMNS.values(), *_PEOPLE.values(), col(Hazard.year), col(Hazard.id))
    statement = (
        _within(actor, scope, settings, *columns)
        .order_by(col(Area.path), col(Hazard.reported_at), col(Hazard.id))
        .execution_options(yield_per=CHUNK)
    )
    called = labels.of_namesakes(session)
    found, tr = iter(session.execute(statement)), translator(settings.work.language)
    while chunk := list(islice(found, CHUNK)):
        steps = steps_of(session, HAZARD, [row[-1] for row in chunk])
        for *values, year, number in chunk:
            told = dict(zip(_NAMED, values, strict=False))
            tell_apart(told, dict(zip(_PEOPLE, values[len(_NAMED) :], strict=True)), called)
            told["hazard_number"] = reference(year, told["hazard_number"])
            told["hazard_kind"] = told["hazard_kind"].get(settings.work.language, "")
            counted = days_counted(told["reported_at"], told["due_at"], told["fixed_at"])
            what = happened(steps.get(number, []), HazardStep.ASSIGNED, "hazard-step-", called, settings, tr)
            yield (*told.values(), *counted, *what)


def _within(actor: Actor, scope: Scope, settings: Settings, *columns: Any) -> Select[Any]:
    first, after = moments(scope, settings)
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
