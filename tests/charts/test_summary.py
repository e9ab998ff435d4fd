"""Pictures of figures: every label whole, on the sheet and upon no other, whatever there is to show."""

import io
from typing import Any

import psutil
import pytest
from matplotlib.text import Text
from PIL import Image

from bot import charts
from bot.charts.heat import SHADES, shade
from bot.charts.style import WIDTH, Sheet, legible, short, width_of
from bot.charts.summary import sheet_of

SHORT = ("风平镇", "芒市街道办事处", "三台山德昂族乡", "勐戛镇")
LONG = (
    "德宏傣族景颇族自治州芒市三台山德昂族乡出冬瓜村民委员会老寨第一网格",
    "Mangshi Sub-district Office of the City",
)
# What Telegram still shows as a picture.
MOST_HIGH = 2100


def bars(count: int, names: tuple[str, ...] = SHORT, whole: int = 60) -> dict[str, Any]:
    """So many areas."""
    rows = [
        {
            "name": names[n % len(names)], "parts": [["done", n % (whole + 1)], ["late", n % 3]],
            "whole": max(whole, n % 3), "told": f"{n % (whole + 1)}/{whole}",
        }
        for n in range(count)
    ]  # fmt: skip
    legend = [["done", "按时"], ["late", "晚到"], ["rest", "未到"]]
    return {"kind": "bars", "title": "各处到岗", "legend": legend, "rows": rows}


def tiles(count: int, number: str = "92%", of: str = "1,100/1,200") -> dict[str, Any]:
    """So many figures at a glance."""
    tile = {"name": "隐患按期办结", "value": number, "of": of, "note": "新报 297，没办结 38，超期 6"}
    return {"kind": "tiles", "tiles": [tile] * count}


def trend(count: int, *, shares: bool = True, gaps: bool = False) -> dict[str, Any]:
    """So many days or weeks."""
    points = [
        {
            "label": f"{n % 12 + 1}/{n % 31 + 1}", "part": n * 7 % 100,
            "whole": (0 if gaps and n % 2 else 100) if shares else None,
        }
        for n in range(count)
    ]  # fmt: skip
    return {"kind": "trend", "title": "逐日到岗率", "points": points}


def heat(days: int, most: int) -> dict[str, Any]:
    """So many days of 24 hours."""
    rows = [
        {"name": f"{n % 12 + 1}月{n % 28 + 1}日周一", "hours": [(n + h) % (most + 1) for h in range(24)]}
        for n in range(days)
    ]
    return {
        "kind": "heat", "title": "每天几点有人出去巡", "rows": rows, "from_hour": 4,
        "legend": ["没有", "少", "多，最多"],
    }  # fmt: skip


def page(*sections: dict[str, Any]) -> dict[str, Any]:
    """A sheet of these."""
    return {
        "title": "芒市 · 2026年第4季度", "subtitle": "截至 08:20 · 应到按排班算，补卡已算进去",
        "footer": "各处按名单顺序排，不比先后", "empty": "这段时间还没有记录。", "sections": list(sections),
    }  # fmt: skip


def places(count: int) -> dict[str, Any]:
    """So many posts and hazards around a village."""
    spots = [
        {"name": SHORT[n % 4], "latitude": 24.4 + n % 7 / 300, "longitude": 98.5 + n % 11 / 250}
        for n in range(count)
    ]
    return {
        "kind": "map", "title": "卡点和没办结的隐患在哪里", "metres": "米", "kilometres": "公里",
        "legend": ["有人在岗", "现在没人", "隐患", "隐患超期"],
        "posts": [spot | {"manned": n % 2 == 0} for n, spot in enumerate(spots)],
        "hazards": [
            spot | {"latitude": spot["latitude"] + 0.001, "overdue": n % 3 == 0}
            for n, spot in enumerate(spots)
        ],
    }  # fmt: skip


PAGES = {
    "nothing": page(),
    "one area": page(tiles(1), bars(1), trend(1)),
    "five areas": page(tiles(5), bars(5), trend(14)),
    "sixteen areas": page(tiles(4), bars(16), trend(28)),
    "seventeen areas": page(tiles(4), bars(17), trend(28)),
    "fifty-six areas": page(tiles(5), bars(56), trend(14)),
    "long names": page(bars(5, LONG), bars(16, LONG)),
    "fifty-six long names": page(tiles(4), bars(56, LONG)),
    "nothing planned": page(bars(3, whole=0), trend(7, gaps=True)),
    "large numbers": page(
        tiles(3, "99%", "2,345,678/2,576,000"), tiles(2, "2,576,000", ""), trend(31, shares=False)
    ),
    "weeks": page(trend(13), trend(54)),
    "one day of patrols": page(heat(1, 0), heat(1, 3)),
    "a map of one post": page(places(1)),
    "a crowded map": page(places(80)),
    "a month of patrols": page(heat(31, 250)),
}


def boxes(sheet: Sheet) -> list[tuple[Text, Any]]:
    """Every label with the room it takes, in pixels."""
    renderer = sheet.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    texts = [text for text in sheet.figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
    return [(text, text.get_window_extent(renderer)) for text in texts]


@pytest.mark.parametrize("name", PAGES)
def test_every_label_is_on_the_sheet_and_upon_no_other(name: str) -> None:
    sheet = sheet_of(PAGES[name])
    found = boxes(sheet)
    for text, box in found:
        assert box.x0 >= 0, text
        assert box.x1 <= WIDTH, text
        assert box.y0 >= 0, text
        assert box.y1 <= sheet.height, text
    for number, (text, box) in enumerate(found):
        for other, its in found[number + 1 :]:
            apart = box.x1 <= its.x0 or its.x1 <= box.x0 or box.y1 <= its.y0 + 2 or its.y1 <= box.y0 + 2
            assert apart, f"{text.get_text()!r} and {other.get_text()!r}"


@pytest.mark.parametrize("name", PAGES)
def test_no_label_is_cut_but_names_longer_than_two_lines(name: str) -> None:
    cut = [text.get_text() for text, _ in boxes(sheet_of(PAGES[name])) if text.get_text().endswith("…")]
    assert not cut or "long" in name


@pytest.mark.parametrize("name", PAGES)
def test_no_character_is_missing(name: str) -> None:
    for text, _ in boxes(sheet_of(PAGES[name])):
        assert legible(text.get_text()) == text.get_text()
        assert "〓" not in text.get_text()


def test_names_of_an_area_stand_in_the_order_given() -> None:
    rows = bars(4)["rows"]
    written = [text.get_text() for text, _ in boxes(sheet_of(page(bars(4))))]
    assert [word for word in written if word in SHORT] == [row["name"] for row in rows]


def test_fifty_six_areas_are_still_a_picture() -> None:
    assert sheet_of(PAGES["fifty-six areas"]).height <= MOST_HIGH


def test_a_picture_and_a_page_are_what_they_say() -> None:
    drawn = charts.draw("summary", PAGES["five areas"], [])
    assert Image.open(io.BytesIO(drawn)).size[0] == WIDTH
    assert charts.draw("page", PAGES["five areas"], []).startswith(b"%PDF")


def test_more_is_darker() -> None:
    assert shade(0, 9) not in SHADES
    assert [shade(n, 5) for n in range(1, 6)] == list(SHADES)
    assert shade(1, 1) == SHADES[0]


def test_a_name_is_cut_at_its_width_only() -> None:
    assert short("风平镇", 200) == "风平镇"


def test_measuring_words_leaves_nothing_behind() -> None:
    before = psutil.Process().memory_info().rss
    for size in range(20, 60):
        for _ in range(200):
            width_of("德宏傣族景颇族自治州芒市三台山乡", size)
    assert psutil.Process().memory_info().rss - before < 8_000_000
