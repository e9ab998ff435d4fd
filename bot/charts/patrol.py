"""The map of a patrol: the section, the way walked, checkpoints reached and missed. No streets: what lies
around is nobody's to send."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor, hypot, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke

from bot.charts import style
from bot.charts.labels import Pixel, Room
from bot.charts.style import DONE, INK, LATE, LINE, MARGIN, MUTED, PAPER, SMALL, SOFT, WIDTH, Sheet
from bot.notices import Facts
from bot.planar import Plane, Spot

HEIGHT = 1080
_TOP, _LEGEND_ROW = 128, 52
_PAD = 96
_MARK = 19
_NAME_WIDTH = 250
# With more checkpoints than this, there is no room for their times.
_MOST_TIMES = 12
# What is smaller than this is not shown larger: a single checkpoint is a place, not a country.
_LEAST_METRES = 160.0
_ARROW_EVERY = 230.0


def patrol(data: Facts, photos: list[bytes]) -> bytes:
    """`section`: its name; `line`: its places, [latitude, longitude] each; `track`: such places for every
    unbroken piece; `gaps`: from where to where the phone was silent; `checkpoints`: `name`, `latitude`,
    `longitude`, `reached`, `at` (a time as it is to be read, or empty) each; `labels`: the words for
    `reached`, `missed`, `track`, `gap`, `section`, and `metres`, `kilometres`, `north`."""
    sheet = Sheet(HEIGHT)
    sheet.box(0, 0, WIDTH, 12, DONE)
    sheet.text(MARGIN, 72, data["section"], style.LARGE, bold=True, width=WIDTH - 2 * MARGIN)
    rows = _legend_rows(data)
    height = HEIGHT - _TOP - _LEGEND_ROW * len(rows) - 36
    chart = _Map(sheet, data, MARGIN, _TOP, WIDTH - 2 * MARGIN, height)
    chart.draw()
    for number, row in enumerate(rows):
        _draw_legend(sheet, row, _TOP + height + 42 + number * _LEGEND_ROW)
    return sheet.image()


class _Map:
    """The map itself; everything on it is in pixels from its top left corner."""

    def __init__(self, sheet: Sheet, data: Facts, x: float, y: float, width: float, height: float) -> None:
        sheet.box(x, y, width, height, SOFT, 18)
        self.width, self.height = width, height
        self.axes: Axes = sheet.axes(x, y, width, height)
        self.axes.set_axis_off()
        self.axes.set_zorder(2)
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.data, self.labels = data, data.get("labels", {})
        self.stops: list[Facts] = [s for s in data.get("checkpoints", []) if s["latitude"] is not None]
        self.room = Room(width, height)
        self._fit()

    def draw(self) -> None:
        """Everything, what matters most on top."""
        line = self._pixels(self.data.get("line", []))
        pieces = [self._pixels(piece) for piece in self.data.get("track", [])]
        self._stroke(line, 18, LINE)
        for gap in self.data.get("gaps", []):
            ends = self._pixels(gap)
            self._stroke(ends, 5, DONE, dashes=(1.6, 2.4))
            self.room.cross(ends)
        for piece in pieces:
            self._draw_piece(piece)
        for each in (line, *pieces):
            self.room.cross(each)
        self._draw_scale()
        self._draw_north()
        self._draw_stops()

    def _fit(self) -> None:
        """Find the scale at which everything is on the map."""
        spots = list(_spots(self.data, self.stops))
        self.plane = Plane(spots[0] if spots else (0.0, 0.0))
        flat = [self.plane.xy(spot) for spot in spots] or [(0.0, 0.0)]
        east, north = [x for x, _ in flat], [y for _, y in flat]
        wide = max(_LEAST_METRES, max(east) - min(east))
        high = max(_LEAST_METRES, max(north) - min(north))
        self.scale = min((self.width - 2 * _PAD) / wide, (self.height - 2 * _PAD) / high)
        self.middle = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2

    def _pixels(self, spots: Sequence[Sequence[float]]) -> list[Pixel]:
        return [self._pixel((spot[0], spot[1])) for spot in spots]

    def _pixel(self, spot: Spot) -> Pixel:
        x, y = self.plane.xy(spot)
        across = self.width / 2 + (x - self.middle[0]) * self.scale
        return across, self.height / 2 - (y - self.middle[1]) * self.scale

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

    def _draw_scale(self) -> None:
        metres = _round_length(260 / self.scale)
        long, y = metres * self.scale, self.height - 30
        for width, colour in ((10, PAPER), (4, INK)):
            self._stroke([(28, y - 9), (28, y), (28 + long, y), (28 + long, y - 9)], width, colour)
        far = f"{metres / 1000:g} {self.labels.get('kilometres', 'km')}"
        words = far if metres >= 1000 else f"{metres:g} {self.labels.get('metres', 'm')}"
        self._write(28 + long / 2, y - 32, words, MUTED, "center")
        self.room.take((16, y - 60, max(44 + long, 150), self.height))

    def _draw_north(self) -> None:
        x, y = self.width - 46, 34
        for side, colour in ((-1, INK), (1, MUTED)):
            half = [(x, y), (x + side * 15, y + 44), (x, y + 34)]
            self.axes.add_patch(Polygon(half, closed=True, facecolor=colour, linewidth=0, zorder=6))
        self._write(x, y + 66, self.labels.get("north", "N"), INK, "center")
        self.room.take((x - 34, 0, self.width, y + 90))

    def _draw_stops(self) -> None:
        spots = [self._pixel((stop["latitude"], stop["longitude"])) for stop in self.stops]
        for x, y in spots:
            self.room.take((x - _MARK, y - _MARK, x + _MARK, y + _MARK))
        # Missed ones are named first: if there is not room for all, it is for them.
        both = sorted(zip(self.stops, spots, strict=True), key=lambda pair: bool(pair[0]["reached"]))
        for stop, at in both:
            self._label(stop, at)
        for stop, at in reversed(both):
            mark(self.axes, at, bool(stop["reached"]))

    def _label(self, stop: Facts, at: Pixel) -> None:
        words = style.short(stop["name"], _NAME_WIDTH, SMALL)
        if stop.get("at") and len(self.stops) <= _MOST_TIMES:
            words += f" {stop['at']}"
        width, height = style.width_of(words, SMALL) + 8, SMALL * 1.35
        place = self.room.place(at, _MARK, width, height)
        if place is None:
            return
        left, top, right, bottom = place.box
        if place.leader:
            self._stroke(place.leader, 2, MUTED)
        colour = INK if stop["reached"] else LATE
        self._write((left + right) / 2, (top + bottom) / 2, words, colour, "center")

    def _write(self, x: float, y: float, words: str, colour: str, align: str) -> None:
        halo = [withStroke(linewidth=style.points(7), foreground=SOFT)]
        self.axes.text(
            x, y, style.legible(words), fontsize=style.points(SMALL), color=colour, ha=align,
            va="center_baseline", path_effects=halo, zorder=7,
        )  # fmt: skip


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


def _spots(data: Facts, stops: list[Facts]) -> Iterator[Spot]:
    pieces = [data.get("line", []), *data.get("track", []), *data.get("gaps", [])]
    for piece in pieces:
        yield from ((spot[0], spot[1]) for spot in piece)
    yield from ((stop["latitude"], stop["longitude"]) for stop in stops)


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


def _round_length(most: float) -> float:
    """The longest of 1, 2, 5, 10, 20, 50 … metres that is not more."""
    power: float = 10.0 ** floor(log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def _legend_rows(data: Facts) -> list[list[tuple[str, str]]]:
    """What stands for what, only of what is there, in rows that fit: (kind, words) each."""
    stops, labels = data.get("checkpoints", []), data.get("labels", {})
    reached = sum(bool(stop["reached"]) for stop in stops)
    there = {
        "reached": reached, "missed": len(stops) - reached, "track": len(data.get("track", [])),
        "gap": len(data.get("gaps", [])), "section": len(data.get("line", [])) > 1,
    }  # fmt: skip
    rows: list[list[tuple[str, str]]] = [[]]
    room: float = WIDTH - 2 * MARGIN
    for kind in (kind for kind, count in there.items() if count):
        words = labels.get(kind, kind)
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
        sheet.text(x + 56, y, words, SMALL, colour=MUTED)
        x += _legend_width(words)
