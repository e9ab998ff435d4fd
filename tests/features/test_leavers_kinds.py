"""Every kind of open thing that names people, and somebody of these leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.features.escalation import ladders
from bot.features.swaps import swaps
from models import (
    Card,
    Ladder,
    Patrol,
    PatrolState,
    RequestState,
    SecondAccountRequest,
    Swap,
    SwapState,
)
from tests.features.leaving_office import ABOVE, LEADER, NOW, OTHER, SETTINGS, WHEN, WORKER, Office
from tests.features.open_things import MAKERS, account, ask_for, correction, dispute, hazard, hold, mark, put


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_what_only_the_leader_has_goes_to_the_one_above_once(
    office: Office, make: Callable[[Office], str]
) -> None:
    # The county's own people are near enough, too.
    office.remove("李雪梅")
    subject = make(office)
    office.remove(LEADER)
    office.minute()
    assert office.told(ABOVE) == [subject]
    office.send_all()
    office.remove("早么")
    office.minute()
    assert office.told(ABOVE) == [subject]
    assert [one for one in office.pending(ABOVE) if one.startswith("left:")] == []


def test_what_lies_before_somebody_who_stays_is_nobody_elses(office: Office) -> None:
    made = [make(office) for make in (correction, dispute, mark, hazard)]
    for subject in made:
        card = select(col(Card.kind), col(Card.facts)).where(col(Card.subject) == subject).limit(1)
        kind, facts = office.session.execute(card).one()
        hold(office, subject, kind, facts, ABOVE)
    office.remove(LEADER)
    office.minute()
    assert office.told(ABOVE) == []


def test_a_swap_without_one_of_the_two_lapses_and_the_other_is_told(office: Office) -> None:
    for gone, told in ((OTHER, WORKER), (WORKER, OTHER)):
        nested = office.session.begin_nested()
        number = ask_for(office)
        swaps.answer(Work(office.session, office.actor(OTHER), **WHEN), number, True)
        office.remove(gone)
        office.minute()
        assert office.one(Swap, number).state == SwapState.LEFT
        outbox_rows = office.session.info["outbox"]
        news = {row["person_id"] for row in outbox_rows if row["kind"].startswith("swap.news")}
        assert office.id(told) in news
        office.session.info["outbox"] = []
        nested.rollback()


def test_a_swap_that_everybody_asked_has_left_lapses(office: Office) -> None:
    number = ask_for(office)
    office.remove(OTHER)
    office.minute()
    assert office.one(Swap, number).state == SwapState.LEFT


@pytest.mark.parametrize("taken", [True, False])
def test_a_ladder_goes_on_at_once(office: Office, taken: bool) -> None:
    when = {"now": NOW, "settings": SETTINGS}
    path = office.actor(WORKER).path
    one = ladders.Start("handover:77", path, [office.id(LEADER)])
    ladders.start_all(Work(office.session, SYSTEM, **when), "handover", [one])
    number = office.session.execute(select(col(Ladder.id)).where(col(Ladder.subject) == "handover:77"))
    ladder_id = number.scalar_one() or 0
    ladders.put_step(office.session, ladder_id, 0, NOW, office.id(LEADER), ladders.LadderOutcome.TOLD)
    if taken:
        ladders.take(Work(office.session, office.actor(LEADER), **when), "handover:77")
    later = NOW + timedelta(hours=3)
    office.session.execute(update(Ladder).where(col(Ladder.id) == ladder_id).values(next_at=later))
    office.remove(LEADER)
    office.minute()
    assert office.one(Ladder, ladder_id).next_at == NOW


def test_an_open_patrol_of_who_left_ends_and_nobody_is_scolded(office: Office) -> None:
    number = put(
        office, Patrol, person_id=office.id(WORKER), area_id=office.area("DH-MS-1-1-01"),
        checklist=SETTINGS.patrol.checklists[0].code, started_at=NOW - timedelta(hours=1),
        close_at=NOW + timedelta(hours=5),
    )  # fmt: skip
    office.remove(WORKER)
    office.minute()
    row = office.one(Patrol, number)
    assert (row.state, row.ended_at) == (PatrolState.INCOMPLETE, NOW)
    assert [row for row in office.session.info.get("outbox", []) if row["kind"] == "patrol.closed"] == []


def test_a_further_account_of_who_left_need_not_be_decided(office: Office) -> None:
    subject = account(office)
    office.remove(WORKER)
    office.minute()
    row = office.one(SecondAccountRequest, int(subject.split(":")[1]))
    assert (row.state, row.decided_by) == (RequestState.REFUSED, None)
