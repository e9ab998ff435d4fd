"""What people who left had in hand: hazards, and the message about them."""

import pytest
from sqlalchemy import delete, select, update
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.base.errors import Refused
from bot.base.facts import read_as
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.hazards import workflow as hazard_workflow
from bot.features.hazards.repository import HAZARD
from bot.features.hazards.workflow import Rectification
from bot.features.people import leavers
from bot.features.reminders import digest_sources
from bot.features.reminders.notices import LeftBehind
from bot.storage import values
from bot.words.said import Remark
from jobs import pass_on
from jobs.job import Occasion
from models import (
    Account,
    Card,
    Hazard,
    HazardEvent,
    HazardState,
    HazardStep,
    Ladder,
    LadderState,
    Person,
    Role,
)
from tests.features.leaving_office import LEADER, NOW, OTHER, SETTINGS, WHEN, WORKER, Office


def test_the_assignee_of_a_hazard_is_removed_by_an_import(office: Office) -> None:
    number = office.hazard(WORKER)
    due = office.one(Hazard, number).due_at
    office.send_all()
    office.remove(WORKER)
    assert office.minute() >= 1
    row = office.one(Hazard, number)
    assert (row.state, row.due_at) == (HazardState.REPORTED, due)
    assert HAZARD.assignees(office.session, number) == []
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
    values.raise_roster_version(office.session)
    assert office.minute() == 0
    assert office.pending(LEADER) == []
    # The ladder goes on.
    ladder = select(col(Ladder.state)).where(col(Ladder.subject) == f"hazard_new:{number}:{row.version}")
    assert office.session.execute(ladder).scalar_one() == LadderState.CLIMBING
    # The next morning's list names it as nobody's.
    item = digest_sources.open_items(office.session)[f"hazard:{number}"]
    assert item.unnamed
    held = digest_sources.holders_of(office.session, [f"hazard:{number}"])
    assert (office.id(LEADER), f"hazard:{number}") in held


def test_nothing_is_looked_at_while_the_roster_is_the_same(office: Office) -> None:
    office.hazard(WORKER)
    office.minute()
    assert not leavers.is_due(office.session, SYSTEM)
    assert pass_on.run(Work(office.session, SYSTEM, NOW, SETTINGS), Occasion(NOW, {})).counts == {}


@pytest.mark.parametrize("way", ["role", "moved"])
def test_who_lost_the_role_or_moved_away_is_responsible_no_more(office: Office, way: str) -> None:
    number = office.hazard(WORKER)
    if way == "role":
        office.session.execute(delete(Role).where(col(Role.person_id) == office.id(WORKER)))
        values.raise_roster_version(office.session)
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
    (left,) = HAZARD.assignees(office.session, number)
    assert (left.person_id, left.responsible) == (office.id(LEADER), True)
    assert office.told(LEADER) == [f"hazard:{number}"]


def test_a_unit_with_nobody_left_is_released_as_a_person_is(office: Office) -> None:
    number = office.hazard()
    village = office.area("DH-MS-10-1")
    unit = Candidate(village, None, "芒赛村", "")
    workflow.assign(Work(office.session, office.actor("李雪梅"), **WHEN), HAZARD, number, unit)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.ASSIGNED
    office.remove("段平")
    office.minute()
    assert office.one(Hazard, number).state == HazardState.REPORTED


def test_time_that_somebody_who_left_asked_for_is_not_waited_for(office: Office) -> None:
    number = office.hazard(WORKER)
    work = Rectification(HazardStep.PARTLY, said=Remark("还差一点"), more_days=3)
    hazard_workflow.rectify(Work(office.session, office.actor(WORKER), **WHEN), number, work)
    office.remove(WORKER)
    office.minute()
    row = office.one(Hazard, number)
    assert (row.wished_by, row.wished_due_at) == (None, None)


def test_a_released_one_is_verified_and_reopened_to_nobody(office: Office) -> None:
    number = office.hazard(WORKER)
    hazard_workflow.rectify(
        Work(office.session, office.actor(WORKER), **WHEN), number, Rectification(HazardStep.FIXED)
    )
    office.remove(WORKER)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.FIXED
    assert HAZARD.assignees(office.session, number) == []
    assert f"hazard:{number}" not in office.told(LEADER)


def test_a_key_drawn_before_names_nobody_who_left(office: Office) -> None:
    number, worker = office.hazard(), office.actor(WORKER)
    office.remove(WORKER)
    to = Candidate(worker.area_id, worker.person_id, WORKER, "")
    with pytest.raises(Refused) as refused:
        workflow.assign(Work(office.session, office.actor(LEADER), **WHEN), HAZARD, number, to)
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
    told = leavers.load(office.session, office.actor(LEADER), read_as(LeftBehind, facts))
    assert told
    assert told.names == (WORKER,)
    assert [item.subject for item in told.items] == [f"hazard:{number}" for number in numbers]


def test_messages_of_who_left_lose_their_keys_and_come_back_to_nobody(office: Office) -> None:
    number = office.hazard(WORKER)
    office.send_all()
    office.remove(WORKER)
    office.minute()
    mine = select(col(Card.kind)).where(col(Card.person_id) == office.id(WORKER))
    assert set(office.session.execute(mine).scalars()) == {"keys.gone"}
    office.session.execute(update(Person).where(col(Person.name) == WORKER).values(removed_at=None))
    values.raise_roster_version(office.session)
    office.minute()
    assert office.one(Hazard, number).state == HazardState.REPORTED
    assert office.told(WORKER) == []
