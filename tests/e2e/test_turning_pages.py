"""Pages are turned on the message they stand on, and what came unasked stays."""

from datetime import timedelta

import pytest

from bot.playground.people import Message, Person
from tests.e2e.test_summaries import keep_duty
from tests.e2e.town import Town

pytestmark = pytest.mark.one_way


def counted(town: Town, *methods: str) -> int:
    """How often these were called so far."""
    with town.playground.world.lock:
        return sum(town.playground.ledger.counts.get(method, 0) for method in methods)


def summary(town: Town) -> tuple[Person, Message]:
    """A supervisor with a summary on the screen."""
    keep_duty(town)
    chief = town.join("方志强")
    chief.send("/summary")
    told = chief.wait_for("风平镇")
    town.settle()
    return chief, told


def test_from_a_summary_to_the_names_and_back_leaves_one_message(town: Town) -> None:
    chief, told = summary(town)
    before = len(chief.received)
    for _ in range(3):
        sent = counted(town, "sendPhoto")
        chief.click("未到 2", told)
        names = chief.wait_for("该到没到")
        town.settle()
        assert len(chief.received) == before
        # A picture cannot become a text: the list takes its place.
        assert told.deleted
        chief.click("回到汇总", names)
        told = chief.wait_for("应到 4 人次，")
        assert told is names
        assert told.data["photo"]
        assert len(chief.received) == before
        assert counted(town, "sendPhoto") == sent


def test_periods_topics_and_areas_change_the_same_picture(town: Town) -> None:
    chief, told = summary(town)
    before = len(chief.received)
    chief.click("周", told)
    assert chief.wait_for("11月23日–11月29日") is told
    chief.click("更早", told)
    assert chief.wait_for("11月16日–11月22日") is told
    chief.click("更晚", told)
    assert chief.wait_for("11月23日–11月29日") is told
    chief.click("更多", told)
    town.settle()
    chief.click("地图", told)
    assert chief.wait_for("卡点和隐患（") is told
    assert len(chief.received) == before
    assert told.data["photo"]


def test_lists_are_read_in_one_message(town: Town) -> None:
    chief = town.join("方志强")
    for command, keys in (("/reminders", 3), ("/onduty", 1), ("/missing", 1), ("/export", 1)):
        chief.send(command)
        town.settle()
        page, before = chief.last, len(chief.received)
        for _ in range(keys):
            turning = [b for b in page.buttons if (b.data or "").split(":")[0] in ("tt", "od", "sil", "exp")]
            if not turning:
                break
            chief.press(page, turning[-1])
            town.settle()
        assert len(chief.received) == before, f"{command}: {chief}"


def test_what_came_unasked_stays(town: Town) -> None:
    keep_duty(town)
    chief = town.join("方志强")
    town.clock.move(timedelta(days=1))
    told = chief.wait_for("昨天的情况")
    chief.click("未到", told)
    names = chief.wait_for("该到没到")
    town.settle()
    assert not told.deleted
    # Other messages of the same hour may come between.
    assert [m for m in chief.received if "该到没到" in m.text] == [names]
    assert names is not told
    chief.click("回到汇总", names)
    assert chief.wait_for("应到") is names
