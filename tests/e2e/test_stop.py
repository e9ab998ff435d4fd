"""/stop: replies only, until /start."""

from datetime import timedelta

import pytest

from tests.e2e.town import MORNING, Town


@pytest.mark.one_way
def test_who_has_stopped_is_answered_but_not_written_to(town: Town) -> None:
    head = town.join("咩巴")
    head.send("/stop")
    head.click("不用再发", head.wait_for("以后不主动找您"))
    head.wait_for("不再主动找您")
    town.clock.set(MORNING.replace(hour=19, minute=0, second=5))
    town.clock.move(timedelta(seconds=5))
    head.tap("帮助")
    head.wait_for("110")
    town.settle()
    assert town.count("card", "kind = 'household.day'") == 0
    head.start()
    head.wait_for("您好")
    town.clock.set(MORNING.replace(hour=19, minute=0, second=5) + timedelta(days=1))
    head.wait_for("10 户")


@pytest.mark.one_way
def test_staying_changes_nothing(town: Town) -> None:
    head = town.join("咩巴")
    head.send("/stop")
    head.click("还是照常", head.wait_for("以后不主动找您"))
    head.wait_for("照常")
    town.clock.set(MORNING.replace(hour=19, minute=0, second=5))
    head.wait_for("10 户")
