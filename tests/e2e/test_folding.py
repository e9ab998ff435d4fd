"""What came in the quiet hours is one message in the morning."""

from datetime import datetime

import pytest

from bot.access import SYSTEM, Work
from bot.features.households.notices import HouseholdTaken
from bot.outbox.outbox import enqueue, recipients_of
from tests.e2e.town import Town


def at(moment: str) -> datetime:
    """A local time."""
    return datetime.fromisoformat(f"{moment}:01+08:00")


def held(town: Town, name: str, number: int) -> None:
    """Somebody took care of a household in the night."""
    with town.db.write_now() as session:
        for to in recipients_of(session, [town.id(name)]):
            notice = HouseholdTaken("刀建国", number)
            enqueue(
                Work(session, SYSTEM, town.clock.now(), town.settings),
                notice,
                to,
                f"test:{number}:{to.chat_id}",
            )


def come(town: Town, moment: str) -> None:
    """Let it be this time, and wait until what is done every minute was done."""
    town.clock.set(at(moment))
    town.until_done("fold_held", moment)


@pytest.mark.one_way
def test_several_are_told_together_and_a_single_one_by_itself(town: Town) -> None:
    head, other = town.join("咩巴"), town.join("岩罕")
    town.clock.set(at("2026-11-23T23:30"))
    for number in (3, 5, 8):
        held(town, "咩巴", number)
    held(town, "岩罕", 9)
    town.settle()
    assert town.count("outbox", "state = 'held'") == 4
    come(town, "2026-11-24T05:59")
    town.clock.set(at("2026-11-24T06:00"))
    together = head.wait_for("先前攒下 3 件事").text
    assert [f"第 {number} 户" in together or f"{number} 号" in together for number in (3, 5, 8)] == [True] * 3
    assert "攒下" not in other.wait_for("刀建国").text
    assert len([text for text in head.texts if "刀建国" in text]) == 1


@pytest.mark.one_way
def test_more_than_enough_for_a_day_waits_for_the_morning(town: Town) -> None:
    head = town.join("咩巴")
    for number in range(1, town.settings.reminders.daily_cap + 4):
        held(town, "咩巴", number)
    town.settle()
    assert len([text for text in head.texts if "会去看看" in text]) == town.settings.reminders.daily_cap
    assert town.count("outbox", "state = 'held'") == 3
    come(town, "2026-11-24T05:59")
    town.clock.set(at("2026-11-24T06:00"))
    head.wait_for("先前攒下 3 件事")
