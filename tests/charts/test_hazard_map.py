"""The map of hazards: each is on it, with as many numbers as there is room for and none upon another."""

import io
from random import Random
from typing import Any

import pytest
from PIL import Image

from bot import charts
from bot.charts import labels
from bot.charts.labels import Box, Pixel, Place, Room
from bot.charts.style import DONE, INK, LATE, OPEN

_WORDS = {
    "urgent": "紧急", "serious": "较重", "normal": "一般", "late": "超期", "fixed": "等复核", "post": "卡点",
    "north": "北", "metres": "米", "kilometres": "公里",
    "many": "带数字的：挨在一起的几处", "outside": "{n} 处在图外",
}  # fmt: skip
_POSTS = [{"name": "芒里卡点", "latitude": 24.4, "longitude": 98.55}]
_MAP = (48, 190, 1032, 1280)


def _hazards(count: int, **given: Any) -> list[dict[str, Any]]:
    random = Random(count)
    return [
        {
            "number": str(number + 1), "latitude": 24.4 + random.gauss(0, 0.02),
            "longitude": 98.55 + random.gauss(0, 0.02),
            "severity": ("normal", "serious", "urgent")[number % 3],
            "fixed": False, "late": number % 4 == 0,
        }
        | given
        for number in range(count)
    ]  # fmt: skip


def _drawn(hazards: list[dict[str, Any]], posts: list[dict[str, Any]] = _POSTS) -> Image.Image:
    data = {
        "title": "芒里村隐患图", "subtitle": "没办结的隐患 · 08:10", "hazards": hazards, "posts": posts,
        "labels": _WORDS,
    }  # fmt: skip
    picture = Image.open(io.BytesIO(charts.draw("hazard_map", data, [])))
    assert picture.width == 1080
    return picture


def _pixels(picture: Image.Image, colour: str) -> int:
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return sum(count for count, found in picture.crop(_MAP).getcolors(1 << 24) or () if found == wanted)


def test_severity_has_a_colour_and_what_is_put_right_is_pale() -> None:
    for severity, colour in (("urgent", LATE), ("serious", OPEN), ("normal", DONE)):
        told = _hazards(1, severity=severity, late=False)
        assert _pixels(_drawn(told, []), colour) > 500
        assert _pixels(_drawn([told[0] | {"fixed": True}], []), colour) == 0


def test_a_post_is_a_square_and_without_a_hazard_it_is_still_shown() -> None:
    north = _pixels(_drawn([], []), INK)
    assert _pixels(_drawn([]), INK) - north > 600


@pytest.mark.parametrize("count", [1, 40, 500])
def test_no_label_lies_upon_another_or_outside(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[Box] = []
    find = Room.place

    def place(room: Room, at: Pixel, radius: float, width: float, height: float) -> Place | None:
        found = find(room, at, radius, width, height)
        if found:
            assert 0 <= found.box[0] <= found.box[2] <= room.width
            assert 0 <= found.box[1] <= found.box[3] <= room.height
            placed.append(found.box)
        return found

    monkeypatch.setattr(labels.Room, "place", place)
    _drawn(_hazards(count))
    assert len(placed) >= min(count, 12)
    for number, one in enumerate(placed):
        for other in placed[:number]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_nine_at_the_very_same_place_are_all_seen() -> None:
    assert _pixels(_drawn(_hazards(9, latitude=24.4, longitude=98.55, severity="urgent")), LATE) > 3_000


def test_one_that_is_far_off_does_not_break_the_scale() -> None:
    told = _hazards(3) + _hazards(1, latitude=-33.9, longitude=151.2)
    _drawn(told)
