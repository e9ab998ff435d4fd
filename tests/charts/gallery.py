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
from bot.charts import pages
from bot.i18n import translator
from bot.services.figures.definitions import with_attendance
from bot.views import Reader, render

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
TO = Reader(translator("zh_CN"), ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
TODAY = date(2026, 11, 23)
FIVE = ("河东镇", "河西镇", "城关街道办事处", "望山乡", "新桥彝族傣族乡")
PARTS = ("河东", "河西", "望山", "新桥", "城关", "坝上", "石门")
ENDS = ("东村", "西村", "南寨", "北寨", "新村", "老寨", "中心社区", "桥头村")
KINDS = (("fire", "火灾隐患"), ("wires", "电线电杆"), ("slope", "滑坡落石"), ("water", "水塘河道"))
LAST = {"day": "2026-11-23", "week": "2026-11-29"}


def counts(dice: Random) -> dict[str, int]:
    """The figures of some area."""
    planned, checkpoints, closed, homes = (dice.randint(20, 60) for _ in range(4))
    present = dice.randint(planned * 3 // 4, planned)
    made = {
        "planned": planned, "present": present, "late": dice.randint(0, present // 8), "people": present + 9,
        "workers": 10, "workers_came": 9,
        "checkins": present + 12, "minutes": present * 470, "off_site": dice.randint(0, 2), "forgotten": 1,
        "corrected": 1, "patrols": dice.randint(3, 20), "patrols_incomplete": dice.randint(0, 2),
        "checkpoints": checkpoints, "checkpoints_reached": dice.randint(checkpoints * 3 // 4, checkpoints),
        "hazards_found": dice.randint(1, 9), "hazards_closed": closed,
        "hazards_in_time": dice.randint(closed * 2 // 3, closed), "requests_registered": closed + 3,
        "requests_closed": closed, "requests_in_time": closed - 1, "households": homes * 5,
        "households_reached": homes * 4,
    }  # fmt: skip
    return with_attendance(made)


def added(many: list[dict[str, int]]) -> dict[str, int]:
    """The sum of figures."""
    return {code: sum(each[code] for each in many) for code in many[0]}


def facts(names: tuple[str, ...], period: str = "day", topic: str = "report") -> dict[str, Any]:
    """What a summary of so many areas is told with."""
    dice = Random(11)
    below = [
        {"area_id": n, "name": name, "removed": False, "counts": counts(dice)} for n, name in enumerate(names)
    ]
    days = [(TODAY - timedelta(days=n)).isoformat() for n in reversed(range(14))]
    open_ = [
        {
            "category": code, "open": 9 - n, "reported": 3 - n, "assigned": 4, "fixed": 2, "overdue": n % 2,
            "age3": 4 - n, "age7": 6 - n, "age30": 8 - n,
        }
        for n, (code, _) in enumerate(KINDS)
    ]  # fmt: skip
    return {
        "area_id": 1, "area": "望江县", "period": period, "day": TODAY.isoformat(), "last": LAST[period],
        "today": TODAY.isoformat(), "cutoff": "2026-11-23T08:20:00+08:00", "day_start": "04:00:00",
        "whole": added([row["counts"] for row in below]), "before": counts(dice), "below": below,
        "trend": [{"day": day, "counts": counts(dice)} for day in days], "others": [], "above": None,
        "burden": {},
        "hazards": {"open": sum(row["open"] for row in open_), "overdue": 2}, "topic": topic, "open": open_,
        "requests": {"open": 13, "overdue": 2}, "open_requests": [
            {"category": "aid", "open": 6, "registered": 1, "assigned": 4, "done": 1, "overdue": 2},
            {"category": "land", "open": 7, "registered": 3, "assigned": 2, "done": 2, "overdue": 0},
        ],
        "request_kinds": [{"code": "aid", "zh_CN": "困难救助", "en": "Hardship"},
                          {"code": "land", "zh_CN": "宅基地林地", "en": "House plots"}],
        "kinds": [{"code": code, "zh_CN": name, "en": code} for code, name in KINDS],
        "hours": [
            {"day": day, "hours": [dice.choice((0, 0, 1, 2, 3)) for _ in range(24)]} for day in days[-7:]
        ],
        "areas": below,
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
    """So many posts, and twice as many hazards."""
    dice = Random(5)

    def at() -> dict[str, float]:
        return {"latitude": 24.4 + dice.gauss(0, 0.05), "longitude": 98.5 + dice.gauss(0, 0.05)}

    return facts(FIVE, "week", "map") | {
        "posts": [at() | {"name": f"{n + 1}号卡点", "manned": n % 3 > 0} for n in range(many)],
        "spots": [at() | {"category": KINDS[n % 4][0], "overdue": n % 4 == 0} for n in range(2 * many)],
    }  # fmt: skip


def pack() -> dict[str, Any]:
    """What a review pack is told with."""
    told = {"place": "", "post": None, "reported_at": "2026-11-20T08:00:00+08:00"}
    listed = [
        told | {
            "year": 2026, "number": 100 + n, "label": {"zh_CN": KINDS[n % 4][1]}, "area": FIVE[n % 5],
            "days": n % 4 or None, "state": "assigned", "overdue": n % 8 == 0,
        }
        for n in range(14)
    ]  # fmt: skip
    return facts(FIVE, "week") | {
        "hazard_count": len(listed), "listed": listed, "pairs": [],
        "merits": {"activity": 12, "commendation": 3},
    }  # fmt: skip


def draw_pack() -> None:
    """Some pages of a review pack."""
    picture = render("review", pack(), TO).picture
    assert picture
    for number, sheet in enumerate(pages.pages(picture.data, [])[:5], start=1):
        save(f"review-{number}", sheet.image())


def save(name: str, drawn: bytes) -> None:
    """Small enough for pages."""
    Image.open(io.BytesIO(drawn)).quantize(48).save(PICTURES / f"{name}.png", optimize=True)


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
        "summary-hazards-56": ("summary.topic", facts(many, "week", "hazards")),
        "summary-requests": ("summary.topic", facts(FIVE, "week", "requests")),
        "summary-requests-56": ("summary.topic", facts(many, "week", "requests")),
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
        save(name, charts.sheets(picture.drawing, picture.data, [])[0].image())
    draw_pack()


if __name__ == "__main__":
    main()
