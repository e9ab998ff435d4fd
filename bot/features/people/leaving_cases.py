"""Cases of which somebody who was named left: released, and laid before who names others."""

from datetime import datetime
from typing import Generic

from sqlalchemy import select, union
from sqlmodel import Session

from bot.access import Work, labels, leaving
from bot.base.facts import Struct
from bot.features.cases import assignees, cards, escalation
from bot.features.cases.case import CaseKind, R
from bot.features.cases.life import LEFT
from bot.features.cases.rows import Assignee
from bot.features.hazards.repository import HAZARD
from bot.features.people.leaving_kind import LeavingKind, Passed
from bot.features.requests.repository import REQUEST
from bot.storage.rows import Expression, Query


class _LeftCases(Struct, Generic[R]):
    """What becomes of the cases of a kind."""

    kind: CaseKind[R]

    @property
    def columns(self) -> frozenset[str]:
        """Who may have left."""
        tables = self.kind.tables
        return frozenset({f"{tables.assignees.name}.person_id", f"{tables.cases.name}.wished_by"})

    def find(self, _: datetime) -> Query:
        """Open ones that name somebody who left, or for which somebody who left wished for more time."""
        cases = self.kind.tables.cases.c
        wished = select(cases.id.label("number")).where(cases.closed_at.is_(None), self._wisher_left())
        named = self.kind.left().subquery()
        both = union(select(named.c.number), wished).subquery()
        return select(both.c.number)

    def pass_on(self, work: Work, number: int) -> Passed | None:
        """Release who left. With nobody named it waits for a name again; its due time stays."""
        kind, session = self.kind, work.session
        kind.hold(session, number)
        row = kind.get(session, number)
        unwished = self._unwish(session, number)
        gone = kind.let_go(session, number, work.now)
        named = kind.assignees(session, number)
        is_to_do = row.state in kind.life.to_do
        state = row.state if named or not is_to_do else kind.life.new
        kind.move(session, row, state=state, **unwished)
        people = sorted({each.person_id for each in gone if each.person_id})
        if gone:
            kind.note(work, row, LEFT, to=state, facts={"to": "、".join(labels.named(session, people))})
        cards.show_changed(work, kind, number)
        if not is_to_do or not any(each.responsible for each in gone):
            return None
        to = self._next(work, number, named)
        return Passed(kind.subject(number), kind.card(row), to, people, row.urgent)

    def _next(self, work: Work, number: int, named: list[Assignee]) -> list[int]:
        """Who answers for it from here on: of those named who stay the first, else who names somebody."""
        if named:
            return sorted(assignees.everyone(work.session, named[:1]))
        escalation.start_again(work, self.kind, number)
        return self.kind.to_notify(work.session, self.kind.get(work.session, number), work.settings)

    def _unwish(self, session: Session, number: int) -> dict[str, None]:
        """Nobody waits any more for the time that somebody who left asked for."""
        cases = self.kind.tables.cases.c
        left = session.execute(select(cases.id).where(cases.id == number, self._wisher_left())).first()
        return {"wished_due_at": None, "wished_by": None} if left else {}

    def _wisher_left(self) -> Expression:
        wished_by = self.kind.tables.cases.c.wished_by
        return wished_by.is_not(None) & ~leaving.holds(wished_by, ())


def _leaving(kind: CaseKind[R]) -> LeavingKind:
    left = _LeftCases(kind)
    return LeavingKind(left.columns, left.find, left.pass_on)


HAZARDS, REQUESTS = _leaving(HAZARD), _leaving(REQUEST)
