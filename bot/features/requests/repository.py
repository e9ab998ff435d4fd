"""A request as it stands: its rows, who is what to it. `REQUEST` is the kind of case it is."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, within
from bot.features.cases import assignment
from bot.features.cases.case import CaseKind
from bot.features.cases.life import Board, CaseNotices, CaseTables, Life, Move, table_of
from bot.features.cases.rows import CaseRow
from bot.features.requests import notices
from bot.features.requests.notices import REQUESTS, LateRequest, RequestCard, RequestLine
from bot.features.shifts.crews import coming
from bot.outbox import outbox
from bot.settings import Settings
from bot.settings.cases import RequestSettings
from bot.storage.rows import Expression, Query, all_of
from models import (
    Area,
    Person,
    PersonPost,
    Post,
    RequestMode,
    RequestStage,
    RequestStep,
    ResidentRequest,
    ResidentRequestAssignee,
    ResidentRequestCount,
    ResidentRequestEvent,
    Shift,
    ShiftMember,
)

# Somebody has to do something about it.
TO_DO = (RequestStage.REGISTERED, RequestStage.ASSIGNED)
OPEN = (*TO_DO, RequestStage.DONE)
LIFE = Life(*OPEN, RequestStage.CLOSED, RequestStage.WITHDRAWN)
REGISTER, HANDLE, ASK, READ = "request.register", "request.handle", "request.ask", "request.read"
# What people do to a request besides naming, granting time and taking it back.
FINISH = Move(HANDLE, RequestStep.DONE, TO_DO, RequestStage.DONE)
BLOCK = Move(HANDLE, RequestStep.STUCK, TO_DO)
ANSWER = Move(ASK, RequestStep.SOLVED, (RequestStage.DONE,), RequestStage.CLOSED)


class RequestRow(CaseRow, kw_only=True):
    """A request as it stands."""

    mode: str
    contact: str | None
    household: int | None
    registered_by: int
    registered_at: datetime
    done_by: int | None
    done_at: datetime | None
    answer: str
    asked_by: int | None
    repeats: int
    registrar: str
    doer: str | None
    asker: str | None

    @property
    def begun_by(self) -> int:
        """Who registered it."""
        return self.registered_by

    @property
    def begun_at(self) -> datetime:
        """When it was registered."""
        return self.registered_at


class RequestKind(CaseKind[RequestRow]):
    """诉求: registered for a resident, seen to, and the resident is asked."""

    family, life, row, line, late = REQUESTS, LIFE, RequestRow, RequestLine, LateRequest
    tables = CaseTables(
        table_of(ResidentRequest), table_of(ResidentRequestCount), table_of(ResidentRequestEvent),
        table_of(ResidentRequestAssignee), key="request_id", begun="registered", done="done",
    )  # fmt: skip
    notices = CaseNotices(
        notices.RequestMoved, notices.RequestAssigned, notices.RequestUndone, notices.RequestVoice,
        notices.RequestHistory, notices.RequestWaiting, notices.RequestSoon, notices.RequestLate,
        notices.RequestBoard, notices.RequestBoardAreas,
    )  # fmt: skip
    boards = (Board("mine"), Board("area", READ), Board("late", READ, TO_DO, late=True))
    people: ClassVar = {"registrar": "registered_by", "doer": "done_by", "asker": "asked_by"}
    spoken = (
        RequestStep.STUCK, RequestStep.DONE, RequestStep.SOLVED, RequestStep.PARTLY, RequestStep.NOT,
        RequestStep.REWORDED,
    )  # fmt: skip
    begin, look, remark, look_wait = REGISTER, ASK, READ, 1
    said_in = (ResidentRequest.words,)
    erased: ClassVar = {"contact": None, "household": None}
    joint: ClassVar = {"mode": RequestMode.JOINT}

    def settings(self, settings: Settings) -> RequestSettings:
        """`[requests]`."""
        return settings.requests

    def resource(self, session: Session, row: RequestRow) -> Resource:
        """To `access`: who registered it, who is to see to it, who is posted there from elsewhere."""
        relations = {
            Relation.SELF: (row.registered_by,), Relation.ASSIGNEE: self.hands(session, row.id),
            Relation.POSTED: _posted(session, row),
        }  # fmt: skip
        return Resource(row.path, relations)

    def to_notify(self, session: Session, row: RequestRow, settings: Settings) -> list[int]:
        """Those who name others at the level of its category, or the nearest above who can be reached. What
        takes several units lies before the township at least."""
        level = settings.requests.category(row.category).assign_to
        if row.mode == RequestMode.JOINT and level == "village":
            level = "township"
        around = assignment.level_around(session, row.path, level)
        return access.nearest_with(session, self.to_assign.action, around)

    def to_look(self, session: Session, row: RequestRow) -> list[int]:
        """Who asks the resident: who registered it; where that one cannot be reached, the nearest above."""
        if outbox.recipients_of(session, [row.registered_by]):
            return [row.registered_by]
        return access.nearest_with(session, ASK, row.path)

    def workers(self, session: Session, row: RequestRow) -> list[int]:
        """Who registered it is to ask."""
        return [row.registered_by]

    def card(self, row: RequestRow, own: bool = False) -> RequestCard:
        """Its living message."""
        return RequestCard(row.id, answers=own)

    def answered(self, actor: Actor, row: RequestRow) -> dict[str, object]:
        """Whether it is the reader who registered it."""
        return {"self": row.registered_by == actor.person_id}

    def posted(self, session: Session, actor: Actor) -> Query | None:
        """Those of areas elsewhere in which the actor is posted."""
        if not access.allows(actor, READ, Resource("", {Relation.POSTED: (actor.person_id,)})):
            return None
        found = select(col(ResidentRequest.id)).join(Area, col(Area.id) == col(ResidentRequest.area_id))
        return found.where(col(ResidentRequest.closed_at).is_(None), where_posted(session, actor))

    def undone_from(self, row: RequestRow) -> tuple[str, ...]:
        """What was answered on the spot is closed already."""
        return (self.life.closed,) if row.mode == RequestMode.SPOT else super().undone_from(row)

    def page_lines(self, session: Session, query: Query) -> tuple[RequestLine, ...]:
        """With who has each."""
        found = all_of(session, RequestLine, query)
        return tuple(
            replace(each, named=tuple(who.name for who in self.assignees(session, each.id))) for each in found
        )


REQUEST = RequestKind()

_HOME, _THERE = aliased(Area), aliased(Area)
_MINE = (col(_THERE.path), col(_HOME.path))
# Who is posted to which area, from which.
_USUAL = (
    select(col(PersonPost.person_id), *_MINE)
    .join(Post, col(Post.id) == col(PersonPost.post_id))
    .join(_THERE, col(_THERE.id) == col(Post.area_id))
    .join(Person, col(Person.id) == col(PersonPost.person_id))
    .join(_HOME, col(_HOME.id) == col(Person.area_id))
)
_SHIFTS = (
    select(col(ShiftMember.person_id), *_MINE)
    .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
    .join(Post, col(Post.id) == col(Shift.post_id))
    .join(_THERE, col(_THERE.id) == col(Post.area_id))
    .join(Person, col(Person.id) == col(ShiftMember.person_id))
    .join(_HOME, col(_HOME.id) == col(Person.area_id))
    .where(coming(), col(Shift.removed_at).is_(None))
)


def where_posted(session: Session, actor: Actor) -> Expression:
    """Whether the request of the row (with its area joined) is one of an area elsewhere in which a usual post
    of the actor's lies, or one at which the actor has stood a shift since it was registered, or is to."""
    usual = session.execute(
        _USUAL.with_only_columns(*_MINE).where(col(PersonPost.person_id) == actor.person_id)
    )
    shifts = session.execute(
        _SHIFTS.with_only_columns(*_MINE, func.max(col(Shift.ends_at)))
        .where(col(ShiftMember.person_id) == actor.person_id)
        .group_by(*_MINE)
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


def _posted(session: Session, row: RequestRow) -> list[int]:
    """Whose requests those of the area are, as in `where_posted`."""
    codes = row.path.split("/")[:-1]
    around = col(_THERE.path).in_(["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1)])
    since = _SHIFTS.where(around, col(Shift.ends_at) > row.registered_at)
    found = [*session.execute(_USUAL.where(around)), *session.execute(since)]
    return sorted({person for person, there, home in found if _elsewhere(there, home)})


def _elsewhere(there: str, home: str) -> bool:
    """Whether a post's area is not around the own one: at the village's post one keeps to the own grid."""
    return not home.startswith(there)
