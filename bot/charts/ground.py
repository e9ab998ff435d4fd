"""The ground of a map: which places are on it, at what scale, and that nothing on it covers anything else.

No streets: what lies around is nobody's to send. Everything is in pixels from the map's top left corner.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, cos, floor, hypot, log10, pi, sin
from statistics import median_low
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.patheffects import withStroke

from bot.base.facts import Facts, Struct
from bot.base.geometry import Plane, Spot
from bot.charts import style
from bot.charts.labels import Box, Pixel, Room
from bot.charts.style import INK, MARGIN, MUTED, PAPER, SMALL, SOFT, WIDTH, Pen, Sheet

# Below the map, where nothing else lies: its scale, what is not on it, and where north is.
BAND = 92
# What is drawn keeps so far from the edge.
_EDGE = 64
_NAME = 230
# More marks than this are gathered: those in a cell of this size become one, with its number.
MOST_MARKS, _CELL = 40, 96.0
# Half of a mark's side.
MARK = 17.0
# So far from where it belongs a mark may lie, so that it covers no other.
_REACH = 110.0
# What is this many times further off than most is not on the map.
_FAR = 8
_ROW = 50
# Names of villages: they are the ground, and no marks.
_PALE = "#8A96A3"
Draw = Callable[[Axes, Pixel, float], None]


class Extent(Struct):
    """What is to be on a map. `known`: where the roster says that things are, by which a place that is far
    off is known; nothing within `near` metres is. What is smaller than `least` metres is not shown larger."""

    spots: Sequence[Spot]
    known: Sequence[Spot] = ()
    least: float = 300.0
    near: float = 30_000.0


@dataclass(slots=True)
class Mark:
    """A mark on the map: where it lies, and what it stands for (several, where they are gathered)."""

    at: Pixel
    things: list[Facts]

    @property
    def radius(self) -> float:
        """Half of its side: with a number in it, it is larger."""
        many = len(self.things)
        return MARK if many == 1 else 24.0 if many < 100 else 32.0

    @property
    def box(self) -> Box:
        """The room it takes."""
        (x, y), radius = self.at, self.radius + 3
        return x - radius, y - radius, x + radius, y + radius


@dataclass(slots=True)
class Kind:
    """Marks of one look: what is `drawn` for each, the colour of a number in it, and the words for it."""

    things: list[Facts]
    draw: Draw
    words: str
    ink: str = PAPER
    marks: list[Mark] = field(default_factory=list)


def is_somewhere(spot: Spot) -> bool:
    """Whether it is a place: 0,0 is what a phone tells that knows none."""
    return max(map(abs, spot)) > 0.01 and abs(spot[0]) <= 90 and abs(spot[1]) <= 180


class Ground:
    """A map within this room of a sheet: left, top, width and height."""

    def __init__(
        self, sheet: Sheet, room: tuple[float, float, float, float], extent: Extent, labels: dict[str, str]
    ) -> None:
        left, top, self.width, self.height = room
        sheet.box(left, top, self.width, self.height, SOFT, 18)
        self.axes = canvas(sheet, left, top, self.width, self.height)
        self.labels, self.extent = labels, extent
        self.room = Room(self.width, self.height - BAND)
        # What lies where, for whoever wants to know whether anything covers anything.
        self.boxes: list[Box] = []
        self._fit()

    def pixel(self, spot: Spot) -> Pixel:
        """Where a place is on the map."""
        x, y = self._plane.xy(spot)
        across = self.width / 2 + (x - self._middle[0]) * self.scale
        return across, (self.height - BAND) / 2 - (y - self._middle[1]) * self.scale

    def is_on(self, spot: Spot) -> bool:
        """Whether a place is on the map: not where it lies far from all the others."""
        return is_somewhere(spot) and hypot(*self._plane.xy(spot)) <= self._far

    def is_within(self, spot: Spot) -> bool:
        """Whether a place that the map was not made for is on it all the same."""
        (x, y), edge = self.pixel(spot), _EDGE
        return edge < x < self.width - edge and edge < y < self.height - BAND - edge

    def _fit(self) -> None:
        """Find the middle of most places, and the scale at which they are all on the map."""
        spots = [spot for spot in self.extent.spots if is_somewhere(spot)]
        known = [spot for spot in self.extent.known if is_somewhere(spot)]
        base = known if len(known) > 2 else [*known, *spots]
        self._plane = Plane(_middle_of(base))
        ways = sorted(hypot(*self._plane.xy(spot)) for spot in base) or [0.0]
        self._far = max(self.extent.near, _FAR * median_low(ways))
        flat = [self._plane.xy(spot) for spot in spots if self.is_on(spot)] or [(0.0, 0.0)]
        east, north = [x for x, _ in flat], [y for _, y in flat]
        wide, high = (max(self.extent.least, max(side) - min(side)) for side in (east, north))
        room = self.width - 2 * _EDGE, self.height - BAND - 2 * _EDGE
        self.scale = min(room[0] / wide, room[1] / high)
        self._middle = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2

    def place(self, kinds: Sequence[Kind]) -> None:
        """Find room for the marks of every kind, the first kind first; many are gathered, until there is
        room for all."""
        cell = _CELL if sum(len(kind.things) for kind in kinds) > MOST_MARKS else 0.0
        while not self._is_placed(kinds, cell):
            cell = cell * 1.4 or _CELL / 2

    def _is_placed(self, kinds: Sequence[Kind], cell: float) -> bool:
        self.room, self.boxes = Room(self.width, self.height - BAND), []
        for kind in kinds:
            wanted = [Mark(self.pixel(spot_of(thing)), [thing]) for thing in kind.things]
            kind.marks = [
                self._settle(mark, _REACH + cell / 2)
                for mark in (_gathered(wanted, cell) if cell else wanted)
            ]
            if not all(mark.things for mark in kind.marks):
                return False
        return True

    def _settle(self, wanted: Mark, reach: float) -> Mark:
        """The mark where it covers nothing, as near as can be; an empty one where there is no such room."""
        for at in _around(wanted.at, reach):
            mark = Mark(at, wanted.things)
            if self.room.is_free(mark.box):
                self.room.take(mark.box)
                self.boxes.append(mark.box)
                return mark
        return Mark(wanted.at, [])

    def draw(self, kinds: Sequence[Kind]) -> None:
        """Draw the marks: the first kind on top."""
        for kind in reversed(kinds):
            for mark in kind.marks:
                kind.draw(self.axes, mark.at, mark.radius)
                if len(mark.things) > 1:
                    write(self.axes, mark.at, f"{len(mark.things)}", kind.ink, halo=None)

    def settle(self, spot: Spot, radius: float) -> Pixel:
        """Where a mark for a place is to be drawn: there, or as near to it as it covers no other."""
        for x, y in _around(self.pixel(spot), _REACH):
            box = x - radius, y - radius, x + radius, y + radius
            if self.room.is_free(box):
                break
        else:
            x, y = self.pixel(spot)
        self.room.take(box)
        self.boxes.append(box)
        return x, y

    def label(self, words: str, at: Pixel, radius: float, colour: str) -> bool:
        """Write words beside a mark, where there is room for them."""
        width, height = style.width_of(words, SMALL) + 8, SMALL * 1.35
        place = self.room.place(at, radius, width, height) if words else None
        if place is None:
            return False
        left, top, right, bottom = place.box
        self.boxes.append(place.box)
        if place.leader:
            (x1, y1), (x2, y2) = place.leader
            self.axes.plot([x1, x2], [y1, y2], color=MUTED, linewidth=style.points(2), zorder=2)
        write(self.axes, ((left + right) / 2, (top + bottom) / 2), words, colour)
        return True

    def name_areas(self, areas: Sequence[Facts]) -> None:
        """Villages or townships by name, where they are on the map and there is room near; without a leader,
        for there is no mark."""
        for area in areas:
            if not is_somewhere(spot_of(area)) or not self.is_within(spot_of(area)):
                continue
            words = style.short(area["name"], _NAME, SMALL)
            wide, high = style.width_of(words, SMALL) / 2 + 4, SMALL * 0.7
            for x, y in _around(self.pixel(spot_of(area)), 1.6 * _REACH):
                box = x - wide, y - high, x + wide, y + high
                if self.room.is_free(box):
                    self.room.take(box)
                    self.boxes.append(box)
                    write(self.axes, (x, y), words, _PALE)
                    break

    def draw_band(self, outside: int = 0) -> None:
        """The scale, how many places are not on the map, and where north is."""
        metres = _round_length(240 / self.scale)
        long, y = metres * self.scale, self.height - 26
        for width, colour in ((10, PAPER), (4, INK)):
            self.axes.plot(
                [28, 28, 28 + long, 28 + long], [y - 9, y, y, y - 9], color=colour,
                linewidth=style.points(width), zorder=6,
            )  # fmt: skip
        unit, amount = ("kilometres", metres / 1000) if metres >= 1000 else ("metres", metres)
        words = f"{amount:,g} {self.labels[unit]}"
        write(self.axes, (28 + style.width_of(words, SMALL) / 2, y - 32), words, MUTED)
        self.boxes.append((16, self.height - BAND, 300, self.height))
        x, y = self.width - 90, self.height - 70
        for side, colour in ((-1, INK), (1, MUTED)):
            half = [(x, y), (x + side * 15, y + 44), (x, y + 34)]
            self.axes.add_patch(Polygon(half, closed=True, facecolor=colour, linewidth=0, zorder=6))
        write(self.axes, (x + 44, y + 24), self.labels["north"], INK)
        self.boxes.append((x - 20, self.height - BAND, self.width, self.height))
        if outside:
            words = self.labels["outside"].replace("{n}", style.count(outside))
            write(self.axes, (self.width / 2 + 60, self.height - 40), words, MUTED)


def canvas(sheet: Sheet, x: float, y: float, width: float, height: float) -> Axes:
    """Room to draw in, in pixels from its top left corner."""
    axes = sheet.axes(x, y, width, height)
    axes.set_axis_off()
    axes.set_zorder(2)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return axes


def write(axes: Axes, at: Pixel, words: str, colour: str, *, halo: str | None = SOFT) -> None:
    """Words with their middle here; what lies below them keeps off by a halo."""
    effects = [withStroke(linewidth=style.points(7), foreground=halo)] if halo else []
    axes.text(
        *at, style.legible(words), fontsize=style.points(SMALL), color=colour, ha="center",
        va="center_baseline", path_effects=effects, zorder=8,
    )  # fmt: skip


def square(colour: str, *, hollow: bool = False) -> Draw:
    """What draws a post."""

    def draw(axes: Axes, at: Pixel, radius: float) -> None:
        side, filled = 2 * radius - 6, PAPER if hollow else colour
        corner = at[0] - side / 2, at[1] - side / 2
        axes.add_patch(
            Rectangle(corner, side, side, facecolor=filled, edgecolor=colour, linewidth=style.points(5),
                      zorder=5)
        )  # fmt: skip

    return draw


def disc(colour: str, *, ringed: bool = False) -> Draw:
    """What draws a hazard, perhaps with a ring."""

    def draw(axes: Axes, at: Pixel, radius: float) -> None:
        if ringed:
            axes.add_patch(Circle(at, radius, facecolor=PAPER, edgecolor=INK, linewidth=1.2, zorder=4))
        inner = radius - 5 if ringed else radius - 1
        axes.add_patch(Circle(at, inner, facecolor=colour, edgecolor=PAPER, linewidth=0.7, zorder=4))

    return draw


def legend(sheet: Sheet, top: float, entries: Sequence[tuple[Draw | None, str]]) -> None:
    """What stands for what, in rows: (what is drawn, its words) each; words alone without it."""
    rows = legend_rows(entries)
    axes = canvas(sheet, 0, top, WIDTH, _ROW * max(1, len(rows)))
    for number, row in enumerate(rows):
        x, y = float(MARGIN), _ROW * (number + 0.5)
        for draw, words in row:
            if draw:
                draw(axes, (x + 18, y), MARK)
            sheet.text(x + (44 if draw else 0), top + y, words, Pen(SMALL, MUTED))
            x += _entry_width(draw, words)


def legend_height(entries: Sequence[tuple[Draw | None, str]]) -> float:
    """How high the legend becomes."""
    return _ROW * len(legend_rows(entries))


def legend_rows(entries: Sequence[tuple[Draw | None, str]]) -> list[list[tuple[Draw | None, str]]]:
    """The entries in rows that fit."""
    rows: list[list[tuple[Draw | None, str]]] = []
    room = 0.0
    for draw, words in entries:
        width = _entry_width(draw, words)
        if width > room or not rows:
            rows.append([])
            room = WIDTH - 2 * MARGIN + 34
        rows[-1].append((draw, words))
        room -= width
    return rows


def _entry_width(draw: Draw | None, words: str) -> float:
    return (44 if draw else 0) + style.width_of(style.legible(words), SMALL) + 34


def spot_of(thing: Facts) -> Spot:
    """Where a thing is."""
    return thing["latitude"], thing["longitude"]


def _middle_of(spots: Sequence[Spot]) -> Spot:
    """The place from which half of the others are nearest; of two, the first."""
    if not spots:
        return 0.0, 0.0
    some: Any = spots[:: ceil(len(spots) / 150)]

    def away(spot: Spot) -> float:
        plane = Plane(spot)
        return median_low(sorted(hypot(*plane.xy(other)) for other in some if other is not spot) or [0.0])

    found: Spot = min(some, key=away)
    return found


def _gathered(wanted: Sequence[Mark], cell: float) -> list[Mark]:
    """Marks of one cell as one, in the middle of them."""
    cells: dict[tuple[int, int], list[Mark]] = {}
    for mark in wanted:
        cells.setdefault((int(mark.at[0] // cell), int(mark.at[1] // cell)), []).append(mark)
    return [
        Mark(
            (sum(mark.at[0] for mark in marks) / len(marks), sum(mark.at[1] for mark in marks) / len(marks)),
            [thing for mark in marks for thing in mark.things],
        )
        for marks in cells.values()
    ]


def _around(at: Pixel, furthest: float) -> Iterator[Pixel]:
    """A place and those around it, ring by ring."""
    yield at
    for ring in range(1, int(furthest / 12) + 1):
        away, places = 12.0 * ring, 8 + 4 * ring
        for number in range(places):
            turn = 2 * pi * number / places
            yield at[0] + away * cos(turn), at[1] + away * sin(turn)


def _round_length(most: float) -> float:
    """The longest of 1, 2, 5, 10, 20, 50 … metres that is not more."""
    power: float = 10.0 ** floor(log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)
