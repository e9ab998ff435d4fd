"""What people who left had in hand: it goes to whoever is next, who is told once; nothing names them alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, SQLModel, col

from bot import access, hazards, markers, matters, outbox, resident_requests
from bot.access import SYSTEM, Actor
from bot.database import Database
from bot.errors import Refused
from bot.hazards import Found
from bot.notices import Notice
from bot.services import (
    corrections,
    digest_sources,
    hazard_life,
    leavers,
    leaving_decisions,
    request_life,
    second_accounts,
    swap_asking,
    swaps,
)
from bot.services import hazards as telling
from bot.services import requests as registering
from bot.services.hazard_life import Candidate, Work
from bot.services.swapping import Wish
from bot.settings import DatabaseSettings, Settings
from jobs import pass_on
from jobs.job import Occasion
from models import (
    Account,
    Appeal,
    Area,
    Card,
    Correction,
    Dispute,
    Handover,
    Hazard,
    HazardAssignee,
    HazardEvent,
    HazardState,
    HazardStep,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    Ladder,
    LadderState,
    OutboxRow,
    Patrol,
    Person,
    Post,
    RequestState,
    ResidentRequest,
    ResidentRequestAssignee,
    Role,
    SecondAccountRequest,
    Shift,
    ShiftMember,
    Swap,
    SwapState,
)
from tests.e2e.town import settle_in

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SETTINGS = Settings()
WHEN: dict[str, Any] = {"now": NOW, "settings": SETTINGS}
# Who works in the village, who leads it, and who leads the township.
WORKER, OTHER, LEADER, ABOVE = "岩罕", "玉香", "刀建国", "方志强"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The town, everybody with an account."""
    file: Path = tmp_path_factory.mktemp("leavers") / "leavers.sqlite3"
    opened = Database(DatabaseSettings(url=f"sqlite:///{file}", synchronous="OFF"))
    SQLModel.metadata.create_all(opened.writer)
    with opened.write_now() as session:
        settle_in(session)
        for number in session.execute(select(col(Person.id))).scalars().all():
            account = {"bot": SETTINGS.bot_id, "user_id": 100 + (number or 0), "chat_id": 100 + (number or 0)}
            session.execute(insert(Account).values(**account, person_id=number, joined_at=NOW))
    yield opened
    opened.close()


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
        markers.raise_roster_version(self.session)

    def move(self, name: str, code: str) -> None:
        """To another area, with all roles."""
        mine = col(Role.person_id) == self.id(name)
        self.session.execute(update(Role).where(mine).values(area_id=self.area(code)))
        self.session.execute(
            update(Person).where(col(Person.name) == name).values(area_id=self.area(code))
        )
        markers.raise_roster_version(self.session)

    def minute(self, now: datetime = NOW) -> int:
        """One run of the job; how much was passed on."""
        cursor: dict[str, Any] | None = {}
        passed = 0
        for _ in range(1_000):
            batch = pass_on.work(self.session, Occasion(now, cursor or {}), now, SETTINGS)
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
        number = telling.report(self.session, self.actor(OTHER), Found("fire", self.area("DH-MS-1-1-01")), **WHEN)
        for place, name in enumerate(named):
            person = self.actor(name)
            to = Candidate(person.area_id, person.person_id, name, "")
            hazard_life.assign(self.session, self.actor(LEADER), number, to, joint and place > 0, **WHEN)
        return number

    def one(self, model: Any, number: int) -> Any:
        """A row as it is now."""
        self.session.expire_all()
        return self.session.execute(select(model).where(model.id == number)).scalar_one()


@pytest.fixture
def office(db: Database) -> Iterator[Office]:
    """The town; what a test does there is undone."""
    with Session(db.writer) as session:
        yield Office(session)
        session.rollback()


def test_the_assignee_of_a_hazard_is_removed_by_an_import(office: Office) -> None:
    number = office.hazard(WORKER)
    due = office.one(Hazard, number).due_at
    office.send_all()
    office.remove(WORKER)
    assert office.minute() >= 1
    row = office.one(Hazard, number)
    assert (row.state, row.due_at) == (HazardState.REPORTED, due)
    assert hazards.assignees(office.session, number) == []
    steps = office.session.execute(
        select(col(HazardEvent.step), col(HazardEvent.to_state)).order_by(col(HazardEvent.id).desc())
    ).first()
    assert steps == (HazardStep.LEFT, HazardState.REPORTED)
    assert office.told(LEADER) == [f"hazard:{number}"]
    # Who told of it is not disturbed, who left is sent nothing, and nothing is told again.
    assert office.pending(OTHER) == []
    assert office.pending(WORKER) == []
    assert office.pending(LEADER) == ["left:1"]
    office.send_all()
    markers.raise_roster_version(office.session)
    assert office.minute() == 0
    assert office.pending(LEADER) == []
    # The ladder goes on.
    ladder = select(col(Ladder.state)).where(col(Ladder.subject) == f"hazard_new:{number}:{row.version}")
    assert office.session.execute(ladder).scalar_one() == LadderState.CLIMBING
    # The next morning's list names it as nobody's.
    item = digest_sources.open_items(office.session)[f"hazard:{number}"]
    assert item["unnamed"]
    held = digest_sources.holders_of(office.session, [f"hazard:{number}"])
    assert (office.id(LEADER), f"hazard:{number}") in held


def test_nothing_is_looked_at_while_the_roster_is_the_same(office: Office) -> None:
    office.hazard(WORKER)
    office.minute()
    assert not leavers.is_due(office.session)
    assert pass_on.work(office.session, Occasion(NOW, {}), NOW, SETTINGS).counts == {}


@pytest.mark.parametrize("way", ["role", "moved"])
def test_who_lost_the_role_or_moved_away_is_responsible_no_more(office: Office, way: str) -> None:
    number = office.hazard(WORKER)
    if way == "role":
        office.session.execute(delete(Role).where(col(Role.person_id) == office.id(WORKER)))
        markers.raise_roster_version(office.session)
    else:
        office.move(WORKER, "DH-MS-10-1-01")
    office.minute()
    assert office.one(Hazard, number).state == HazardState.REPORTED


def test_who_cannot_be_reached_has_not_left(office: Office) -> None:
    number = office.hazard(WORKER)
    office.session.execute(delete(Account).where(col(Account.person_id) == office.id(WORKER)))
    office.move(WORKER, "DH-MS-1-1")
    office.minute()
    assert office.one(Hazard, number).state == HazardState.ASSIGNED


def test_of_several_named_one_who_stays_answers_for_it(office: Office) -> None:
    number = office.hazard(WORKER, LEADER, joint=True)
    office.send_all()
    office.remove(WORKER)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.ASSIGNED
    (left,) = hazards.assignees(office.session, number)
    assert (left.person_id, left.responsible) == (office.id(LEADER), True)
    assert office.told(LEADER) == [f"hazard:{number}"]


def test_a_unit_with_nobody_left_is_released_as_a_person_is(office: Office) -> None:
    number = office.hazard()
    village = office.area("DH-MS-10-1")
    unit = Candidate(village, None, "芒赛村", "")
    hazard_life.assign(office.session, office.actor("李雪梅"), number, unit, **WHEN)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.ASSIGNED
    office.remove("段平")
    office.minute()
    assert office.one(Hazard, number).state == HazardState.REPORTED


def test_time_that_somebody_who_left_asked_for_is_not_waited_for(office: Office) -> None:
    number = office.hazard(WORKER)
    work = Work(HazardStep.PARTLY, words="还差一点", more_days=3)
    hazard_life.rectify(office.session, office.actor(WORKER), number, work, **WHEN)
    office.remove(WORKER)
    office.minute()
    row = office.one(Hazard, number)
    assert (row.wished_by, row.wished_due_at) == (None, None)


def test_a_released_one_is_verified_and_reopened_to_nobody(office: Office) -> None:
    number = office.hazard(WORKER)
    hazard_life.rectify(office.session, office.actor(WORKER), number, Work(HazardStep.FIXED), **WHEN)
    office.remove(WORKER)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.FIXED
    assert hazards.assignees(office.session, number) == []
    assert f"hazard:{number}" not in office.told(LEADER)


def test_a_key_drawn_before_names_nobody_who_left(office: Office) -> None:
    number, worker = office.hazard(), office.actor(WORKER)
    office.remove(WORKER)
    to = Candidate(worker.area_id, worker.person_id, WORKER, "")
    with pytest.raises(Refused) as refused:
        hazard_life.assign(office.session, office.actor(LEADER), number, to, **WHEN)
    assert refused.value.key == "naming-left"


def test_all_of_an_import_is_one_message(office: Office) -> None:
    numbers = [office.hazard(WORKER) for _ in range(3)]
    office.send_all()
    office.remove(WORKER)
    office.minute()
    assert office.told(LEADER) == [f"hazard:{number}" for number in numbers]
    facts = office.session.execute(
        select(col(Card.facts)).where(
            col(Card.person_id) == office.id(LEADER), col(Card.subject).startswith("left:")
        )
    ).scalar_one()
    told = leavers.load(office.session, office.actor(LEADER), facts)
    assert told
    assert told["names"] == [WORKER]
    assert [item["subject"] for item in told["items"]] == [f"hazard:{number}" for number in numbers]


def test_messages_of_who_left_lose_their_keys_and_come_back_to_nobody(office: Office) -> None:
    number = office.hazard(WORKER)
    office.send_all()
    office.remove(WORKER)
    office.minute()
    mine = select(col(Card.kind)).where(col(Card.person_id) == office.id(WORKER))
    assert set(office.session.execute(mine).scalars()) == {"keys.gone"}
    office.session.execute(update(Person).where(col(Person.name) == WORKER).values(removed_at=None))
    markers.raise_roster_version(office.session)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.REPORTED
    assert office.told(WORKER) == []
