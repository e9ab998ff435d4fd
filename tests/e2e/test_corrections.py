"""补卡 from both sides: who asks and who decides."""

from datetime import datetime, timedelta

import pytest

from bot.playground.people import Person, Place
from tests.e2e.town import MORNING, Town

AT_POST = Place(24.4000, 98.5500, accuracy=15)


def morning_shift(town: Town) -> int:
    """岩罕's shift from 08:00, two minutes from now."""
    return town.shift("岩罕", starts_at=MORNING + timedelta(minutes=2), ends_at=MORNING + timedelta(hours=12))


def come_late(town: Town, worker: Person) -> None:
    """Check in at 08:31."""
    morning_shift(town)
    town.clock.move(timedelta(minutes=33))
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    town.settle()
    worker.reset_taps()


def test_late_for_want_of_signal_is_three_taps_and_then_counts(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    come_late(town, worker)
    worker.tap("补卡")
    worker.wait_for("补哪一条")
    worker.tap("上岗 → 其实 08:00")
    worker.wait_for("什么原因")
    worker.tap("没信号")
    worker.wait_for("等刀建国批")
    assert worker.taps == 3

    card = supervisor.wait_for("补卡：岩罕")
    assert "08:31 → 08:00" in card.text
    assert "没信号" in card.text
    supervisor.click("批准", card)
    worker.wait_for("刀建国 08:31 批了")
    town.settle()
    assert not card.buttons
    assert town.count("checkin", "in_at > corrected_in_at AND in_punctuality = 'on_time'") == 1
    assert town.count("audit", "action LIKE 'correction.%'") == 2
