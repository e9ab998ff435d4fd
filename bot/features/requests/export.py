"""Residents' requests as rows of plain values, a row a request, with everything that happened to it.

How a resident can be reached is masked, as everywhere.
"""

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
from bot.features.requests.cards import masked
from bot.features.requests.repository import REQUEST
from bot.settings import Settings
from models import Area, Person, RequestStep, ResidentRequest, ResidentRequestAssignee

_REGISTRAR, _HAND, _DOER, _ASKER = (aliased(Person) for _ in range(4))
_UNIT = aliased(Area)
_COLUMNS: dict[str, Any] = {
    "request_number": ResidentRequest.number,
    "area_code": Area.code,
    "area_name": Area.name,
    "request_kind": ResidentRequest.label,
    "request_mode": ResidentRequest.mode,
    "request_words": ResidentRequest.words,
    "household": ResidentRequest.household,
    "contact": ResidentRequest.contact,
    "registrar": _REGISTRAR.name,
    "registered_at": ResidentRequest.registered_at,
    "responsible": func.coalesce(_HAND.name, _UNIT.name),
    "due_at": ResidentRequest.due_at,
    "request_state": ResidentRequest.state,
    "doer": _DOER.name,
    "done_at": ResidentRequest.done_at,
    "answer": ResidentRequest.answer,
    "asker": _ASKER.name,
    "closed_at": ResidentRequest.closed_at,
    "repeats": ResidentRequest.repeats,
}
# Whose names stand there: those who share one are told apart.
_PEOPLE = {"registrar": _REGISTRAR.id, "responsible": _HAND.id, "doer": _DOER.id, "asker": _ASKER.id}
_TOLD = ("days_taken", "days_late", "assigned_at", "request_steps")
REQUEST_COLUMNS = (*_COLUMNS, *_TOLD)
_NAMED = tuple(_COLUMNS)


def count_requests(session: Session, actor: Actor, scope: Scope, settings: Settings) -> int:
    """How many rows there will be."""
    return int(session.execute(_within(actor, scope, settings, func.count())).scalar_one())


def requests(session: Session, actor: Actor, scope: Scope, settings: Settings) -> Iterator[tuple[Any, ...]]:
    """The requests registered on the local days of the scope, by area and time, in the order of
    REQUEST_COLUMNS."""
    columns = (*_COLUMNS.values(), *_PEOPLE.values(), col(ResidentRequest.year), col(ResidentRequest.id))
    statement = (
        _within(actor, scope, settings, *columns)
        .order_by(col(Area.path), col(ResidentRequest.registered_at), col(ResidentRequest.id))
        .execution_options(yield_per=CHUNK)
    )
    called = labels.of_namesakes(session)
    found, tr = iter(session.execute(statement)), translator(settings.work.language)
    while chunk := list(islice(found, CHUNK)):
        steps = steps_of(session, REQUEST, [row[-1] for row in chunk])
        for *values, year, number in chunk:
            told = dict(zip(_NAMED, values, strict=False))
            tell_apart(told, dict(zip(_PEOPLE, values[len(_NAMED) :], strict=True)), called)
            told["request_number"] = REQUEST.reference(year, told["request_number"])
            told["request_kind"] = told["request_kind"].get(settings.work.language, "")
            told["contact"] = masked(told["contact"])
            counted = days_counted(told["registered_at"], told["due_at"], told["done_at"])
            what = happened(
                steps.get(number, []), RequestStep.ASSIGNED, "request-step-", called, settings, tr
            )
            yield (*told.values(), *counted, *what)


def _within(actor: Actor, scope: Scope, settings: Settings, *columns: Any) -> Select[Any]:
    first, after = moments(scope, settings)
    request, assignee = ResidentRequest, ResidentRequestAssignee
    named = and_(
        col(assignee.request_id) == col(request.id),
        col(assignee.responsible).is_(True),
        col(assignee.released_at).is_(None),
    )
    return (
        select(*columns)
        .select_from(request)
        .join(Area, col(Area.id) == col(request.area_id))
        .join(_REGISTRAR, col(_REGISTRAR.id) == col(request.registered_by))
        .outerjoin(assignee, named)
        .outerjoin(_HAND, col(_HAND.id) == col(assignee.person_id))
        .outerjoin(_UNIT, col(_UNIT.id) == col(assignee.area_id))
        .outerjoin(_DOER, col(_DOER.id) == col(request.done_by))
        .outerjoin(_ASKER, col(_ASKER.id) == col(request.asked_by))
        .where(
            access.visible(actor, "request.export", Area.path), access.within(Area.path, scope.path),
            col(request.registered_at) >= first, col(request.registered_at) < after,
        )
    )  # fmt: skip
