"""A map of posts and open hazards: squares and discs, each told in the legend."""

from bot.base.facts import Facts
from bot.charts import ground
from bot.charts.ground import Draw, Extent, Ground, Kind, disc, spot_of, square
from bot.charts.style import (
    BODY,
    DONE,
    INK,
    LATE,
    MARGIN,
    MUTED,
    OPEN,
    PAPER,
    SMALL,
    WIDTH,
    Pen,
    Sheet,
    count,
    short,
)

_TITLE, _HIGH = 66, 950
_WIDE = WIDTH - 2 * MARGIN
# Less than this is not shown larger: a single post is a place, not a country.
_LEAST_METRES = 600.0
_NAME = 230


def height(data: Facts) -> float:
    """How high it becomes, in pixels."""
    return _TITLE + ground.legend_height(_entries(_kinds(data), data)) + 12 + _HIGH


def draw(sheet: Sheet, y: float, data: Facts) -> None:
    """`title`; `labels`: the words for `manned`, `unmanned`, `hazard`, `overdue`, `many`, `outside`, `north`,
    `metres`, `kilometres`; `posts`: `name`, `latitude`, `longitude`, `manned`; `hazards`: `name`, `latitude`,
    `longitude`, `overdue`; `areas`: `name`, `latitude`, `longitude`, perhaps."""
    kinds = _kinds(data)
    sheet.text(MARGIN, y + 28, data["title"], Pen(BODY, bold=True), width=_WIDE)
    ground.legend(sheet, y + _TITLE, _entries(kinds, data))
    high = y + _TITLE + ground.legend_height(_entries(kinds, data)) + 12
    draw_map(sheet, (MARGIN, high, _WIDE, _HIGH), data)


def draw_map(sheet: Sheet, room: tuple[float, float, float, float], data: Facts) -> Ground:
    """The map itself, in this room of the sheet."""
    posts, areas = data["posts"], data.get("areas", [])
    extent = Extent(
        [spot_of(each) for each in (*posts, *data["hazards"])], [spot_of(each) for each in (*areas, *posts)],
        _LEAST_METRES,
    )  # fmt: skip
    chart = Ground(sheet, room, extent, data["labels"])
    kinds = _kinds(data)
    outside = 0
    for kind in kinds:
        there = [thing for thing in kind.things if chart.is_on(spot_of(thing))]
        outside += len(kind.things) - len(there)
        kind.things = there
    chart.place(kinds)
    chart.draw(kinds)
    chart.name_areas(areas)
    for kind in kinds:
        for mark in kind.marks:
            if len(mark.things) == 1:
                chart.label(short(mark.things[0]["name"], _NAME, SMALL), mark.at, mark.radius, INK)
    chart.draw_band(outside)
    return chart


def _kinds(data: Facts) -> list[Kind]:
    """Posts lie on top; where nobody is comes first, and what is late."""
    looks: list[tuple[str, str, str, bool, Draw, str]] = [
        ("unmanned", "posts", "manned", False, square(MUTED, hollow=True), INK),
        ("manned", "posts", "manned", True, square(DONE), PAPER),
        ("overdue", "hazards", "overdue", True, disc(LATE), PAPER),
        ("hazard", "hazards", "overdue", False, disc(OPEN), INK),
    ]
    return [
        Kind([each for each in data[what] if bool(each[which]) is wanted], drawn, data["labels"][key], ink)
        for key, what, which, wanted, drawn, ink in looks
    ]


def _entries(kinds: list[Kind], data: Facts) -> list[tuple[Draw | None, str]]:
    entries: list[tuple[Draw | None, str]] = [
        (kind.draw, f"{kind.words} {count(len(kind.things))}") for kind in kinds if kind.things
    ]
    if sum(len(kind.things) for kind in kinds) > ground.MOST_MARKS:
        entries.append((None, data["labels"]["many"]))
    return entries
