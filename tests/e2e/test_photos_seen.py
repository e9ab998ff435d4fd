"""The same photo, or much the same, for something else: whoever answers for it is told where and when."""

import io
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageEnhance

from bot.base.i18n import LOCALES, translator
from bot.photos.notices import PhotoLook
from bot.photos.views import look
from bot.playground.people import Message, Person
from bot.views.base import Reader
from tests.e2e.town import MORNING, Town
from tests.robustness.test_fetch import picture
from tests.waiting import until

HERE = (24.4001, 98.5501)


def _tell(worker: Person, data: bytes, kind: str) -> None:
    worker.photo(data)
    worker.wait_for("这是哪一类")
    worker.tap(kind)
    worker.wait_for("在哪里")
    worker.location(*HERE)
    worker.wait_for("发出")
    worker.tap("📤")
    worker.wait_for("收到：")


def _card(person: Person, number: str, words: str) -> Message:
    def shown() -> list[Message]:
        return [m for m in person.received if number in m.text and words in m.text]

    until(shown)
    return shown()[-1]


@pytest.fixture
def darker() -> Callable[[bytes], bytes]:
    """The same view, taken down from a screen: smaller, darker, saved anew."""

    def change(data: bytes) -> bytes:
        with Image.open(io.BytesIO(data)) as original:
            small = ImageEnhance.Brightness(original.resize((480, 360))).enhance(0.9)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=60)
        return out.getvalue()

    return change


@pytest.mark.one_way
def test_a_photo_told_again_is_named_with_where_and_when(
    town: Town, darker: Callable[[bytes], bytes]
) -> None:
    first, second, supervisor = town.join("岩罕"), town.join("玉香"), town.join("刀建国")
    _tell(first, picture(1), "火灾")
    until(lambda: town.count("photo", "state = 'stored'") == 1)
    town.clock.move(timedelta(hours=25))
    _tell(second, picture(1), "道路")
    told = "在芒里第一网格报隐患时就发过，请您看一眼"
    assert f"有张照片 昨天 07:58 {told}" in _card(supervisor, "H-2026-000002", told).text
    _tell(second, darker(picture(1)), "其他")
    _card(supervisor, "H-2026-000003", "在芒里第一网格报隐患时发的很像")
    assert not [m for m in (*first.received, *second.received) if "👀" in m.text]
    assert not [m for m in supervisor.received if "H-2026-000001" in m.text and "👀" in m.text]


@pytest.mark.parametrize("locale", LOCALES)
def test_each_line_says_what_to_look_at(locale: str) -> None:
    to = Reader(translator(locale), ZoneInfo("Asia/Shanghai"), MORNING)
    told = [PhotoLook("forwarded"), PhotoLook("before")]
    told += [
        PhotoLook(m, what, "芒里村", MORNING - timedelta(days=1))
        for m in ("same", "near")
        for what in ("hazard", "patrol", "checkin", "x")
    ]
    lines = look(told, to)
    assert len(set(lines)) == len(told)
    assert all(line.startswith("👀") and "{" not in line for line in lines)
    assert all("芒里村" in line and "07:58" in line for line in lines[2:])
