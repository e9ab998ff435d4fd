"""Lines on a small piece of the earth, laid flat: simplified, and how much of one lies near another."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, ceil, cos, floor, hypot, radians, sin, sqrt

from bot.base.facts import Struct

EARTH_METRES = 6_371_008.8

# Latitude and longitude in degrees, WGS-84.
Spot = tuple[float, float]
# Metres east and north of some origin.
XY = tuple[float, float]
# A line is looked at once in so many metres, and at no more places than this.
STEP_METRES, MOST_STEPS = 10.0, 5_000


class Plane:
    """The earth around a place as if it were flat: over 50 kilometres it is wrong by a metre in a hundred."""

    def __init__(self, origin: Spot) -> None:
        self.origin = origin
        self._degree = radians(1) * EARTH_METRES
        self._shrink = cos(radians(origin[0]))

    def spot(self, place: XY) -> Spot:
        """The place that lies so many metres east and north."""
        east = self.origin[1] + place[0] / (self._degree * self._shrink)
        return self.origin[0] + place[1] / self._degree, (east + 180) % 360 - 180

    def xy(self, place: Spot) -> XY:
        """Where a place lies, the shorter way around the earth."""
        east = (place[1] - self.origin[1] + 180) % 360 - 180
        return east * self._degree * self._shrink, (place[0] - self.origin[0]) * self._degree


class Nearest(Struct):
    """How near a stretch comes to a place, in metres, and after which share of it (0 to 1)."""

    metres: float
    share: float


def nearest(place: XY, start: XY, end: XY) -> Nearest:
    """Where a stretch comes nearest to a place."""
    (x, y), (x1, y1), (x2, y2) = place, start, end
    along, up = x2 - x1, y2 - y1
    square = along * along + up * up
    share = min(1.0, max(0.0, ((x - x1) * along + (y - y1) * up) / square)) if square else 0.0
    return Nearest(hypot(x - x1 - share * along, y - y1 - share * up), share)


def simplified(line: Sequence[Spot], tolerance: float) -> list[Spot]:
    """The line with as few of its places as keep it within `tolerance` metres (Ramer, Douglas, Peucker)."""
    if len(line) < 3:
        return list(line)
    plane = Plane(line[0])
    return [line[place] for place in needed([plane.xy(place) for place in line], tolerance)]


def needed(flat: Sequence[XY], tolerance: float) -> list[int]:
    """Which places of a line keep it within `tolerance` metres, by their numbers."""
    kept, todo = {0, len(flat) - 1}, [(0, len(flat) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        away, place = max(
            (nearest(flat[n], flat[first], flat[last]).metres, n) for n in range(first + 1, last)
        )
        if away > tolerance:
            kept.add(place)
            todo += [(first, place), (place, last)]
    return sorted(kept)


def share_near(line: Sequence[Spot], pieces: Sequence[Sequence[Spot]], metres: float) -> float | None:
    """The share of the line (0 to 1) that lies within so many metres of any of the pieces; None where the
    line has no length."""
    if not line:
        return None
    plane = Plane(line[0])
    places = list(_along([plane.xy(place) for place in line]))
    if len(places) < 2:
        return None
    cells = _Cells(metres)
    for piece in pieces:
        flat = [plane.xy(place) for place in piece]
        for start, end in _stretches(flat):
            cells.add(start, end)
    return sum(cells.is_near(place) for place in places) / len(places)


def is_near(place: Spot, pieces: Sequence[Sequence[Spot]], metres: float) -> bool:
    """Whether any of the pieces comes within so many metres of a place."""
    plane = Plane(place)
    flat = ([plane.xy(spot) for spot in piece] for piece in pieces)
    return any(
        nearest((0.0, 0.0), start, end).metres <= metres for piece in flat for start, end in _stretches(piece)
    )


def _stretches(line: Sequence[XY]) -> list[tuple[XY, XY]]:
    """From place to place; a single place is a stretch without length."""
    return list(pairwise(line)) or [(place, place) for place in line]


def _along(line: Sequence[XY]) -> Iterator[XY]:
    """Places along a line, evenly apart."""
    lengths = [hypot(end[0] - start[0], end[1] - start[1]) for start, end in pairwise(line)]
    whole = sum(lengths)
    if not whole:
        return
    step = whole / min(MOST_STEPS, max(1, ceil(whole / STEP_METRES)))
    wanted = 0.0
    before = 0.0
    for (start, end), length in zip(pairwise(line), lengths, strict=True):
        while length and wanted <= before + length + step / 1_000:
            share = min(1.0, (wanted - before) / length)
            yield start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
            wanted += step
        before += length


class _Cells:
    """Stretches by the squares of a grid they run through: only those around a place are measured."""

    def __init__(self, metres: float) -> None:
        self.metres = metres
        # Stretches are noted a quarter of a side apart: none comes near without a note in the next square.
        self.side = 1.25 * metres
        self.found: dict[tuple[int, int], list[tuple[XY, XY]]] = {}

    def add(self, start: XY, end: XY) -> None:
        """Note a stretch."""
        steps = max(1, ceil(hypot(end[0] - start[0], end[1] - start[1]) / (self.side / 4)))
        noted = set()
        for number in range(steps + 1):
            share = number / steps
            noted.add(
                self._cell((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
            )
        for cell in noted:
            self.found.setdefault(cell, []).append((start, end))

    def is_near(self, place: XY) -> bool:
        """Whether a stretch comes within reach of the place."""
        column, row = self._cell(place)
        around = [(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
        return any(
            nearest(place, start, end).metres <= self.metres
            for cell in around
            for start, end in self.found.get(cell, ())
        )

    def _cell(self, place: XY) -> tuple[int, int]:
        return floor(place[0] / self.side), floor(place[1] / self.side)


def metres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The distance between two points on the sphere, in metres (haversine)."""
    up = radians(other_latitude - latitude)
    along = radians(other_longitude - longitude)
    bow = sin(up / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(along / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(bow)))
