"""Hazards and requests of which somebody who was named left: released, and laid before who names others."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, union
from sqlmodel import Session, col

from bot.access import SYSTEM, Work, labels, leaving
from bot.features.cases import case
from bot.features.cases.case import CaseKind
from bot.features.hazards import cards as hazard_cards
from bot.features.hazards import escalation as hazard_escalation
from bot.features.hazards import repository as hazard_repository
from bot.features.people.leaving_kind import LeavingKind, Passed
from bot.features.requests import cards as request_cards
from bot.features.requests import escalation as request_escalation
from bot.features.requests import repository as request_repository
from bot.outbox.notices import Notice
from bot.settings import Settings
from models import HazardState, HazardStep, RequestStage, RequestStep, Severity


@dataclass(frozen=True, slots=True)
class _Case:
    """What differs between the two."""

    matter: CaseKind
    the: Callable[[Session, int], Row[Any]]
    subject: Callable[[int], str]
    notice: Callable[[Row[Any]], Notice]
    receivers: Callable[[Session, Row[Any], Settings], list[int]]
    show_changed: Callable[..., None]
    start_again: Callable[..., None]
    to_do: Collection[str]
    unnamed: str
    step: str

    def find(self, _: datetime) -> Select[Any]:
        """Open ones that name somebody who left, or for which somebody who left wished for more time."""
        thing = self.matter.thing
        wished: Any = select(col(thing.id).label("number")).where(
            col(thing.closed_at).is_(None), col(thing.wished_by).is_not(None),
            ~leaving.holds(col(thing.wished_by), ()),
        )  # fmt: skip
        named = self.matter.left().subquery()
        both = union(select(named.c.number), wished).subquery()
        return select(both.c.number)

    def pass_on(self, session: Session, number: int, now: datetime, settings: Settings) -> Passed | None:
        """Release who left. With nobody named it waits for a name again; its due time stays."""
        self.matter.hold(session, number)
        row = self.the(session, number)
        unwished = self._unwish(session, number)
        gone = self.matter.let_go(session, number, now)
        named = self.matter.assignees(session, number)
        open_ = row.state in self.to_do
        state = row.state if named or not open_ else self.unnamed
        self.matter.move(session, row, state=state, **unwished)
        people = sorted({each.person_id for each in gone if each.person_id})
        if gone:
            told = {"to": "、".join(labels.named(session, people))}
            self.matter.note(session, SYSTEM, row, self.step, now, to=state, facts=told)
        self.show_changed(Work(session, SYSTEM, now, settings), number)
        if not open_ or not any(each.responsible for each in gone):
            return None
        to = self._next(session, number, named, now, settings)
        return Passed(self.subject(number), self.notice(row), to, people, _is_urgent(row))

    def _next(
        self, session: Session, number: int, named: Sequence[Row[Any]], now: datetime, settings: Settings
    ) -> list[int]:
        """Who answers for it from here on: of those named who stay the first, else who names somebody."""
        if named:
            return sorted(case.assignees_all(session, named[:1]))
        self.start_again(Work(session, SYSTEM, now, settings), number)
        return self.receivers(session, self.the(session, number), settings)

    def _unwish(self, session: Session, number: int) -> dict[str, None]:
        """Nobody waits any more for the time that somebody who left asked for."""
        thing = self.matter.thing
        left = select(col(thing.id)).where(
            col(thing.id) == number, col(thing.wished_by).is_not(None),
            ~leaving.holds(col(thing.wished_by), ()),
        )  # fmt: skip
        return {"wished_due_at": None, "wished_by": None} if session.execute(left).first() else {}


def _is_urgent(row: Row[Any]) -> bool:
    return row._mapping.get("severity") == Severity.URGENT


_HAZARD = _Case(
    hazard_repository.HAZARD, hazard_repository.get, hazard_repository.subject, hazard_cards.notice,
    hazard_cards.to_notify, hazard_cards.show_changed, hazard_escalation.start_again,
    hazard_repository.TO_FIX, HazardState.REPORTED, HazardStep.LEFT,
)  # fmt: skip
_REQUEST = _Case(
    request_repository.REQUEST, request_repository.get, request_repository.subject, request_cards.notice,
    request_cards.to_notify, request_cards.show_changed, request_escalation.start_again,
    request_repository.TO_DO, RequestStage.REGISTERED, RequestStep.LEFT,
)  # fmt: skip

HAZARDS = LeavingKind(
    frozenset({"hazard_assignee.person_id", "hazard.wished_by"}), _HAZARD.find, _HAZARD.pass_on
)
REQUESTS = LeavingKind(
    frozenset({"resident_request_assignee.person_id", "resident_request.wished_by"}),
    _REQUEST.find, _REQUEST.pass_on,
)  # fmt: skip
