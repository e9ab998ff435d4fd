"""Pictures of figures: every label whole, on the sheet and upon no other, whatever there is to show."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import psutil
import pytest
from matplotlib.text import Text
from PIL import Image

from bot import charts
from bot.charts.certificate import certificate
from bot.charts.heat import SHADES, ranges, shade
from bot.charts.pages import pages
from bot.charts.style import WIDTH, Sheet, legible, short, width_of
from bot.charts.summary import page_of, sheet_of
from tests.charts.samples import MAP_WORDS

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
        "kind": "heat", "title": "每天几点有人出去巡", "rows": rows, "none": "没有",
        "hours": [f"{(4 + n) % 24}点" for n in range(24)], "note": "一天从 4 点算起",
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
        "kind": "map", "title": "卡点和没办结的隐患在哪里", "labels": MAP_WORDS,
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


def lines(count: int, names: tuple[str, ...] = SHORT, empty: int = 0) -> dict[str, Any]:
    """So many lines of a list."""
    told = [[f"H-2026-{n:06d} · 火灾隐患 · {names[n % len(names)]}", f"{n} 天办结"] for n in range(count)]
    return {"kind": "lines", "title": f"隐患清单，共 {count} 件", "lines": told, "empty": empty}


def pairs(count: int, names: tuple[str, ...] = SHORT) -> dict[str, Any]:
    """So many pairs of before and after, their photos lost."""
    named = [{"name": names[n % len(names)], "told": f"整改后，用了 {n} 天"} for n in range(count)]
    return {
        "kind": "pairs", "title": "整改前后", "before": "整改前", "pairs": named,
        "photos": [(b"", b"")] * count,
    }  # fmt: skip


PACKS = {
    "a pack of nothing": (lines(0), lines(0, empty=9)),
    "a pack of one": (tiles(1), bars(1), lines(1), pairs(1), lines(0, empty=9)),
    "a pack of fifty-six": (tiles(5), bars(56), trend(31), bars(56), heat(31, 250), lines(22), pairs(2)),
    "a pack of long names": (bars(56, LONG), lines(22, LONG), pairs(2, LONG)),
}


def certificate_of(count: int) -> dict[str, Any]:
    """A ledger on paper."""
    return {
        "title": "岩罕 的值守账", "subtitle": "芒市三台山德昂族乡 · 2026年", "empty": "还没有记录。",
        "lines": [f"🕗 上岗 {n} 次，共 1,234 小时，其中晚到 2 次" for n in range(count)],
        "said": ["半夜抢险，带头下水" * 6] * count, "sign": ["本人", "单位（盖章）", "日期"],
        "footer": "截至 2026年11月23日 08:20",
    }  # fmt: skip


SHEETS: dict[str, Callable[[], list[Sheet]]] = (
    {name: partial(lambda data: [sheet_of(data)], data) for name, data in PAGES.items()}
    | {f"{name}, as a report": partial(lambda data: [page_of(data)], data) for name, data in PAGES.items()}
    | {
        name: partial(
            lambda told: pages(page(*told) | {"page": "第 {n} 页，共 {of} 页"}, []),
            told,
        )
        for name, told in PACKS.items()
    }
    | {f"a ledger of {n}": partial(lambda n: certificate(certificate_of(n), []), n) for n in (0, 1, 8)}
)


@pytest.mark.parametrize("name", SHEETS)
def test_every_label_is_whole_on_the_sheet_and_upon_no_other(name: str) -> None:
    for sheet in SHEETS[name]():
        found = boxes(sheet)
        for number, (text, box) in enumerate(found):
            words = text.get_text()
            assert 0 <= box.x0 <= box.x1 <= sheet.width, words
            assert 0 <= box.y0 <= box.y1 <= sheet.height, words
            assert legible(words) == words, "a character is missing"
            assert "〓" not in words
            assert not words.endswith("…") or "long" in name, words
            for other, its in found[number + 1 :]:
                apart = box.x1 <= its.x0 or its.x1 <= box.x0 or box.y1 <= its.y0 + 2 or its.y1 <= box.y0 + 2
                assert apart, f"{words!r} and {other.get_text()!r}"


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


def test_more_is_darker_and_the_most_is_the_darkest() -> None:
    assert shade(0, 9) not in SHADES
    assert [shade(n, 5) for n in range(1, 6)] == list(SHADES)
    for most in range(1, 300):
        shades = [SHADES.index(shade(n, most)) for n in range(1, most + 1)]
        assert shades == sorted(shades)
        assert shades[-1] == len(SHADES) - 1
        assert len(set(shades)) == min(most, len(SHADES))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (set(), []),
        ({0}, []),
        ({0, 1}, ["1"]),
        ({0, 1, 2}, ["1", "2"]),
        ({1, 2, 3}, ["1", "2", "3"]),
        ({0, 3}, ["3"]),
        ({1, 2, 3, 4, 5}, ["1", "2", "3", "4", "5"]),
        (set(range(11)), ["1–2", "3–4", "5–6", "7–8", "9–10"]),
        ({1, 250}, ["1", "250"]),
        ({1, 2, 1_250}, ["1–2", "1,250"]),
    ],
)
def test_the_legend_tells_the_shades_that_occur(values: set[int], told: list[str]) -> None:
    shades = ranges(values)
    assert [words for _, words in shades] == told
    order = [SHADES.index(colour) for colour, _ in shades]
    assert order == sorted(set(order))
    assert not order or order[-1] == len(SHADES) - 1


def test_a_name_is_cut_at_its_width_only() -> None:
    assert short("风平镇", 200) == "风平镇"


def test_measuring_words_leaves_nothing_behind() -> None:
    before = psutil.Process().memory_info().rss
    for size in range(20, 60):
        for _ in range(200):
            width_of("德宏傣族景颇族自治州芒市三台山乡", size)
    assert psutil.Process().memory_info().rss - before < 8_000_000
