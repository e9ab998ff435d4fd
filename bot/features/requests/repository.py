"""A request as it stands: reading it, who is what to it, and taking it a step further exactly once."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, false, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.access import Actor, Relation, Resource, within
from bot.base.errors import Refused
from bot.features.cases import case
from bot.features.cases.case import CaseKind
from bot.features.shifts.crews import coming
from models import (
    Area,
    Person,
    PersonPost,
    Post,
    RequestStage,
    ResidentRequest,
    ResidentRequestAssignee,
    ResidentRequestCount,
    ResidentRequestEvent,
    Shift,
    ShiftMember,
)

REQUEST = CaseKind(
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

_HOME: Any = aliased(Area)
_THERE: Any = aliased(Area)
# Who is posted to which area, from which.
_USUAL: Any = (
    select(col(PersonPost.person_id), _THERE.path, _HOME.path)
    .join(Post, col(Post.id) == col(PersonPost.post_id))
    .join(_THERE, _THERE.id == col(Post.area_id))
    .join(Person, col(Person.id) == col(PersonPost.person_id))
    .join(_HOME, _HOME.id == col(Person.area_id))
)
_SHIFTS: Any = (
    select(col(ShiftMember.person_id), _THERE.path, _HOME.path)
    .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
    .join(Post, col(Post.id) == col(Shift.post_id))
    .join(_THERE, _THERE.id == col(Post.area_id))
    .join(Person, col(Person.id) == col(ShiftMember.person_id))
    .join(_HOME, _HOME.id == col(Person.area_id))
    .where(coming(), col(Shift.removed_at).is_(None))
)


def subject(request_id: int) -> str:
    """What its living messages and its audit are filed under."""
    return f"request:{request_id}"


def read(session: Session, request_id: int) -> Row[Any] | None:
    """Every column of it, with the names of its area and people; None where there is none."""
    found: Row[Any] | None = session.connection().execute(_READ, {"request_id": request_id}).first()
    return found


def get(session: Session, request_id: int) -> Row[Any]:
    """The same. Raises Refused where there is none."""
    row = read(session, request_id)
    if row is None:
        raise Refused("request-unknown")
    return row


def assignees_all(session: Session, row: Row[Any]) -> set[int]:
    """Everyone who is named to see to it, in person or as a unit."""
    return case.assignees_all(session, REQUEST.assignees(session, row.id))


def thing(session: Session, row: Row[Any]) -> Resource:
    """The request to `access`: who registered it, who is to see to it, who is posted there from elsewhere."""
    relations = {
        Relation.SELF: (row.registered_by,), Relation.ASSIGNEE: assignees_all(session, row),
        Relation.POSTED: _posted(session, row),
    }  # fmt: skip
    return Resource(row.path, relations)


def where_posted(session: Session, actor: Actor) -> ColumnElement[bool]:
    """Whether the request of the row (with its area joined) is one of an area elsewhere in which a usual post
    of the actor's lies, or one at which the actor has stood a shift since it was registered, or is to."""
    mine = (_THERE.path, _HOME.path)
    usual = session.execute(
        _USUAL.with_only_columns(*mine).where(col(PersonPost.person_id) == actor.person_id)
    )
    shifts = session.execute(
        _SHIFTS.with_only_columns(*mine, func.max(col(Shift.ends_at)))
        .where(col(ShiftMember.person_id) == actor.person_id)
        .group_by(*mine)
    )
    until: dict[str, datetime | None] = {there: at for there, home, at in shifts if _elsewhere(there, home)}
    until |= {there: None for there, home in usual if _elsewhere(there, home)}
    return or_(
        false(),
        *(
            and_(within(col(Area.path), there), *([col(ResidentRequest.registered_at) < at] if at else []))
            for there, at in until.items()
        ),
    )


def _posted(session: Session, row: Row[Any]) -> list[int]:
    """Whose requests those of the area are, as in `where_posted`."""
    codes = row.path.split("/")[:-1]
    around = _THERE.path.in_(["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1)])
    since = _SHIFTS.where(around, col(Shift.ends_at) > row.registered_at)
    found = [*session.execute(_USUAL.where(around)), *session.execute(since)]
    return sorted({person for person, there, home in found if _elsewhere(there, home)})


def _elsewhere(there: str, home: str) -> bool:
    """Whether a post's area is not around the own one: at the village's post one keeps to the own grid."""
    return not home.startswith(there)


def move(session: Session, row: Row[Any], **values: Any) -> None:
    """Change it if it stands as it was read. Raises Refused with how it stands where it does not."""
    if not REQUEST.move(session, row, **values):
        raise Refused(over_key(get(session, row.id).state))


def require_in(row: Row[Any], *states: RequestStage) -> None:
    """It is in one of these states. Raises Refused with how it stands."""
    if row.state not in states:
        raise Refused(over_key(row.state))


def over_key(state: str) -> str:
    """The sentence for somebody who comes too late, or too early."""
    return f"request-is-{state}"
