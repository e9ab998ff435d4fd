"""A request as it stands: reading it, who is what to it, and taking it a step further exactly once."""

from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import matters
from bot.access import Relation, Thing
from bot.errors import Refused
from bot.matters import Matter
from models import (
    Area,
    Person,
    RequestStage,
    ResidentRequest,
    ResidentRequestAssignee,
    ResidentRequestCount,
    ResidentRequestEvent,
)

REQUEST = Matter(
    "R", "request_id", ResidentRequest, ResidentRequestCount, ResidentRequestEvent, ResidentRequestAssignee
)
# Somebody has to do something about it.
TO_DO = (RequestStage.REGISTERED, RequestStage.ASSIGNED)
OPEN = (*TO_DO, RequestStage.DONE)

_REGISTRAR, _DOER, _ASKER, _WISHER = (aliased(Person) for _ in range(4))
_READ: Any = (
    select(
        *ResidentRequest.__table__.c,  # type: ignore[attr-defined]
        col(Area.path), col(Area.name).label("area"), col(_REGISTRAR.name).label("registrar"),
        col(_DOER.name).label("doer"), col(_ASKER.name).label("asker"), col(_WISHER.name).label("wisher"),
    )
    .join(Area, col(Area.id) == col(ResidentRequest.area_id))
    .join(_REGISTRAR, col(_REGISTRAR.id) == col(ResidentRequest.registered_by))
    .join(_DOER, col(_DOER.id) == col(ResidentRequest.done_by), isouter=True)
    .join(_ASKER, col(_ASKER.id) == col(ResidentRequest.asked_by), isouter=True)
    .join(_WISHER, col(_WISHER.id) == col(ResidentRequest.wished_by), isouter=True)
    .where(col(ResidentRequest.id) == bindparam("request_id"))
)  # fmt: skip


def subject(request_id: int) -> str:
    """What its living messages and its audit are filed under."""
    return f"request:{request_id}"


def read(session: Session, request_id: int) -> Row[Any] | None:
    """Every column of it, with the names of its area and people; None where there is none."""
    found: Row[Any] | None = session.connection().execute(_READ, {"request_id": request_id}).first()
    return found


def the(session: Session, request_id: int) -> Row[Any]:
    """The same. Raises Refused where there is none."""
    row = read(session, request_id)
    if row is None:
        raise Refused("request-unknown")
    return row


def hands(session: Session, row: Row[Any]) -> set[int]:
    """Everyone who is named to see to it, in person or as a unit."""
    return matters.hands(session, REQUEST.assignees(session, row.id))


def thing(session: Session, row: Row[Any]) -> Thing:
    """The request to `access`: who registered it, who is to see to it."""
    relations = {Relation.SELF: (row.registered_by,), Relation.ASSIGNEE: hands(session, row)}
    return Thing(row.path, relations)


def move(session: Session, row: Row[Any], **values: Any) -> None:
    """Change it if it stands as it was read. Raises Refused with how it stands where it does not."""
    if not REQUEST.move(session, row, **values):
        raise Refused(over_key(the(session, row.id).state))


def require_in(row: Row[Any], *states: RequestStage) -> None:
    """It is in one of these states. Raises Refused with how it stands."""
    if row.state not in states:
        raise Refused(over_key(row.state))


def over_key(state: str) -> str:
    """The sentence for somebody who comes too late, or too early."""
    return f"request-is-{state}"
