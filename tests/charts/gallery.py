"""Makes the pictures of docs/gallery.md, of an invented county, through the views as the bot does.

Run: python -m tests.charts.gallery
"""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image

from bot import charts
from bot.base.i18n import translator
from bot.charts import pages
from bot.features.figures.definitions import with_attendance
from bot.views.base import Reader
from bot.views.messages import render
from tests.charts.samples import photo

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
TO = Reader(translator("zh_CN"), ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 29, 12, 30, tzinfo=UTC))
FIVE = ("河东镇", "河西镇", "城关街道办事处", "望山乡", "新桥彝族傣族乡")
PARTS = ("河东", "河西", "望山", "新桥", "城关", "坝上", "石门")
ENDS = ("东村", "西村", "南寨", "北寨", "新村", "老寨", "中心社区", "桥头村")
KINDS = (
    ("fire", "火灾隐患", "Fire"), ("wires", "电线电杆", "Wires"), ("slope", "滑坡落石", "Slopes"),
    ("water", "水塘河道", "Ponds and streams"),
)  # fmt: skip
# Sunday evening: of a work day that begins at four, so many hours have begun.
TODAY, CUTOFF = date(2026, 11, 29), datetime(2026, 11, 29, 20, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
PASSED = 17


def day_of(dice: Random, share: float) -> dict[str, int]:
    """The figures of an area on a day, or of the `share` of it that has passed. Neither are alike."""
    good = dice.betavariate(9, 1.4)

    def part(of: int) -> int:
        return min(of, max(0, round(dice.gauss(good, 0.06) * of)))

    planned, workers, homes = (round(dice.randint(*most) * share) for most in ((9, 22), (4, 8), (45, 130)))
    checkpoints, closed = round(dice.randint(8, 30) * share), dice.choice((0, 0, 1, 2, 3))
    requests, present = dice.choice((0, 1, 1, 2, 4)), part(planned)
    here, came = present + dice.randint(0, 2), part(workers)
    return with_attendance({
        "planned": planned, "present": present, "late": dice.randint(0, present // 6), "people": here + came,
        "workers": workers, "workers_came": came, "checkins": here + came + dice.randint(0, 3),
        "minutes": (here + came) * dice.randint(390, 480), "off_site": dice.choice((0, 0, 1)),
        "forgotten": dice.choice((0, 0, 1)), "corrected": dice.choice((0, 1)), "patrols": 0,
        "patrols_incomplete": dice.choice((0, 0, 0, 1)), "checkpoints": checkpoints,
        "checkpoints_reached": part(checkpoints), "hazards_found": dice.choice((0, 1, 1, 2)),
        "hazards_closed": closed, "hazards_in_time": part(closed), "requests_registered": requests,
        "requests_closed": requests, "requests_in_time": part(requests), "households": homes,
        "households_reached": part(homes),
    })  # fmt: skip


def added(many: list[dict[str, int]]) -> dict[str, int]:
    """The sum of figures."""
    return {code: sum(each[code] for each in many) for code in many[0]}


def weeks(names: tuple[str, ...]) -> tuple[list[date], list[list[dict[str, int]]], list[list[int]]]:
    """The made-up fortnight up to TODAY: its days, on each the figures of each area, and how many patrols
    set out in each hour from four o'clock on. Of today no more than has passed."""
    dice = Random(11)
    days = [TODAY - timedelta(days=n) for n in reversed(range(14))]
    hours = [[_setting_out(dice, n, len(names)) for n in range(24)] for _ in days]
    hours[-1] = [number if n < PASSED else 0 for n, number in enumerate(hours[-1])]
    figures = [[day_of(dice, 1.0 if day < TODAY else 0.7) for _ in names] for day in days]
    for each, setting_out in zip(figures, hours, strict=True):
        for _ in range(sum(setting_out)):
            each[dice.randrange(len(each))]["patrols"] += 1
    return days, figures, hours


def _setting_out(dice: Random, hour: int, areas: int) -> int:
    """Mostly in the morning, in the evening and at two; few in between."""
    often = {2: 5, 3: 6, 4: 8, 5: 3, 12: 2, 14: 3, 15: 8, 16: 7, 17: 4, 22: 4}.get(hour, 1) * areas / 12
    return sum(dice.random() < 0.1 * often for _ in range(10))


def facts(names: tuple[str, ...], period: str = "day", topic: str = "report") -> dict[str, Any]:
    """What a summary of so many areas is told with, all of it of the same fortnight."""
    days, figures, hours = weeks(names)
    since = -1 if period == "day" else -7
    shown, earlier = figures[since:], figures[2 * since : since]
    below = [
        {"area_id": n, "name": name, "removed": False, "counts": added([day[n] for day in shown])}
        for n, name in enumerate(names)
    ]
    open_ = [
        {
            "category": code, "open": 9 - n, "reported": 3 - n // 2, "assigned": 4 - n % 2,
            "fixed": 2 + n // 2 + n % 2 - n, "overdue": (1, 0, 1, 0)[n], "age3": 4 - n, "age7": 6 - n,
            "age30": 8 - n,
        }
        for n, (code, *_) in enumerate(KINDS)
    ]  # fmt: skip
    asked = [
        {"category": "aid", "open": 6, "registered": 1, "assigned": 4, "done": 1, "overdue": 2},
        {"category": "land", "open": 7, "registered": 3, "assigned": 2, "done": 2, "overdue": 0},
    ]
    return {
        "area_id": 1, "area": "望江县", "period": period, "day": days[since].isoformat(),
        "last": TODAY.isoformat(), "today": TODAY.isoformat(), "cutoff": CUTOFF.isoformat(),
        "day_start": "04:00:00", "zone": "Asia/Shanghai", "asked_at": CUTOFF.isoformat(),
        "whole": added([row["counts"] for row in below]),
        "before": added([each for day in earlier for each in day]), "below": below,
        "trend": [
            {"day": day.isoformat(), "counts": added(each)} for day, each in zip(days, figures, strict=True)
        ],
        "others": [], "above": None, "burden": {}, "topic": topic, "open": open_, "open_requests": asked,
        "hazards": {name: sum(row[name] for row in open_) for name in ("open", "overdue")},
        "requests": {name: sum(row[name] for row in asked) for name in ("open", "overdue")},
        "request_kinds": [{"code": "aid", "zh_CN": "困难救助", "en": "Hardship"},
                          {"code": "land", "zh_CN": "宅基地林地", "en": "House plots"}],
        "kinds": [{"code": code, "zh_CN": name, "en": english} for code, name, english in KINDS],
        "hours": [
            {"day": day.isoformat(), "hours": each}
            for day, each in zip(days[since:], hours[since:], strict=True)
        ],
        "areas": below, "places": [], "posts": [], "spots": [],
    }  # fmt: skip


def nothing(topic: str = "report") -> dict[str, Any]:
    """The same before anything has happened."""
    told = facts(FIVE, "week", topic)
    none = [row | {"counts": {}} for row in told["below"]]
    return told | {
        "whole": {}, "before": {}, "below": none, "areas": none, "trend": [], "open": [], "hours": [],
        "hazards": {"open": 0, "overdue": 0}, "requests": {"open": 0, "overdue": 0}, "open_requests": [],
    }  # fmt: skip


def places(many: int) -> dict[str, Any]:
    """So many posts, and twice as many hazards, about the towns of the county; one hazard somewhere else."""
    dice = Random(5)
    towns = [(24.4 + dice.uniform(-0.12, 0.12), 98.5 + dice.uniform(-0.12, 0.12)) for _ in FIVE]

    def at(number: int) -> dict[str, float]:
        latitude, longitude = towns[number % len(towns)]
        return {"latitude": latitude + dice.gauss(0, 0.02), "longitude": longitude + dice.gauss(0, 0.02)}

    spots = [at(n) | {"category": KINDS[n % 4][0], "overdue": n % 4 == 0} for n in range(2 * many)]
    if many > 1:
        spots[-1] |= {"latitude": 0.0, "longitude": 0.0}
    return facts(FIVE, "week", "map") | {
        "posts": [at(n) | {"name": f"{n + 1}号卡点", "manned": n % 3 > 0} for n in range(many)],
        "spots": spots,
        "places": [
            {"name": name, "latitude": north, "longitude": east}
            for name, (north, east) in zip(FIVE, towns, strict=True)
        ],
    }  # fmt: skip


def pack() -> dict[str, Any]:
    """What a review pack is told with."""
    told = {"place": "", "post": None, "reported_at": "2026-11-20T08:00:00+08:00"}
    listed = [
        told | {
            "year": 2026, "number": 100 + n, "area": FIVE[n % 5],
            "label": {"zh_CN": KINDS[n % 4][1], "en": KINDS[n % 4][2]},
            "done_at": f"2026-11-{20 + n % 4}T17:30:00+08:00" if n % 4 else None,
            "state": "assigned", "overdue": n % 8 == 0,
        }
        for n in range(14)
    ]  # fmt: skip
    pairs = [
        told | each | {"done_at": "2026-11-22T17:30:00+08:00", "before": 1, "after": 2} for each in listed[:2]
    ]
    return facts(FIVE, "week") | {
        "hazard_count": len(listed), "listed": listed, "pairs": pairs,
        "merits": {"activity": 12, "commendation": 3},
    }  # fmt: skip


def draw_pack() -> None:
    """Some pages of a review pack."""
    picture = render("review", pack(), TO).picture
    assert picture
    photos = [photo(), photo("#3a7d44", (800, 600)), photo("#b5651d"), photo("#777777", (800, 600))]
    for number, sheet in enumerate(pages.pages(charts.printed(picture.data), photos), start=1):
        save(f"review-{number}", sheet.image())


def save(name: str, drawn: bytes) -> None:
    """Small enough for pages."""
    Image.open(io.BytesIO(drawn)).quantize(96).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Draw every one."""
    many = tuple(f"{part}{end}" for part in PARTS for end in ENDS)
    made = {
        "summary-0": ("summary", nothing()),
        "summary-1": ("summary", facts(FIVE[:1])),
        "summary-5": ("summary", facts(FIVE)),
        "summary-56": ("summary", facts(many)),
        "summary-patrols": ("summary.topic", facts(FIVE, "week", "patrols")),
        "summary-patrols-56": ("summary.topic", facts(many, "week", "patrols")),
        "summary-hazards": ("summary.topic", facts(FIVE, "week", "hazards")),
        "summary-patrols-56-areas": ("summary.topic", facts(many, "week", "patrols-areas")),
        "summary-hazards-56": ("summary.topic", facts(many, "week", "hazards")),
        "summary-hazards-56-areas": ("summary.topic", facts(many, "week", "hazards-areas")),
        "summary-requests": ("summary.topic", facts(FIVE, "week", "requests")),
        "summary-requests-56": ("summary.topic", facts(many, "week", "requests")),
        "summary-requests-56-areas": ("summary.topic", facts(many, "week", "requests-areas")),
        "summary-households": ("summary.topic", facts(FIVE, "week", "households")),
        "summary-households-56": ("summary.topic", facts(many, "week", "households")),
        "summary-map-1": ("summary.topic", places(1)),
        "summary-map-5": ("summary.topic", places(5)),
        "summary-map-100": ("summary.topic", places(100)),
        "summary-report": ("summary.topic", facts(FIVE, "week", "report")),
        "summary-report-56": ("summary.topic", facts(many, "week", "report")),
    }
    for name, (kind, told) in made.items():
        picture = render(kind, told, TO).picture
        assert picture
        # What is sent as paper looks so here too.
        data = charts.printed(picture.data) if picture.drawing in charts.PAPERS else picture.data
        save(name, charts.sheets(picture.drawing, data, [])[0].image())
    draw_pack()


if __name__ == "__main__":
    main()
