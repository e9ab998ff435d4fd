"""The town as people leave it: what they had in hand, and who is told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Work
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.hazards import reporting as telling
from bot.features.hazards.repository import HAZARD, NewHazard
from bot.settings import Settings
from bot.storage import values
from jobs import pass_on
from jobs.job import Occasion
from models import Area, Card, Person, Role, ShiftMember

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SETTINGS = Settings()
WHEN: dict[str, Any] = {"now": NOW, "settings": SETTINGS}
# Who works in the village, who leads it, and who leads the township.
WORKER, OTHER, LEADER, ABOVE = "岩罕", "玉香", "刀建国", "方志强"


@dataclass
class Office:
    """The town for one test, whose changes are forgotten."""

    session: Session

    def actor(self, name: str) -> Actor:
        """Somebody with a phone."""
        number = 100 + self.id(name)
        return access.actors_of(self.session, SETTINGS.bot_id, [number])[number]

    def id(self, name: str) -> int:
        """The number of the person with this name."""
        found = select(col(Person.id)).where(col(Person.name) == name)
        return self.session.execute(found).scalar_one() or 0

    def area(self, code: str) -> int:
        """The number of an area."""
        return self.session.execute(select(col(Area.id)).where(col(Area.code) == code)).scalar_one() or 0

    def remove(self, *names: str) -> None:
        """As an import does: off the roster, the roles and coming shifts gone."""
        ids = [self.id(name) for name in names]
        self.session.execute(update(Person).where(col(Person.id).in_(ids)).values(removed_at=NOW))
        self.session.execute(delete(Role).where(col(Role.person_id).in_(ids)))
        self.session.execute(delete(ShiftMember).where(col(ShiftMember.person_id).in_(ids)))
        values.raise_roster_version(self.session)

    def move(self, name: str, code: str) -> None:
        """To another area, with all roles."""
        mine = col(Role.person_id) == self.id(name)
        self.session.execute(update(Role).where(mine).values(area_id=self.area(code)))
        self.session.execute(update(Person).where(col(Person.name) == name).values(area_id=self.area(code)))
        values.raise_roster_version(self.session)

    def minute(self, now: datetime = NOW) -> int:
        """One run of the job; how much was passed on."""
        cursor: dict[str, Any] | None = {}
        passed = 0
        for _ in range(1_000):
            batch = pass_on.run(Work(self.session, SYSTEM, now, SETTINGS), Occasion(now, cursor or {}))
            passed += batch.counts.get("passed_on", 0)
            cursor = batch.cursor
            if cursor is None:
                return passed
        raise AssertionError("never done")

    def told(self, name: str) -> list[str]:
        """What the one message about people who left tells somebody of."""
        mine = (col(Card.person_id) == self.id(name), col(Card.subject).startswith("left:"))
        rows = self.session.execute(select(col(Card.facts)).where(*mine)).scalars().all()
        assert len(rows) <= 1
        return list(rows[0]["subjects"]) if rows else []

    def pending(self, name: str) -> list[str]:
        """The subjects of messages that are about to ring with somebody."""
        waits = (col(Card.person_id) == self.id(name), col(Card.wanted) > col(Card.shown))
        fresh = (*waits, col(Card.message_id).is_(None))
        return list(self.session.execute(select(col(Card.subject)).where(*fresh)).scalars())

    def send_all(self) -> None:
        """Everything that waits has arrived."""
        number = func.coalesce(col(Card.message_id), col(Card.id) + 1_000)
        sent = update(Card).where(col(Card.wanted) > col(Card.shown))
        self.session.execute(sent.values(shown=col(Card.wanted), message_id=number, sent_at=NOW))

    def hazard(self, *named: str, joint: bool = False) -> int:
        """A hazard in the worker's grid, given to these people."""
        number = telling.report(
            Work(self.session, self.actor(OTHER), **WHEN), NewHazard("fire", self.area("DH-MS-1-1-01"))
        )
        for place, name in enumerate(named):
            person = self.actor(name)
            to = Candidate(person.area_id, person.person_id, name, "")
            workflow.assign(
                Work(self.session, self.actor(LEADER), **WHEN), HAZARD, number, to, joint and place > 0
            )
        return number

    def one(self, model: Any, number: int) -> Any:
        """A row as it is now."""
        self.session.expire_all()
        return self.session.execute(select(model).where(model.id == number)).scalar_one()
