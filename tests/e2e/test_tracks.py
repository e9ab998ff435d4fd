"""A track with everything that phones do to it: what is told of the way is what was walked."""

import io
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from bot.charts.style import DONE, LATE
from bot.playground.people import Person as Phone
from tests.e2e.town import Town
from tests.e2e.walks import lay_down, on_watch

# Degrees of longitude that somebody walks in ten seconds: 15 metres.
_STEP = 0.00015
_POST = 98.55


def _walk(town: Town, worker: Phone, first: int, last: int) -> None:
    for step in range(first, last + 1):
        town.clock.move(timedelta(seconds=10))
        worker.move(24.4, _POST + step * _STEP, accuracy=8)


def _rest(town: Town, worker: Phone, step: int, minutes: int) -> None:
    """Fixes dance about a place where nobody moves."""
    for number in range(minutes * 6):
        town.clock.move(timedelta(seconds=10))
        north, east = ((0.00004, 0), (0, 0.00005), (-0.00004, 0), (0, -0.00005))[number % 4]
        worker.move(24.4 + north, _POST + step * _STEP + east, accuracy=8)


def _map(town: Town, phone: Phone) -> Image.Image:
    message = phone.wait_for("岩罕巡逻")
    file = town.playground.world.files.find(message.data["photo"][-1]["file_id"], town.settings.bot_id)
    return Image.open(io.BytesIO(file.download())).convert("RGB")


def _is_there(picture: Image.Image, colour: str) -> bool:
    """Whether there is much of a colour; Telegram's JPEG changes it a little."""
    wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    seen: Any = picture.getcolors(1 << 20) or []
    close = (n for n, rgb in seen if all(abs(a - b) < 12 for a, b in zip(rgb, wanted, strict=True)))
    return bool(sum(close) > 200)


@pytest.mark.one_way
def test_rests_wrong_fixes_and_a_silent_phone_are_no_way(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead = town.join("岩罕"), town.join("排勒")
    worker.tap("🚶 巡逻")
    worker.wait_for("开始巡逻")
    worker.location(24.4, _POST, live=28_800)
    worker.wait_for("实时位置收到了")
    _walk(town, worker, 1, 30)
    worker.wait_for("到了 1/3")
    _rest(town, worker, 30, 6)
    # Two fixes in the next valley, and one that is hardly any.
    for east in (0.05, 0.051):
        town.clock.move(timedelta(seconds=10))
        worker.move(24.42, _POST + east, accuracy=8)
    town.clock.move(timedelta(seconds=10))
    worker.move(24.401, _POST + 32 * _STEP, accuracy=900)
    town.clock.move(timedelta(minutes=20))
    _walk(town, worker, 37, 50)
    worker.wait_for("到了 2/3")
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("还没到：涵洞口"))
    told = worker.wait_for("岩罕巡逻").text
    # 30 steps and 13 of 15 metres, the turns of the rest a few more at most.
    assert town.count("patrol", "metres BETWEEN 610 AND 690 AND coverage BETWEEN 65 AND 80") == 1
    assert town.count("patrol_point") < 75
    assert "没到：涵洞口" in told
    picture = _map(town, worker)
    assert _is_there(picture, DONE)
    assert _is_there(picture, LATE)
    lead.wait_for("巡逻 · 界河一段")


@pytest.mark.one_way
def test_of_eight_hours_of_points_few_are_kept_and_the_marks_are_all_there(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("🚶 巡逻")
    worker.wait_for("开始巡逻")
    worker.location(24.4, _POST, live=28_800)
    worker.wait_for("实时位置收到了")
    _walk(town, worker, 1, 62)
    _rest(town, worker, 62, 20)
    worker.wait_for("到了 3/3")
    town.settle()
    # Every second step, and one point a minute while standing still.
    assert town.count("patrol_point") <= 1 + 62 + 22
    assert town.count("patrol_mark", "how = 'live'") == 3
