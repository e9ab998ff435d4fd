"""The map of a patrol: the section, the way walked, checkpoints reached and missed."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke

from bot.base.facts import Facts
from bot.base.geometry import Spot
from bot.charts import style
from bot.charts.ground import Extent, Ground
from bot.charts.labels import Pixel
from bot.charts.style import DONE, HEADER, INK, LATE, LINE, MARGIN, MUTED, PAPER, SMALL, WIDTH, Pen, Sheet

_HIGH, _LEGEND_ROW = 800, 52
_MARK = 19
# With more checkpoints than this, there is no room for their times.
_MOST_TIMES = 12
_NAME_WIDTH = 250
# What is smaller than this is not shown larger: a single checkpoint is a place, not a country. Nobody walks
# as far as the other.
_LEAST_METRES, _MOST_METRES = 160.0, 60_000.0
_ARROW_EVERY = 230.0


def patrol(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`: the section's name; `subtitle`: who and when; `line`: its places, [latitude, longitude] each;
    `track`: such places for every unbroken piece; `gaps`: from where to where the phone was silent;
    `checkpoints`: `name`, `latitude`, `longitude`, `reached`, `at` (a time as it is to be read, or empty)
    each; `labels`: the words for `reached`, `missed`, `track`, `gap`, `section`, `outside`, and `metres`,
    `kilometres`, `north`."""
    rows = _legend_rows(data)
    top = HEADER + _HIGH + 16
    sheet = Sheet(top + _LEGEND_ROW * len(rows) + 20)
    sheet.header(data["title"], data["subtitle"])
    draw_map(sheet, data)
    for number, row in enumerate(rows):
        _draw_legend(sheet, row, top + (number + 0.5) * _LEGEND_ROW)
    return [sheet]


def draw_map(sheet: Sheet, data: Facts) -> Ground:
    """The map itself."""
    chart = _Map(sheet, data)
    chart.draw()
    return chart.ground


class _Map:
    """What lies on the ground."""

    def __init__(self, sheet: Sheet, data: Facts) -> None:
        self.data = data
        placed: list[Facts] = [s for s in data["checkpoints"] if s["latitude"] is not None]
        known = [*_spots([data["line"]]), *((stop["latitude"], stop["longitude"]) for stop in placed)]
        spots = [*known, *_spots([*data["track"], *data["gaps"]])]
        room = MARGIN, HEADER, WIDTH - 2 * MARGIN, _HIGH
        extent = Extent(spots, known, _LEAST_METRES, _MOST_METRES)
        self.ground = Ground(sheet, room, extent, data["labels"])
        self.axes, self.room = self.ground.axes, self.ground.room
        self.stops = [s for s in placed if self.ground.is_on((s["latitude"], s["longitude"]))]
        self.outside = len(placed) - len(self.stops)

    def draw(self) -> None:
        """Everything, what matters most on top."""
        line = self._pixels(self.data["line"])
        pieces = [self._pixels(piece) for piece in self.data["track"]]
        self._stroke(line, 18, LINE)
        for gap in self.data["gaps"]:
            ends = self._pixels(gap)
            self._stroke(ends, 5, DONE, dashes=(1.6, 2.4))
            self.room.cross(ends)
        for piece in pieces:
            self._draw_piece(piece)
        for each in (line, *pieces):
            self.room.cross(each)
        self._draw_stops()
        self.ground.draw_band(self.outside)

    def _pixels(self, spots: Sequence[Sequence[float]]) -> list[Pixel]:
        places = [(spot[0], spot[1]) for spot in spots]
        return [self.ground.pixel(spot) for spot in places if self.ground.is_on(spot)]

    def _stroke(
        self, line: Sequence[Pixel], width: float, colour: str, *, dashes: tuple[float, float] | None = None,
        cased: bool = False,
    ) -> None:  # fmt: skip
        if len(line) < 2:
            return
        effects: list[Any] = []
        if cased:
            effects = [withStroke(linewidth=style.points(width + 6), foreground=PAPER)]
        self.axes.plot(
            [x for x, _ in line], [y for _, y in line], color=colour, linewidth=style.points(width),
            solid_capstyle="round", solid_joinstyle="round", dash_capstyle="round",
            linestyle=(0, dashes) if dashes else "-", path_effects=effects, clip_on=False,
        )  # fmt: skip

    def _draw_piece(self, piece: list[Pixel]) -> None:
        self._stroke(piece, 7, DONE, cased=True)
        if len(piece) == 1:
            self.axes.add_patch(Circle(piece[0], 8, facecolor=DONE, edgecolor=PAPER, linewidth=1, zorder=2))
        for (x, y), (right, down) in _arrows(piece):
            points = [(16, 0), (-10, 12), (-4, 0), (-10, -12)]
            turned = [(x + a * right - b * down, y + a * down + b * right) for a, b in points]
            arrow = Polygon(turned, closed=True, facecolor=DONE, edgecolor=PAPER, linewidth=0.7, zorder=3)
            self.axes.add_patch(arrow)

    def _draw_stops(self) -> None:
        """Where two lie upon one another, the second one beside the first."""
        # Missed ones are named first: if there is not room for all, it is for them.
        stops = sorted(self.stops, key=lambda stop: bool(stop["reached"]))
        spots = [self.ground.settle((stop["latitude"], stop["longitude"]), _MARK + 4) for stop in stops]
        for stop, at in zip(stops, spots, strict=True):
            self._label(stop, at)
        for stop, at in reversed(list(zip(stops, spots, strict=True))):
            mark(self.axes, at, bool(stop["reached"]))

    def _label(self, stop: Facts, at: Pixel) -> None:
        words = style.short(stop["name"], _NAME_WIDTH, SMALL)
        if stop.get("at") and len(self.stops) <= _MOST_TIMES:
            words += f" {stop['at']}"
        self.ground.label(words, at, _MARK, INK if stop["reached"] else LATE)


def mark(axes: Axes, at: Pixel, reached: bool) -> None:
    """A checkpoint: a disc with a tick where it was reached, an empty ring where it was not."""
    x, y = at
    halo = Circle(at, _MARK + 4, facecolor=PAPER, linewidth=0, zorder=7.5)
    if reached:
        disc = Circle(at, _MARK, facecolor=DONE, linewidth=0, zorder=8)
        tick = [x - 9, x - 3, x + 9], [y, y + 7, y - 7]
        axes.plot(*tick, color=PAPER, linewidth=style.points(5), zorder=9, solid_capstyle="round")
    else:
        ring = style.points(6)
        disc = Circle(at, _MARK - 3, facecolor=PAPER, edgecolor=LATE, linewidth=ring, zorder=8)
    for patch in (halo, disc):
        axes.add_patch(patch)


def _spots(pieces: Sequence[Sequence[Sequence[float]]]) -> Iterator[Spot]:
    for piece in pieces:
        yield from ((spot[0], spot[1]) for spot in piece)


def _arrows(piece: list[Pixel]) -> Iterator[tuple[Pixel, Pixel]]:
    """Where arrows stand on a way, and where they point: the way somebody went."""
    left = _ARROW_EVERY / 2
    for (x1, y1), (x2, y2) in pairwise(piece):
        length = hypot(x2 - x1, y2 - y1)
        while length and left <= length:
            share = left / length
            yield (x1 + share * (x2 - x1), y1 + share * (y2 - y1)), ((x2 - x1) / length, (y2 - y1) / length)
            left += _ARROW_EVERY
        left -= length


def _legend_rows(data: Facts) -> list[list[tuple[str, str]]]:
    """What stands for what, only of what is there, in rows that fit: (kind, words) each."""
    stops, labels = data["checkpoints"], data["labels"]
    reached = sum(bool(stop["reached"]) for stop in stops)
    there = {
        "reached": reached, "missed": len(stops) - reached, "track": len(data["track"]),
        "gap": len(data["gaps"]), "section": len(data["line"]) > 1,
    }  # fmt: skip
    rows: list[list[tuple[str, str]]] = [[]]
    room: float = WIDTH - 2 * MARGIN
    for kind in (kind for kind, count in there.items() if count):
        words = labels[kind]
        words = f"{words} {there[kind]}" if kind in ("reached", "missed") else words
        width = _legend_width(words)
        if width > room and rows[-1]:
            rows.append([])
            room = WIDTH - 2 * MARGIN
        rows[-1].append((kind, words))
        room -= width
    return rows


def _legend_width(words: str) -> float:
    return 56 + style.width_of(style.legible(words), SMALL) + 34


def _draw_legend(sheet: Sheet, row: list[tuple[str, str]], y: float) -> None:
    axes = sheet.axes(0, y - 26, WIDTH, 52)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(52, 0)
    x = float(MARGIN)
    for kind, words in row:
        if kind in ("reached", "missed"):
            mark(axes, (x + 22, 26), kind == "reached")
        else:
            width, colour = {"track": (7, DONE), "gap": (5, DONE), "section": (18, LINE)}[kind]
            dashes: Any = (0, (1.6, 2.4)) if kind == "gap" else "-"
            axes.plot(
                [x + 8, x + 40], [26, 26], color=colour,
                linewidth=style.points(width), linestyle=dashes, solid_capstyle="round",
                dash_capstyle="round",
            )  # fmt: skip
        sheet.text(x + 56, y, words, Pen(SMALL, MUTED))
        x += _legend_width(words)
