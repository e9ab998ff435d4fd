"""A made-up prefecture at any scale: the same sizes and seed give the same roster."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from math import cos, pi, sin, sqrt
from random import Random

from bot.base.facts import Struct
from bot.features.roster import sample_names as names
from bot.features.roster.sample_places import BORDER, CENTRES, TOWNS, moved

MAX_WORKERS = 28_000
_GRIDS_AT_MOST = 19_000
_HEADS_AT_MOST = 3_000
_GRIDS_PER_TOWNSHIP = 8  # fewer townships are filled rather than each with hardly a grid
_GRIDS_PER_VILLAGE = 12
_VILLAGES_AT_MOST = 9
_POSTS_PER_GRIDS = 42
_POSTS_AT_LEAST = 2
_CREW = 6
_GOLDEN = pi * (3 - sqrt(5))

Cell = str | int | float | None
Lines = list[tuple[Cell, ...]]


@dataclass(slots=True)
class Sample:
    """The sheets' rows, with the columns of the workbook's layout in `COLUMNS`."""

    areas: Lines = field(default_factory=list)
    posts: Lines = field(default_factory=list)
    sections: Lines = field(default_factory=list)
    checkpoints: Lines = field(default_factory=list)
    people: Lines = field(default_factory=list)
    roles: Lines = field(default_factory=list)
    households: Lines = field(default_factory=list)
    shifts: Lines = field(default_factory=list)
    rotations: Lines = field(default_factory=list)


COLUMNS: dict[str, tuple[str, ...]] = {
    "areas": ("code", "name", "kind", "parent", "latitude", "longitude", "radius"),
    "posts": ("code", "name", "area", "line", "latitude", "longitude", "radius"),
    "sections": ("code", "name", "area", "post", "path", "checklist", "times"),
    "checkpoints": ("code", "section", "name", "latitude", "longitude", "radius"),
    "people": ("code", "name", "phone", "area", "titles", "posts", "language"),
    "roles": ("person", "role", "area"),
    "households": ("head", "area", "count"),
    "shifts": ("code", "post", "area", "duty_type", "start", "end", "people", "lead"),
    "rotations": ("post", "pattern", "times", "first_day", "until", "crews"),
}


class _Grid(Struct):
    code: str
    village: str
    township: str
    place: tuple[float, float]


@dataclass(slots=True)
class _Maker:
    sample: Sample
    random: Random
    first_day: date
    days: int
    grids: list[_Grid] = field(default_factory=list)
    posts: dict[str, list[str]] = field(default_factory=dict)
    made: int = 0

    def area(
        self, code: str, name: str, kind: str, parent: str, place: tuple[float, float],
        radius: int | None = None,
    ) -> None:  # fmt: skip
        self.sample.areas.append((code, name, kind, parent or None, *place, radius))

    def person(self, letter: str, area: str, role: str, *, post: str = "", titles: str = "") -> str:
        """Add a person with one role; returns the code.

        Phones start with 104: mobile numbers start with 13 to 19, so nobody will ever have one.
        """
        self.made += 1
        code = f"{letter}{self.made:05d}"
        phone = f"104{self.made:08d}"
        self.sample.people.append((code, names.person(self.random), phone, area, titles, post, ""))
        self.sample.roles.append((code, role, area))
        return code


def build(
    workers: int, *, seed: int = 1, start: date, days: int = 3, members: int = 0, area: str | None = None
) -> Sample:
    """A roster of so many grid workers with all that goes with them.

    Shifts run from the day before `start` for `days` days after it; `members` adds people who only
    receive; `area` keeps to one county or township. Raises ValueError for sizes out of range or an
    unknown area.
    """
    if not 1 <= workers <= MAX_WORKERS or not 0 <= members <= 100_000 or not 0 <= days <= 60:
        raise ValueError("out of range")
    skeleton = [row for row in _skeleton() if area is None or _belongs(row, area)]
    townships = [row["code"] for row in skeleton if row["kind"] == "township"]
    if not townships:
        raise ValueError(f"no area {area}")
    maker = _Maker(Sample(), Random(f"{seed}/{workers}"), start - timedelta(days=1), days + 1)
    for row in skeleton:
        maker.area(row["code"], row["name"], row["kind"], row["parent"], CENTRES[row["code"]])
    count = max(1, round(workers * _GRIDS_AT_MOST / MAX_WORKERS))
    _add_grids(maker, _spread(townships)[: max(1, count // _GRIDS_PER_TOWNSHIP)], count)
    _add_posts(maker)
    _add_workers(maker, workers)
    _add_heads(maker, max(1, round(workers * _HEADS_AT_MOST / MAX_WORKERS)))
    _add_superiors(maker)
    _add_crews(maker)
    for number in range(members):
        maker.person("M", maker.grids[number % len(maker.grids)].village, "member")
    return maker.sample


def _skeleton() -> list[dict[str, str]]:
    text = files("bot.features.roster").joinpath("areas.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _belongs(row: dict[str, str], area: str) -> bool:
    """Whether the row is the area, below it or above it."""
    return f"{row['code']}-".startswith(f"{area}-") or f"{area}-".startswith(f"{row['code']}-")


def _spread(townships: list[str]) -> list[str]:
    """Townships of all counties in turn, those at the border first in each."""
    order = sorted(townships, key=lambda code: (code not in BORDER, code))
    turn: dict[str, int] = {}
    ranked: list[tuple[int, str]] = []
    for code in order:
        county = code.rpartition("-")[0]
        turn[county] = turn.get(county, -1) + 1
        ranked.append((turn[county], code))
    return [code for _, code in sorted(ranked)]


def _add_grids(maker: _Maker, townships: list[str], count: int) -> None:
    for index, township in enumerate(townships):
        share = count // len(townships) + (index < count % len(townships))
        villages = max(1, min(_VILLAGES_AT_MOST, round(share / _GRIDS_PER_VILLAGE)))
        village_names = names.villages(maker.random, villages)
        for number, name in enumerate(village_names):
            own = share // villages + (number < share % villages)
            _add_village(maker, township, number, name, own)


def _add_village(maker: _Maker, township: str, number: int, name: str, grids: int) -> None:
    code = f"{township}-{number + 1:02d}"
    centre = _around(CENTRES[township], number + 1, 1.1)
    maker.area(code, name, "village", township, centre)
    for index in range(grids):
        grid = _Grid(f"{code}-{index + 1:03d}", code, township, _around(centre, index, 0.12))
        radius = 300 if maker.random.random() < 0.3 else None
        maker.area(grid.code, f"{name}第{index + 1}网格", "grid", code, grid.place, radius)
        maker.grids.append(grid)


def _around(centre: tuple[float, float], number: int, step: float) -> tuple[float, float]:
    """The place of this number on a spiral, `step` kilometres apart: no two fall together."""
    away, angle = step * sqrt(number), number * _GOLDEN
    return moved(centre, away * cos(angle), away * sin(angle))


def _add_posts(maker: _Maker) -> None:
    by_township: dict[str, list[_Grid]] = {}
    for grid in maker.grids:
        by_township.setdefault(grid.township, []).append(grid)
    for township, grids in by_township.items():
        lines = _lines_of(township)
        count = max(_POSTS_AT_LEAST, round(len(grids) / _POSTS_PER_GRIDS))
        for number in range(count):
            line = lines[number % len(lines)]
            grid = grids[number * len(grids) // count]
            code = f"P-{township}-{number + 1:02d}"
            name = f"{names.POSTS[line]}{number + 1}号"
            place = moved(grid.place, 0.15 + number / 100, -0.15)
            maker.sample.posts.append((code, name, grid.village, line, *place, 200 if line != "边" else 500))
            if line in "边带":
                _add_section(maker, code, name, place)
            maker.posts.setdefault(township, []).append(code)


def _add_section(maker: _Maker, post: str, name: str, place: tuple[float, float]) -> None:
    """A stretch on either side of the post, with its checkpoints."""
    ways = [(-0.9, -1.1), (-0.5, -0.5), (0.0, 0.0), (0.3, 0.6), (0.4, 1.2)]
    path = [moved(place, north, east) for north, east in ways]
    section = f"S{post[1:]}"
    written = "; ".join(f"{north},{east}" for north, east in path)
    maker.sample.sections.append((section, f"{name}巡逻段", None, post, written, None, "10:00 23:00"))
    for number, (at, stop) in enumerate(zip(path, names.STOPS, strict=True), start=1):
        maker.sample.checkpoints.append((f"C{post[1:]}-{number}", section, stop, *at, None))


def _lines_of(township: str) -> str:
    if township in TOWNS:
        return "城边路援带" if township in BORDER else "城路援"
    return "边带边路援" if township in BORDER else "路带援"


def _add_workers(maker: _Maker, workers: int) -> None:
    for number in range(workers):
        grid = maker.grids[number % len(maker.grids)]
        posts = maker.posts[grid.township]
        post = maker.random.choice(posts) if maker.random.random() < 0.1 else ""
        titles = maker.random.choice(names.TITLES)
        maker.person("W", grid.code, "网格员", post=post, titles=titles)


def _add_heads(maker: _Maker, heads: int) -> None:
    for number in range(heads):
        grid = maker.grids[number * len(maker.grids) // heads]
        code = maker.person("H", grid.code, "中心户")
        maker.sample.households.append((code, grid.code, maker.random.randint(5, 11)))


def _add_superiors(maker: _Maker) -> None:
    villages = dict.fromkeys(grid.village for grid in maker.grids)
    townships = dict.fromkeys(grid.township for grid in maker.grids)
    counties = dict.fromkeys(code.rpartition("-")[0] for code in townships)
    maker.person("A", "DH", "管理员")
    for code in ("DH", "DH", *counties, *counties, *townships, *villages):
        maker.person("S", code, "书记/网格长")
    for code in (*counties, *townships):
        maker.person("D", code, "调度员")


def _add_crews(maker: _Maker) -> None:
    for township, posts in maker.posts.items():
        for number, post in enumerate(posts):
            crew = [maker.person("C", township, "班组成员", post=post) for _ in range(_CREW)]
            line = _lines_of(township)[number % len(_lines_of(township))]
            for day in range(maker.days):
                _add_shifts(maker, post, line, maker.first_day + timedelta(days=day), crew)


def _add_shifts(maker: _Maker, post: str, line: str, day: date, crew: list[str]) -> None:
    for number, (begins, hours) in enumerate(_pattern(line)):
        start = datetime.combine(day, begins)
        end = start + timedelta(hours=hours)
        # Two teams in turn, so that nobody keeps two shifts on end.
        team = (day.toordinal() if hours == 24 else number) % 2
        on_duty = crew[team::2]
        code = f"{post}-{day:%Y%m%d}-{number + 1}"
        duty = "border" if line in "边带" else ("office" if line == "援" else "grid")
        times = (f"{start:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}")
        maker.sample.shifts.append((code, post, None, duty, *times, "、".join(on_duty), on_duty[0]))


def _pattern(line: str) -> Iterator[tuple[time, int]]:
    """Starts and hours of a day's shifts: round the clock, over midnight, whole days, office hours."""
    if line == "边":
        yield from ((time(8), 12), (time(20), 12))
    elif line == "带":
        yield (time(8), 24)
    elif line == "援":
        yield (time(22), 8)
    else:
        yield (time(9), 8)
