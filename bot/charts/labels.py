"""Where labels go on a map: beside what they name, and not upon one another."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import ceil, hypot
from typing import Self

from bot.base.facts import Struct

# Left, top, right, bottom in pixels.
Box = tuple[float, float, float, float]
Pixel = tuple[float, float]
# How far a label is from what it names; from the second one on, a line leads to it.
_RINGS = (12, 34, 70, 120)
# Right, left, below, above, and in between.
_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
_CELL = 14


class Place(Struct):
    """The room a label got; `leader`: the line that leads to it, where it is far off."""

    box: Box
    leader: tuple[Pixel, Pixel] | None = None


class Room:
    """What is taken on a map of this size. Nothing may lie on a label; on a line it may, if it must."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._taken: list[Box] = []
        self._lines: set[tuple[int, int]] = set()

    def take(self, box: Box) -> Self:
        """Nothing may lie here."""
        self._taken.append(box)
        return self

    def cross(self, line: Sequence[Pixel]) -> None:
        """A line runs here."""
        for (x1, y1), (x2, y2) in pairwise(line):
            steps = max(1, ceil(hypot(x2 - x1, y2 - y1) / _CELL))
            for number in range(steps + 1):
                share = number / steps
                self._lines.add(_cell(x1 + share * (x2 - x1), y1 + share * (y2 - y1)))

    def place(self, at: Pixel, radius: float, width: float, height: float) -> Place | None:
        """The best room for a label of this size about a mark of this radius, which is taken then; None
        where there is none."""
        best: tuple[float, Place] | None = None
        for cost, found in self._candidates(at, radius, width, height):
            if best is not None and cost >= best[0]:
                continue
            if self.is_free(found.box) and not self._is_crossed(found.leader, radius):
                whole = cost + 8 * sum(cell in self._lines for cell in _cells(found.box))
                if best is None or whole < best[0]:
                    best = whole, found
        if best is None:
            return None
        place = best[1]
        self.take(place.box)
        for x, y in _dots(place.leader, radius) if place.leader else ():
            self.take((x - 4, y - 4, x + 4, y + 4))
        return place

    def _candidates(
        self, at: Pixel, radius: float, width: float, height: float
    ) -> Iterator[tuple[float, Place]]:
        for ring, gap in enumerate(_RINGS):
            for side, (right, down) in enumerate(_SIDES):
                away = (radius + gap) * (0.75 if right and down else 1)
                left = at[0] + right * away + (right - 1) * width / 2
                top = at[1] + down * away + (down - 1) * height / 2
                box = left, top, left + width, top + height
                end = min(max(at[0], left), left + width), min(max(at[1], top), top + height)
                yield ring * 30 + side, Place(box, (at, end) if ring else None)

    def is_free(self, box: Box) -> bool:
        """Whether it is on the map, and nothing lies there."""
        left, top, right, bottom = box
        if left < 8 or top < 8 or right > self.width - 8 or bottom > self.height - 8:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self._taken
        )

    def _is_crossed(self, leader: tuple[Pixel, Pixel] | None, radius: float) -> bool:
        """Whether a leader runs over a label or a mark."""
        return leader is not None and any(
            left < x < right and top < y < bottom
            for x, y in _dots(leader, radius)
            for left, top, right, bottom in self._taken
        )


def _dots(leader: tuple[Pixel, Pixel], radius: float) -> Iterator[Pixel]:
    """Places along a leader outside of the mark it starts from."""
    (x1, y1), (x2, y2) = leader
    length = hypot(x2 - x1, y2 - y1)
    away = 1.5 * radius
    while away < length:
        yield x1 + (x2 - x1) * away / length, y1 + (y2 - y1) * away / length
        away += 6


def _cells(box: Box) -> Iterable[tuple[int, int]]:
    first, last = _cell(box[0], box[1]), _cell(box[2], box[3])
    return ((x, y) for x in range(first[0], last[0] + 1) for y in range(first[1], last[1] + 1))


def _cell(x: float, y: float) -> tuple[int, int]:
    return int(x // _CELL), int(y // _CELL)
