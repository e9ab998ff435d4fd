"""What there is to draw, for every drawing: nothing, a village's, a prefecture's."""

import io
from random import Random
from typing import Any

from PIL import Image

from bot.base.facts import Facts

SIZES = ("empty", "small", "prefecture")
Sample = tuple[Facts, list[bytes]]
_MANY = {"empty": 0, "small": 3, "prefecture": 56}
MAP_WORDS = {
    "manned": "有人在岗", "unmanned": "现在没人", "hazard": "隐患", "overdue": "隐患超期",
    "many": "带数字的：挨在一起的几处", "north": "北", "metres": "米", "kilometres": "公里",
    "outside": "{n} 处在图外",
}  # fmt: skip


def photo(colour: str = "#20a050", size: tuple[int, int] = (600, 800)) -> bytes:
    """A photo of two plain halves, upright as most are."""
    picture = Image.new("RGB", size, colour)
    picture.paste("#203040", (0, 0, size[0], size[1] // 2))
    written = io.BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()


def _rows(many: int) -> list[Facts]:
    dice = Random(many)
    made = []
    for number in range(many):
        came, late = dice.randint(20, 50), dice.randint(1, 9)
        parts = [["done", came], ["late", late]]
        made.append(
            {"name": f"{number + 1}号村", "parts": parts, "whole": 60, "told": f"{came + late}/60"}
        )  # fmt: skip
    return made


def spots(many: int, seed: int = 1) -> list[Facts]:
    """So many places about a town."""
    dice = Random(seed)
    return [
        {"name": f"{number + 1}号卡点", "latitude": 24.4 + dice.gauss(0, 0.05),
         "longitude": 98.5 + dice.gauss(0, 0.05)}
        for number in range(many)
    ]  # fmt: skip


def map_of(posts: int, hazards: int, seed: int = 1) -> Facts:
    """A map of so many posts and hazards."""
    return {
        "kind": "map", "title": "卡点和没办结的隐患在哪里",
        "labels": MAP_WORDS,
        "posts": [each | {"manned": n % 2 == 0} for n, each in enumerate(spots(posts, seed))],
        "hazards": [each | {"overdue": n % 3 == 0} for n, each in enumerate(spots(hazards, seed + 1))],
        "areas": [each | {"name": f"{n + 1}号村"} for n, each in enumerate(spots(5, seed + 2))],
    }  # fmt: skip


def sections(many: int) -> list[Facts]:
    """One of each kind, of so many areas; none of none."""
    if not many:
        return []
    dice = Random(many)
    tile = {"name": "到岗", "value": "92%", "of": "1,100/1,200", "note": "前一天 90%"}
    points = [{"label": f"11/{n}", "part": dice.randint(60, 100), "whole": 100} for n in range(1, 15)]
    days = [{"name": f"11月{n}日周一", "hours": [dice.randint(0, 4) for _ in range(24)]} for n in range(1, 8)]
    legend = [["done", "按时到"], ["late", "晚到"], ["rest", "未到"]]
    return [
        {"kind": "tiles", "tiles": [tile] * 5},
        {"kind": "bars", "title": "各处到岗", "legend": legend, "rows": _rows(many)},
        {"kind": "trend", "title": "逐日到岗率", "points": points},
        {
            "kind": "heat", "title": "每天几点有人出去巡", "rows": days, "none": "没有",
            "hours": [f"{(4 + n) % 24}点" for n in range(24)], "note": "一天从 4 点算起",
        },
        map_of(min(many, 40), 2 * many),
    ]  # fmt: skip


def sheet(many: int) -> Facts:
    """A summary of so many areas."""
    return {
        "title": "望江县 · 2026年11月23日周一", "subtitle": "截至 11月23日 08:20",
        "footer": "各处按名单顺序排，不比先后",
        "empty": "这段时间还没有记录。", "further": "分村的看各专题图", "sections": sections(many),
    }  # fmt: skip


def _pack(many: int) -> Sample:
    lines = [[f"H-2026-{n:06d} · 火灾隐患", f"{n} 天办结"] for n in range(min(many, 22))]
    pairs = [{"name": "火灾隐患", "told": "整改后，用了 3 天"}] * (2 if many else 0)
    told = [
        *sections(many), {"kind": "lines", "title": "隐患清单", "lines": lines},
        {"kind": "pairs", "title": "整改前后", "before": "整改前", "pairs": pairs},
        {"kind": "lines", "title": "自述", "lines": [], "empty": 9},
    ]  # fmt: skip
    data = sheet(many) | {"sections": told, "page": "第 {n} 页，共 {of} 页"}
    return data, [photo(), photo("#c03020", (800, 600))] * len(pairs)


def _certificate(many: int) -> Sample:
    return {
        "title": "岩罕 的一本账", "subtitle": "芒里村 · 2026年", "empty": "还没有记录。",
        "lines": [f"上岗 {n + 1} 次，共 12 小时" for n in range(min(many, 8))],
        "said": ["半夜抢险，带头下水"] * min(many, 9),
        "sign": ["本人", "单位（盖章）", "日期"], "footer": "截至 2026年11月23日 08:20",
    }, []  # fmt: skip


def _patrol(many: int) -> Sample:
    stops = [
        each | {"name": f"{n + 1}号界碑", "reached": n % 3 > 0, "at": "08:10"}
        for n, each in enumerate(spots(min(many, 30), 4))
    ]  # fmt: skip
    way = [[each["latitude"], each["longitude"]] for each in spots(many, 5)]
    words = {
        "reached": "到了", "missed": "没到", "track": "走过的路", "gap": "中间断了", "section": "该巡的段",
        "metres": "米", "kilometres": "公里", "north": "北", "outside": "{n} 处在图外",
    }  # fmt: skip
    return {
        "title": "后山段", "subtitle": "岩罕 · 2026年11月23日 08:45–09:02", "line": way[:2],
        "track": [way[1:]], "gaps": [way[:2]], "checkpoints": stops, "labels": words,
    }, []  # fmt: skip


def _hazards(many: int) -> Sample:
    words = {
        "urgent": "紧急", "serious": "较重", "normal": "一般", "late": "超期", "fixed": "等复核",
        "post": "卡点",
        "north": "北", "metres": "米", "kilometres": "公里", "outside": "{n} 处在图外",
        "many": "带数字的：挨在一起的几处",
    }  # fmt: skip
    hazards = [
        each | {"number": str(n + 1), "severity": ("normal", "serious", "urgent")[n % 3],
                "late": n % 4 == 0, "fixed": n % 5 == 0}
        for n, each in enumerate(spots(2 * many, 6))
    ]  # fmt: skip
    return {
        "title": "芒里村隐患图", "subtitle": "没办结的隐患 · 2026年11月23日 08:10", "hazards": hazards,
        "posts": spots(min(many, 9), 7), "areas": spots(2, 8), "labels": words,
    }, []  # fmt: skip


def _before_after(many: int) -> Sample:
    data = {
        "title": "H-2026-000123 火灾隐患", "place": "芒里第一网格", "before": "整改前", "after": "整改后",
        "before_line": ["2026年11月23日 07:58", "玉香"], "after_line": ["2026年11月24日 16:20", "岩罕"],
        "footer": "用了 1 天",
    }  # fmt: skip
    return data, [photo(), photo("#c03020", (800, 600))] if many else [b"", b""]


def _sample(many: int) -> Sample:
    rows = [[f"{n}号村", n, 60] for n in range(min(many, 20))]
    return {"title": "到岗", "legend": ["到了", "没到"], "rows": rows}, [photo()] if many else []


_MADE = {
    "before_after": _before_after, "certificate": _certificate, "hazard_map": _hazards, "patrol": _patrol,
    "sample": _sample, "page": lambda many: (sheet(many), []), "pages": _pack,
    "summary": lambda many: (sheet(many), []),
}  # fmt: skip
# The samples of each drawing, by size.
SAMPLES: dict[str, dict[str, Any]] = {
    name: {size: lambda make=make, size=size: make(_MANY[size]) for size in SIZES}
    for name, make in _MADE.items()
}
