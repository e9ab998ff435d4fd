"""A map of posts and open hazards: discs and triangles, each told in the legend. No streets: what lies around
is nobody's to send."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke

from bot.charts import style
from bot.charts.labels import Pixel, Room
from bot.charts.style import BODY, DONE, INK, LATE, MARGIN, MUTED, OPEN, PAPER, SMALL, SOFT, WIDTH, Sheet
from bot.notices import Facts
from bot.planar import Plane

_HEAD, _HIGH, _PAD, _MARK = 124, 860, 70, 15
_WIDE = WIDTH - 2 * MARGIN
# Less than this is not shown larger: a single post is a place, not a country.
_LEAST_METRES = 600.0
_NAME_WIDTH, _MOST_NAMES = 230, 40
# Lengths that a scale may have, in metres.
_LENGTHS = tuple(10**power * n for power in range(1, 6) for n in (1, 2, 5))


def height(_: Facts) -> float:
    """How high it becomes, in pixels."""
    return _HEAD + _HIGH


def draw(sheet: Sheet, y: float, data: Facts) -> None:
    """`title`; `legend`: words for a post with somebody there, with nobody, a hazard, one past its date;
    `posts`: `name`, `latitude`, `longitude`, `manned`; `hazards`: `name`, `latitude`, `longitude`, `overdue`;
    `metres`, `kilometres`: their short names."""
    sheet.text(MARGIN, y + 28, data["title"], BODY, bold=True, width=_WIDE)
    sheet.legend(y + 84, list(zip((DONE, MUTED, OPEN, LATE), data["legend"], strict=True)))
    sheet.box(MARGIN, y + _HEAD, _WIDE, _HIGH, SOFT, 18)
    axes: Axes = sheet.axes(MARGIN, y + _HEAD, _WIDE, _HIGH)
    axes.set_axis_off()
    axes.set_zorder(2)
    axes.set_xlim(0, _WIDE)
    axes.set_ylim(_HIGH, 0)
    things = [*data["posts"], *data["hazards"]]
    scale, spots = _placed(things)
    room = Room(_WIDE, _HIGH)
    _scale_bar(axes, room, scale, data)
    for x, high in spots:
        room.take((x - _MARK, high - _MARK, x + _MARK, high + _MARK))
    for thing, spot in zip(things, spots, strict=True):
        _mark(axes, thing, spot)
    for thing, spot in list(zip(things, spots, strict=True))[:_MOST_NAMES]:
        _name(axes, room, thing, spot)


def _placed(things: list[Facts]) -> tuple[float, list[Pixel]]:
    """Pixels a metre, and where each thing is on the map."""
    first = things[0]
    plane = Plane((first["latitude"], first["longitude"]))
    flat = [plane.xy((thing["latitude"], thing["longitude"])) for thing in things]
    east, north = [x for x, _ in flat], [y for _, y in flat]
    wide, high = (max(_LEAST_METRES, max(side) - min(side)) for side in (east, north))
    scale = min((_WIDE - 2 * _PAD) / wide, (_HIGH - 2 * _PAD) / high)
    across, up = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    return scale, [(_WIDE / 2 + (x - across) * scale, _HIGH / 2 - (y - up) * scale) for x, y in flat]


def _mark(axes: Axes, thing: Facts, at: Pixel) -> None:
    """A disc for a post, hollow where nobody is; a triangle for a hazard."""
    x, y = at
    shape: Any
    if "manned" in thing:
        colour = DONE if thing["manned"] else MUTED
        filled = colour if thing["manned"] else PAPER
        shape = Circle(at, _MARK - 2, facecolor=filled, edgecolor=colour, linewidth=style.points(5), zorder=5)
    else:
        corners = [(x, y - _MARK), (x - _MARK, y + _MARK * 0.8), (x + _MARK, y + _MARK * 0.8)]
        colour = LATE if thing["overdue"] else OPEN
        shape = Polygon(
            corners, closed=True, facecolor=colour, edgecolor=PAPER, linewidth=style.points(3), zorder=6
        )
    axes.add_patch(shape)


def _name(axes: Axes, room: Room, thing: Facts, at: Pixel) -> None:
    words = style.short(thing["name"], _NAME_WIDTH, SMALL)
    place = room.place(at, _MARK, style.width_of(words, SMALL) + 8, SMALL * 1.35)
    if not words or place is None:
        return
    if place.leader:
        axes.plot(*zip(*place.leader, strict=True), color=MUTED, linewidth=style.points(2), zorder=4)
    left, top, right, bottom = place.box
    _write(axes, (left + right) / 2, (top + bottom) / 2, words, INK)


def _scale_bar(axes: Axes, room: Room, scale: float, data: Facts) -> None:
    length = max((long for long in _LENGTHS if long * scale <= 240), default=_LENGTHS[0])
    y, long = _HIGH - 30, length * scale
    axes.plot(
        [28, 28, 28 + long, 28 + long], [y - 9, y, y, y - 9], color=INK, linewidth=style.points(4), zorder=7
    )
    far = f"{length // 1000} {data['kilometres']}" if length >= 1000 else f"{length} {data['metres']}"
    _write(axes, 28 + max(long, 80) / 2, y - 32, far, MUTED)
    room.take((16, y - 60, max(44 + long, 150), _HIGH))


def _write(axes: Axes, x: float, y: float, words: str, colour: str) -> None:
    halo = [withStroke(linewidth=style.points(7), foreground=SOFT)]
    axes.text(
        x, y, style.legible(words), fontsize=style.points(SMALL), color=colour, ha="center",
        va="center_baseline", path_effects=halo, zorder=8,
    )  # fmt: skip
