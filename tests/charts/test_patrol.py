"""The map of a patrol: whatever there is to show, it is on the picture, and no label lies upon another."""

import io
import random
from math import cos, pi, radians, sin
from typing import Any

import pytest
from PIL import Image

from bot import charts
from bot.charts.labels import Room
from bot.charts.style import DONE, LATE

_WORDS = {
    "reached": "到了", "missed": "没到", "track": "走过的路", "gap": "中间断了", "section": "该巡的段",
    "metres": "米", "kilometres": "公里", "north": "北",
    "outside": "{n} 处在图外",
}  # fmt: skip
_MAP = (48, 190, 1032, 990)


def _spot(north: float, east: float) -> list[float]:
    return [25.0 + north / 111_195, 100.0 + east / (111_195 * cos(radians(25)))]


def _stops(count: int, missed: int = 0) -> list[dict[str, Any]]:
    around = [(400 * sin(2 * pi * n / count), 400 * cos(2 * pi * n / count)) for n in range(count)]
    return [
        {
            "name": f"{n + 1}号界碑", "latitude": _spot(*place)[0], "longitude": _spot(*place)[1],
            "reached": n >= missed, "at": "08:10" if n >= missed else "",
        }
        for n, place in enumerate(around)
    ]  # fmt: skip


def _drawn(**given: Any) -> Image.Image:
    whole = {
        "line": [],
        "track": [],
        "gaps": [],
        "checkpoints": [],
        "labels": _WORDS,
        "title": "后山段",
        "subtitle": "岩罕",
    }
    picture = Image.open(io.BytesIO(charts.draw("patrol", whole | given, [])))
    assert picture.width == 1080
    return picture.convert("RGB")


def _pixels(picture: Image.Image, colour: str) -> int:
    """How many pixels of the map have this colour."""
    wanted = tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
    found = picture.crop(_MAP).getcolors(1 << 20) or []
    return sum(count for count, seen in found if seen == wanted)


def test_every_checkpoint_is_marked_as_reached_or_missed() -> None:
    none, one, all_ = (_drawn(checkpoints=_stops(6, missed)) for missed in (6, 5, 0))
    assert _pixels(none, DONE) == 0
    assert _pixels(all_, DONE) > 5.5 * _pixels(one, DONE) > 0
    assert _pixels(all_, LATE) == 0 < _pixels(none, LATE)


def test_the_way_is_drawn_and_a_gap_takes_less_ink_than_a_way() -> None:
    ends = [_spot(0, 0), _spot(600, 800)]
    walked, silent = _drawn(track=[ends]), _drawn(gaps=[ends])
    assert _pixels(walked, DONE) > 2 * _pixels(silent, DONE) > 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"checkpoints": _stops(1)},
        {"track": [[_spot(0, 0)]]},
        {"line": [_spot(0, 0)], "title": ""},
        {"line": [_spot(0, 0), _spot(0, 0)], "track": [[_spot(0, 0), _spot(0, 0)]]},
        {"checkpoints": _stops(30, 10), "line": [_spot(0, -30_000), _spot(0, 30_000)]},
        {"checkpoints": [_stops(1)[0] | {"latitude": None, "longitude": None}]},
    ],
    ids=["nothing", "one", "a point", "a place", "no length", "thirty", "no place"],
)
def test_little_or_much_can_be_drawn(given: dict[str, Any]) -> None:
    assert _drawn(**given).getbbox() is not None


def test_labels_lie_upon_nothing_and_within_the_map() -> None:
    dice = random.Random(5)
    room = Room(980, 860)
    marks = [(dice.uniform(60, 900), dice.uniform(60, 800)) for _ in range(30)]
    boxes = [(x - 19, y - 19, x + 19, y + 19) for x, y in marks]
    for box in boxes:
        room.take(box)
    room.cross(marks)
    found = [place for at in marks if (place := room.place(at, 19, 170, 36))]
    assert len(found) > 20
    for number, place in enumerate(found):
        left, top, right, bottom = place.box
        assert 0 <= left < right <= 980
        assert 0 <= top < bottom <= 860
        for other in [*boxes, *(each.box for each in found[:number])]:
            assert not (left < other[2] and other[0] < right and top < other[3] and other[1] < bottom)


def test_a_label_keeps_off_the_way_where_it_can() -> None:
    room = Room(980, 860)
    room.cross([(500, 400), (980, 400)])
    place = room.place((500, 400), 19, 170, 36)
    assert place is not None
    assert place.box[2] < 500
    assert place.leader is None
