"""Whoever is posted elsewhere: the requests of the area in which the post lies are the own area's."""

from datetime import datetime, timedelta

import pytest

from bot.access import Work
from bot.features.requests import registering
from bot.features.requests.registering import NewRequest
from bot.playground.people import Person
from models import PersonPost, RequestMode
from tests.e2e.test_requests import card
from tests.e2e.test_verifying import actor_of
from tests.e2e.town import Town


def registered(town: Town, phone: Person) -> int:
    """A request that this person takes down; its number in the table."""
    actor, asked = actor_of(town, phone), NewRequest("utilities", RequestMode.TIMED, "三号水池没有水")
    with town.db.write_now() as session:
        return registering.register(Work(session, actor, town.clock.now(), town.settings), asked)


def stands(town: Town, name: str, begins: timedelta = timedelta(hours=-1)) -> None:
    """On a shift of two hours at the post of Mangli village."""
    starts_at = town.clock.now() + begins
    town.shift(name, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))


def test_the_requests_around_the_post_are_those_of_the_own_area(town: Town) -> None:
    stands(town, "王芳")
    posted, worker = town.join("王芳"), town.bind("岩罕")
    registered(town, worker)
    registered(town, town.bind("阿昌"))
    posted.send("/requests")
    board = posted.wait_for("没办结的诉求：1 件")
    assert "R-2026-000001" in board.text
    # The other village's is not theirs.
    assert "R-2026-000002" not in board.text
    posted.click("1", board)
    # Seen, and left to those who are to see to it.
    assert [button.text for button in card(posted).buttons] == ["📜 办理经过"]
    town.clock.move(timedelta(days=8))
    town.settle()
    posted.send("/requests")
    posted.click("超期的诉求", posted.wait_for("没办结的诉求：1 件"))
    assert "R-2026-000001" in posted.wait_for("超期的诉求：1 件").text


@pytest.mark.one_way
def test_what_comes_after_the_last_shift_is_not_theirs(town: Town) -> None:
    stands(town, "王芳", timedelta(hours=-4))
    posted, worker = town.join("王芳"), town.bind("岩罕")
    registered(town, worker)
    posted.send("/requests")
    posted.wait_for("现在没有等着办的诉求")
    posted.send("/r 1")
    posted.wait_for("没找到这一件")
    stands(town, "王芳", timedelta(days=1))
    posted.send("/requests")
    board = posted.wait_for("没办结的诉求：1 件")
    posted.click("🚰 1", board)
    card(posted)


@pytest.mark.one_way
def test_a_usual_post_counts_as_well_and_crews_see_none(town: Town) -> None:
    posted, worker, crew = town.join("王芳"), town.bind("岩罕"), town.join("排勒")
    with town.db.write_now() as session:
        session.add(PersonPost(person_id=town.id("王芳"), post_id=town.post("P-MANGLI")))
    registered(town, worker)
    posted.send("/requests")
    posted.wait_for("没办结的诉求：1 件")
    crew.send("/requests")
    crew.wait_for("我的诉求：0 件")


@pytest.mark.one_way
def test_at_the_post_of_the_own_village_one_keeps_to_the_own_grid(town: Town) -> None:
    stands(town, "玉香")
    neighbour, worker = town.join("玉香"), town.bind("岩罕")
    registered(town, worker)
    neighbour.send("/requests")
    neighbour.wait_for("现在没有等着办的诉求")


@pytest.mark.one_way
def test_being_posted_puts_nothing_into_the_list_of_the_morning(town: Town) -> None:
    stands(town, "王芳")
    posted, supervisor = town.join("王芳"), town.join("刀建国")
    registered(town, town.bind("岩罕"))
    town.settle()
    town.clock.set(datetime.fromisoformat("2026-11-24T08:00:01+08:00"))
    town.until_done("follow_digest", "2026-11-24T08:00")
    supervisor.wait_for("件事等您")
    assert not any("件事等您" in text for text in posted.texts)
