"""What can be pressed once loses its buttons with that, or with the tap that comes too late."""

from datetime import timedelta

import pytest

from bot.outbox.oneshot import is_once
from bot.playground.people import Place
from tests.e2e.test_hazards import tell
from tests.e2e.town import Town

pytestmark = pytest.mark.one_way
AT_POST = Place(24.4000, 98.5500, accuracy=15)


@pytest.mark.parametrize("late", [False, True])
def test_taking_back_a_check_out(town: Town, late: bool) -> None:
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("上岗")
    town.settle()
    worker.send("下班")
    done = worker.wait_for("辛苦了")
    assert done.buttons
    if late:
        town.clock.move(timedelta(hours=3))
    worker.press(done, done.buttons[0])
    town.settle()
    assert not done.buttons
    assert "辛苦了" in done.text


@pytest.mark.parametrize("late", [False, True])
def test_taking_back_a_hazard(town: Town, late: bool) -> None:
    worker = town.join("岩罕")
    told = tell(worker)
    assert told.buttons
    if late:
        town.clock.move(timedelta(hours=3))
    before = told.text
    worker.press(told, told.buttons[0])
    town.settle()
    assert not told.buttons
    assert told.text == before
    assert town.count("hazard", "state = 'withdrawn'") == (0 if late else 1)


def test_no_more_messages_or_still(town: Town) -> None:
    worker = town.join("岩罕")
    for answer in ("还是照常发", "不用再发"):
        worker.send("/stop")
        asked = worker.wait_for("不主动找您")
        worker.click(answer, asked)
        town.settle()
        assert not asked.buttons


@pytest.mark.parametrize(
    ("data", "once"),
    [
        ("chk:undo:1", True), ("chk:noplace", True), ("lv:undo:5", True), ("hz:undo:1", True),
        ("rq:undo:1", True), ("stop:no", True), ("ndg:off:20261123", True), ("rota:stop:1", True),
        ("pat:bad:1:5", True), ("pat:bad:1", False), ("hz:undoing:1", False), ("cor:early:1", False),
        ("sum:s:1:d:261123", False), ("f:hazard:1:1:kind:0", False), ("", False),
    ],
)  # fmt: skip
def test_which_are_pressed_once(data: str, once: bool) -> None:
    assert is_once(data) is once
