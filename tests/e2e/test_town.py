"""The town itself: it stands in every way, and its bot answers."""

import pytest

from tests.e2e.town import MORNING, Town


@pytest.mark.every_way
def test_the_bot_answers_on_the_towns_clock(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("你好")
    answer = worker.wait_for("发照片")
    town.settle()
    assert abs(answer.data["date"] - MORNING.timestamp()) < 30
    assert town.count("inbox", "state = 'done'") == 2
