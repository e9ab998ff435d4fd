"""Maps: nothing covers anything, each place is counted once, and what is far off does not set the scale."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from matplotlib.text import Text

from bot.base.facts import Facts
from bot.charts import hazard_map, patrol, places
from bot.charts.ground import MOST_MARKS, Ground
from bot.charts.style import Sheet
from tests.charts.samples import SAMPLES, map_of

_ROOM = 48, 190, 984, 950
_COUNTS = (1, 2, 3, 4, 5, 7, 9, 12, 15, 20, 30, 39, 40, 41, 42, 60, 80, 120, 200, 300, 400, 500)


def _posts_and_hazards(count: int, dice: Random) -> tuple[Facts, Callable[[Sheet, Facts], Ground]]:
    posts = dice.randint(0, count)
    data = map_of(posts, count - posts, dice.randint(1, 9_999))
    _gather(dice, data["posts"] + data["hazards"])
    return data, lambda sheet, told: places.draw_map(sheet, _ROOM, told)


def _hazards(count: int, dice: Random) -> tuple[Facts, Callable[[Sheet, Facts], Ground]]:
    data = SAMPLES["hazard_map"]["small"]()[0]
    spots = map_of(0, count, dice.randint(1, 9_999))["hazards"]
    data["hazards"] = [
        {
            "number": str(n), "latitude": each["latitude"], "longitude": each["longitude"],
            "severity": dice.choice(("urgent", "serious", "normal")), "late": dice.random() < 0.3,
            "fixed": dice.random() < 0.2,
        }
        for n, each in enumerate(spots, start=1)
    ]  # fmt: skip
    _gather(dice, data["hazards"])
    return data, hazard_map.draw_map


def _gather(dice: Random, things: list[Facts]) -> None:
    """Some at the very same place, as hazards at a post are."""
    for thing in things:
        if dice.random() < 0.2:
            thing["latitude"], thing["longitude"] = things[0]["latitude"], things[0]["longitude"]


def _drawn(data: Facts, draw: Callable[[Sheet, Facts], Ground]) -> tuple[Ground, Sheet]:
    sheet = Sheet(1_500)
    return draw(sheet, data), sheet


def _numbers(ground: Ground) -> list[int]:
    return [int(text.get_text()) for text in ground.axes.texts if text.get_text().isdigit()]


@pytest.mark.parametrize("make", [_posts_and_hazards, _hazards])
@pytest.mark.parametrize("count", _COUNTS)
def test_no_mark_label_scale_or_arrow_covers_another(count: int, make: Any) -> None:
    for seed in range(2):
        ground, sheet = _drawn(*make(count, Random(1_000 * seed + count)))
        boxes = ground.boxes
        assert len(boxes) >= 3
        for number, one in enumerate(boxes):
            assert 0 <= one[0] < one[2] <= ground.width
            assert 0 <= one[1] < one[3] <= ground.height
            for other in boxes[:number]:
                apart = (
                    one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                )  # fmt: skip
                assert apart, (one, other)
        _no_words_lie_on_others(ground, sheet)


def _no_words_lie_on_others(ground: Ground, sheet: Sheet) -> None:
    """As they are really drawn."""
    renderer = sheet.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found = [text.get_window_extent(renderer) for text in ground.axes.findobj(Text) if text.get_text()]
    for number, one in enumerate(found):
        for its in found[:number]:
            apart = one.x1 <= its.x0 or its.x1 <= one.x0 or one.y1 <= its.y0 + 2 or its.y1 <= one.y0 + 2
            assert apart


@pytest.mark.parametrize("count", _COUNTS)
def test_every_place_is_drawn_or_counted_once(count: int) -> None:
    data, draw = _posts_and_hazards(count, Random(count))
    ground, _ = _drawn(data, draw)
    gathered = _numbers(ground)
    alone = sum(patch.get_zorder() in (4, 5) for patch in ground.axes.patches) - len(gathered)
    assert sum(gathered) + alone == count
    # Where many lie at the very same place, they are gathered earlier.
    assert bool(gathered) == (count > MOST_MARKS) or 20 < count <= MOST_MARKS


def test_a_name_stands_only_beside_a_mark_of_its_own() -> None:
    data = map_of(100, 200)
    ground, _ = _drawn(data, lambda sheet, told: places.draw_map(sheet, _ROOM, told))
    alone = sum(patch.get_zorder() in (4, 5) for patch in ground.axes.patches) - len(_numbers(ground))
    named = [text.get_text() for text in ground.axes.texts if text.get_text().endswith("卡点")]
    assert len(named) <= alone


_FAR_OFF = [
    (0.0, 0.0),
    (0.0003, -0.0002),
    (-33.9, 151.2),
    (24.4, 8.55),
    (98.5, 24.4),
    (39.9, 116.4),
    (24.4, -98.5),
]


@pytest.mark.parametrize("spot", _FAR_OFF)
@pytest.mark.parametrize("which", [0, 7, -1])
@pytest.mark.parametrize("what", ["posts", "hazards"])
def test_one_that_is_far_off_is_told_and_does_not_set_the_scale(
    spot: tuple[float, float], which: int, what: str
) -> None:
    data, draw = map_of(9, 9), lambda sheet, told: places.draw_map(sheet, _ROOM, told)
    plain, _ = _drawn(data, draw)
    data[what][which]["latitude"], data[what][which]["longitude"] = spot
    ground, _ = _drawn(data, draw)
    assert plain.scale / 1.5 <= ground.scale <= plain.scale * 3
    assert "1 处在图外" in [text.get_text() for text in ground.axes.texts]


@pytest.mark.parametrize("spot", _FAR_OFF)
def test_a_far_off_hazard_or_checkpoint_does_not_set_the_scale_either(spot: tuple[float, float]) -> None:
    told = SAMPLES["hazard_map"]["small"]()[0]
    plain, _ = _drawn(told, hazard_map.draw_map)
    told["hazards"][0]["latitude"], told["hazards"][0]["longitude"] = spot
    ground, _ = _drawn(told, hazard_map.draw_map)
    assert ground.scale >= plain.scale / 1.5
    walk = SAMPLES["patrol"]["prefecture"]()[0]
    plain, _ = _drawn(walk, patrol.draw_map)
    walk["checkpoints"][0]["latitude"], walk["checkpoints"][0]["longitude"] = spot
    ground, _ = _drawn(walk, patrol.draw_map)
    assert ground.scale >= plain.scale / 1.5
    assert "1 处在图外" in [text.get_text() for text in ground.axes.texts]


def test_far_apart_townships_are_all_on_the_map() -> None:
    """A hazard far from all others, where the roster has a township, is on it."""
    data = map_of(0, 6)
    data["areas"] = [
        {"name": f"{n}号乡", "latitude": 24.0 + n % 7 * 0.2, "longitude": 97.6 + n // 7 * 0.15}
        for n in range(56)
    ]
    data["hazards"][5] |= {"latitude": 25.2, "longitude": 98.65}
    ground, _ = _drawn(data, lambda sheet, told: places.draw_map(sheet, _ROOM, told))
    assert not [text for text in ground.axes.texts if "图外" in text.get_text()]
