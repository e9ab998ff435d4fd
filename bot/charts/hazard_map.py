"""The map of an area's hazards and posts."""

from collections.abc import Sequence

from bot.base.facts import Facts
from bot.charts import ground
from bot.charts.ground import Draw, Extent, Ground, Kind, disc, spot_of, square
from bot.charts.style import (
    DONE,
    HEADER,
    INK,
    LATE,
    MARGIN,
    MUTED,
    NONE,
    OPEN,
    PAPER,
    SMALL,
    WIDTH,
    Sheet,
    count,
    short,
)

_HIGH, _BELOW, _NAME = 1090, 24, 240
# What needs haste comes first.
_COLOURS = {"urgent": (LATE, PAPER), "serious": (OPEN, INK), "normal": (DONE, PAPER)}


def hazard_map(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`, `subtitle`; `hazards`: `number`, `latitude`, `longitude`, `severity`, `late`, `fixed` each;
    `posts`, `areas`: `name`, `latitude`, `longitude` each; `labels`: the words for `urgent`, `serious`,
    `normal`, `late`, `fixed`, `post`, `many`, `outside`, `north`, `metres`, `kilometres`."""
    entries = _entries(data)
    top = HEADER + _HIGH + 16
    sheet = Sheet(int(top + ground.legend_height(entries) + _BELOW))
    sheet.header(data["title"], data["subtitle"])
    draw_map(sheet, data)
    ground.legend(sheet, top, entries)
    return [sheet]


def draw_map(sheet: Sheet, data: Facts) -> Ground:
    """The map itself."""
    hazards, posts, areas = data["hazards"], data["posts"], data.get("areas", [])
    known = [spot_of(each) for each in (*areas, *posts)]
    shown = hazards or posts
    room = MARGIN, HEADER, WIDTH - 2 * MARGIN, _HIGH
    chart = Ground(sheet, room, Extent([spot_of(each) for each in shown], known), data["labels"])
    there = [each for each in hazards if chart.is_on(spot_of(each))]
    # A post far from every hazard is left out: it is not what the map is asked for.
    near = [each for each in posts if ground.is_somewhere(spot_of(each)) and chart.is_within(spot_of(each))]
    kinds = [Kind(near, square(INK), ""), *_kinds(there)]
    chart.place(kinds)
    chart.draw(kinds)
    chart.name_areas(areas)
    _name(chart, kinds)
    chart.draw_band(len(hazards) - len(there))
    return chart


def _name(chart: Ground, kinds: Sequence[Kind]) -> None:
    """Numbers of hazards first, then names of posts, as many as there is room for."""
    for kind in (*kinds[1:], kinds[0]):
        for mark in kind.marks:
            thing = mark.things[0]
            if len(mark.things) == 1:
                colour = MUTED if "name" in thing else LATE if thing["late"] else INK
                words = short(thing.get("number") or thing["name"], _NAME, SMALL)
                chart.label(words, mark.at, mark.radius, colour)


def _kinds(hazards: Sequence[Facts]) -> list[Kind]:
    """What has the same look, what needs haste first."""
    kinds = []
    for fixed in (False, True):
        for severity, (colour, ink) in _COLOURS.items():
            for late in (True, False):
                things = [
                    each for each in hazards
                    if (each["severity"], bool(each["late"]), bool(each["fixed"])) == (severity, late, fixed)
                ]  # fmt: skip
                look = disc(NONE if fixed else colour, ringed=late)
                kinds.append(Kind(things, look, "", INK if fixed else ink))
    return kinds


def _entries(data: Facts) -> list[tuple[Draw | None, str]]:
    """What stands for what, with how many of each; only of what is there."""
    hazards, labels = data["hazards"], data["labels"]
    shown: list[tuple[str, int, Draw]] = [
        (severity, sum(each["severity"] == severity and not each["fixed"] for each in hazards), disc(colour))
        for severity, (colour, _) in _COLOURS.items()
    ]
    shown.append(("late", sum(bool(each["late"]) for each in hazards), disc(NONE, ringed=True)))
    shown.append(("fixed", sum(bool(each["fixed"]) for each in hazards), disc(NONE)))
    entries: list[tuple[Draw | None, str]] = [
        (look, f"{labels[key]} {count(number)}") for key, number, look in shown if number
    ]
    if data["posts"]:
        entries.append((square(INK), labels["post"]))
    if len(hazards) + len(data["posts"]) > ground.MOST_MARKS:
        entries.append((None, labels["many"]))
    return entries
