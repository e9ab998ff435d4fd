"""The map of an area's hazards and posts. No streets: what lies around is nobody's to send."""

from math import floor, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.patheffects import withStroke

from bot.charts import style
from bot.charts.labels import Pixel, Room
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
    SOFT,
    WIDTH,
    Sheet,
)
from bot.notices import Facts
from bot.planar import Plane

HEIGHT, _MAP_HEIGHT, _ROW = 1440, 1090, 50
_PAD = 90
_POST, _NAME = 15, 240
# What is smaller than this is not shown larger.
_LEAST_METRES = 300.0
_SEVERITIES = {"urgent": LATE, "serious": OPEN, "normal": DONE}
_ORDER = ("normal", "serious", "urgent")


def hazard_map(data: Facts, photos: list[bytes]) -> bytes:
    """`title`, `subtitle`; `hazards`: `number`, `latitude`, `longitude`, `severity`, `late`, `fixed` each;
    `posts`: `name`, `latitude`, `longitude` each; `labels`: the words for `urgent`, `serious`, `normal`,
    `late`, `fixed`, `post`, `north`, `metres`, `kilometres`."""
    sheet = Sheet(HEIGHT)
    sheet.header(data["title"], data["subtitle"])
    chart = _Map(sheet, data)
    chart.draw()
    _draw_legend(sheet, data, len(chart.posts))
    return sheet.image()


class _Map:
    """The map itself; everything on it is in pixels from its top left corner."""

    def __init__(self, sheet: Sheet, data: Facts) -> None:
        self.width, self.height = WIDTH - 2 * MARGIN, _MAP_HEIGHT
        sheet.box(MARGIN, HEADER, self.width, self.height, SOFT, 18)
        self.axes = _canvas(sheet, MARGIN, HEADER, self.width, self.height)
        self.labels, self.posts = data["labels"], data["posts"]
        # What needs haste lies on top, and gets its number first.
        self.hazards = sorted(data["hazards"], key=_haste)
        self.room = Room(self.width, self.height)
        self.radius = 17 if len(self.hazards) <= 60 else 13 if len(self.hazards) <= 200 else 9
        self._fit()

    def draw(self) -> None:
        """Posts, hazards, then as many names and numbers as there is room for."""
        self._draw_scale()
        self._draw_north()
        dots = _apart([self._pixel(each) for each in self.hazards], self.radius)
        posts = [self._pixel(each) for each in self.posts]
        for x, y in posts:
            self.room.take((x - _POST, y - _POST, x + _POST, y + _POST))
            square(self.axes, (x, y))
        for x, y in dots:
            self.room.take((x - self.radius, y - self.radius, x + self.radius, y + self.radius))
        for each, at in zip(self.hazards, dots, strict=True):
            dot(self.axes, at, self.radius, each)
        for each, at in reversed(list(zip(self.hazards, dots, strict=True))):
            self._label(each["number"], at, self.radius, LATE if each["late"] else INK)
        for each, at in zip(self.posts, posts, strict=True):
            self._label(style.short(each["name"], _NAME, SMALL), at, _POST, MUTED)

    def _fit(self) -> None:
        """Find the scale at which all is on the map. A post far from every hazard is left out."""
        spots = [(each["latitude"], each["longitude"]) for each in self.hazards]
        spots = spots or [(each["latitude"], each["longitude"]) for each in self.posts] or [(0.0, 0.0)]
        self.plane = Plane(spots[0])
        flat = [self.plane.xy(spot) for spot in spots]
        east, north = [x for x, _ in flat], [y for _, y in flat]
        wide = max(_LEAST_METRES, max(east) - min(east))
        high = max(_LEAST_METRES, max(north) - min(north))
        self.scale = min((self.width - 2 * _PAD) / wide, (self.height - 2 * _PAD) / high)
        self.middle = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
        self.posts = [each for each in self.posts if self._is_on(self._pixel(each))]

    def _pixel(self, each: Facts) -> Pixel:
        x, y = self.plane.xy((each["latitude"], each["longitude"]))
        across = self.width / 2 + (x - self.middle[0]) * self.scale
        return across, self.height / 2 - (y - self.middle[1]) * self.scale

    def _is_on(self, at: Pixel) -> bool:
        edge = 30.0
        return edge < at[0] < self.width - edge and edge < at[1] < self.height - edge

    def _label(self, words: str, at: Pixel, radius: float, colour: str) -> None:
        width, height = style.width_of(words, SMALL) + 8, SMALL * 1.3
        place = self.room.place(at, radius, width, height)
        if place is None:
            return
        left, top, right, bottom = place.box
        if place.leader:
            (x1, y1), (x2, y2) = place.leader
            self.axes.plot([x1, x2], [y1, y2], color=MUTED, linewidth=style.points(2), zorder=2)
        _write(self.axes, (left + right) / 2, (top + bottom) / 2, words, colour)

    def _draw_scale(self) -> None:
        metres = _round_length(260 / self.scale)
        long, y = metres * self.scale, self.height - 30
        for width, colour in ((10, PAPER), (4, INK)):
            self.axes.plot(
                [28, 28, 28 + long, 28 + long], [y - 9, y, y, y - 9], color=colour,
                linewidth=style.points(width), zorder=6,
            )  # fmt: skip
        far = f"{metres / 1000:g} {self.labels['kilometres']}"
        words = far if metres >= 1000 else f"{metres:g} {self.labels['metres']}"
        _write(self.axes, 28 + long / 2, y - 32, words, MUTED)
        self.room.take((16, y - 60, max(44 + long, 150), self.height))

    def _draw_north(self) -> None:
        x, y = self.width - 46, 34
        for side, colour in ((-1, INK), (1, MUTED)):
            half = [(x, y), (x + side * 15, y + 44), (x, y + 34)]
            self.axes.add_patch(Polygon(half, closed=True, facecolor=colour, linewidth=0, zorder=6))
        _write(self.axes, x, y + 66, self.labels["north"], INK)
        self.room.take((x - 34, 0, self.width, y + 90))


def dot(axes: Axes, at: Pixel, radius: float, hazard: Facts) -> None:
    """A hazard: a disc in the colour of its severity, pale once it is put right; ringed where overdue."""
    colour = NONE if hazard["fixed"] else _SEVERITIES.get(hazard["severity"], DONE)
    if hazard["late"]:
        axes.add_patch(Circle(at, radius + 6, facecolor=PAPER, edgecolor=INK, linewidth=1.4, zorder=3))
    axes.add_patch(Circle(at, radius, facecolor=colour, edgecolor=PAPER, linewidth=0.7, zorder=3))


def square(axes: Axes, at: Pixel) -> None:
    """A post."""
    corner = at[0] - _POST, at[1] - _POST
    axes.add_patch(
        Rectangle(corner, 2 * _POST, 2 * _POST, facecolor=INK, edgecolor=PAPER, linewidth=1, zorder=2.5)
    )


def _haste(hazard: Facts) -> tuple[bool, bool, int]:
    severity = hazard["severity"]
    return not hazard["fixed"], bool(hazard["late"]), _ORDER.index(severity) if severity in _ORDER else 0


def _apart(dots: list[Pixel], radius: float) -> list[Pixel]:
    """Those at the very same place side by side, so that each is seen."""
    found: list[Pixel] = []
    there: dict[tuple[int, int], int] = {}
    for x, y in dots:
        cell = round(x / radius), round(y / radius)
        before = there.get(cell, 0)
        there[cell] = before + 1
        ring, place = divmod(before + 5, 6)
        away = 2.2 * radius * ring
        turn = ((1, 0), (-0.5, 0.87), (-0.5, -0.87), (-1, 0), (0.5, 0.87), (0.5, -0.87))[place]
        found.append((x + away * turn[0], y + away * turn[1]) if before else (x, y))
    return found


def _draw_legend(sheet: Sheet, data: Facts, posts: int) -> None:
    """What stands for what, with how many of each; only of what is there."""
    hazards, labels = data["hazards"], data["labels"]
    plain = {"late": False, "fixed": False}
    shown: list[tuple[str, int, Any]] = [
        (key, sum(h["severity"] == key and not h["fixed"] for h in hazards), plain | {"severity": key})
        for key in reversed(_ORDER)
    ]
    late, fixed = sum(h["late"] for h in hazards), sum(h["fixed"] for h in hazards)
    shown.append(("late", late, {"late": True, "fixed": True, "severity": ""}))
    shown.append(("fixed", fixed, plain | {"fixed": True, "severity": ""}))
    shown.append(("post", posts, None))
    top = HEADER + _MAP_HEIGHT + 16
    axes = _canvas(sheet, 0, top, WIDTH, 2 * _ROW)
    x, y = float(MARGIN), _ROW / 2
    for key, number, mark in shown:
        words = f"{labels[key]} {number}" if mark else labels[key]
        long = 44 + style.width_of(words, SMALL) + 34
        if number and x + long > WIDTH:
            x, y = float(MARGIN), y + _ROW
        if number and mark:
            dot(axes, (x + 18, y), 12, mark)
        elif number:
            square(axes, (x + 18, y))
        if number:
            sheet.text(x + 44, top + y, words, SMALL, colour=MUTED)
            x += long


def _canvas(sheet: Sheet, x: float, y: float, width: float, height: float) -> Axes:
    axes = sheet.axes(x, y, width, height)
    axes.set_axis_off()
    axes.set_zorder(2)
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return axes


def _write(axes: Axes, x: float, y: float, words: str, colour: str) -> None:
    halo = [withStroke(linewidth=style.points(6), foreground=SOFT)]
    axes.text(
        x, y, style.legible(words), fontsize=style.points(SMALL), color=colour, ha="center",
        va="center_baseline", path_effects=halo, zorder=7,
    )  # fmt: skip


def _round_length(most: float) -> float:
    """The longest of 1, 2, 5, 10, 20, 50 … metres that is not more."""
    power: float = 10.0 ** floor(log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)
