"""Moving: the way that fixes tell, and where somebody stood. Reads nothing.

How much the fixes scatter is taken from the fixes themselves, not from what the phone says of them. Somebody
moves where the middle of the fixes before and that of those after lie further apart than scatter and drift
explain. Who does not move is at one place, whatever the fixes do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby, pairwise
from math import ceil, hypot, sqrt
from statistics import median

from bot.fixes import Point, Rules
from bot.planar import XY, Plane, needed

# Seconds before and after that are looked at, and how many metres a second is moving over them: what drifts
# is slow, and a walk of less than a minute is quick.
_SCALES = ((30.0, 0.7), (60.0, 0.5), (180.0, 0.3))
# So many fixes make a middle; so much further than the middles are wrong by is moving.
_FIXES, _SURE = 3, 5.0
# Who stands for less than this is on the way.
_STAND = 120.0
# Nearer than this to where somebody stood, and soon back, is no way.
_SHORT = 30.0
# So much longer the scatter may make a way: one part in so many.
_PART = 50.0
# Of the scatter, how far a way may pass from where somebody was.
_NEAR = 0.6
# What drifts stays within what the phone says it is sure of, as far as the phone can be believed.
_SAID, _MOST_SAID = 1.2, 50.0
# Fewer points than this say nothing of their scatter.
_FEW = 6
# Of the scatter of fixes: the median of distances, and the error of a median.
_RAYLEIGH, _OF_MEDIAN = 1.1774, 1.2533


@dataclass(frozen=True, slots=True)
class _Fixes:
    """Points laid flat, with the seconds since the first."""

    points: Sequence[Point]
    flat: list[XY]
    times: list[float]
    scatter: float

    def middle(self, first: int, last: int) -> XY:
        """The middle of some, the last one not among them."""
        return median(x for x, _ in self.flat[first:last]), median(y for _, y in self.flat[first:last])

    def place(self, first: int, last: int) -> tuple[float, XY]:
        """When and where the middle of some was."""
        return self.time(first, last), self.middle(first, last)

    def time(self, first: int, last: int) -> float:
        """The middle of their times."""
        return (self.times[first] + self.times[last - 1]) / 2


def way(points: Sequence[Point], rules: Rules) -> list[Point]:
    """The way that points in order of time tell, as few places as it takes: one where somebody stood, and
    where they moved so many that the scatter makes it no longer. Its ends have the times of the first and
    the last point."""
    if len(points) < _FEW:
        return _steps(points, rules)
    plane = Plane(points[0].spot)
    flat = [plane.xy(point.spot) for point in points]
    times = [(point.at - points[0].at).total_seconds() for point in points]
    fixes = _Fixes(points, flat, times, max(1.0, _scatter(flat, times)))
    found: list[tuple[float, XY]] = []
    for first, last, is_moving in _stretches(fixes, rules):
        found += _moved(fixes, first, last) if is_moving else [fixes.place(first, last)]
    kept = [found[number] for number in needed([place for _, place in found], _NEAR * fixes.scatter)]
    ways = [Point(points[0].at + timedelta(seconds=at), *plane.spot(place)) for at, place in kept]
    ways[0] = replace(ways[0], at=points[0].at)
    return [*ways[:-1], replace(ways[-1], at=points[-1].at)] if len(ways) > 1 else ways


def _steps(points: Sequence[Point], rules: Rules) -> list[Point]:
    """Of few points, those that lie further from the one before than either may be wrong by."""
    plane, found = Plane(points[0].spot), [points[0]]
    for point in points[1:]:
        (x1, y1), (x2, y2) = plane.xy(found[-1].spot), plane.xy(point.spot)
        if hypot(x2 - x1, y2 - y1) >= max(rules.still_metres, found[-1].accuracy or 0, point.accuracy or 0):
            found.append(point)
    return found


def _scatter(flat: Sequence[XY], times: Sequence[float]) -> float:
    """By how many metres fixes are wrong, north or east (one standard deviation): how far each lies from
    where those around it say. Straight ways and even bends add nothing."""
    return min(_residual(flat, times, (-1, 1)), _residual(flat, times, (-1, 1, 2)))


def _residual(flat: Sequence[XY], times: Sequence[float], around: Sequence[int]) -> float:
    found = []
    for number in range(1, len(flat) - max(around)):
        shares = _shares(times[number], [times[number + off] for off in around])
        x, y = (
            flat[number][side]
            - sum(share * flat[number + off][side] for share, off in zip(shares, around, strict=True))
            for side in (0, 1)
        )
        found.append(hypot(x, y) / sqrt(1 + sum(share * share for share in shares)))
    return median(found) / _RAYLEIGH


def _shares(at: float, times: Sequence[float]) -> list[float]:
    """What each of these times counts for in a curve through them, read at `at` (Lagrange)."""
    shares = []
    for time in times:
        share = 1.0
        for other in times:
            if other != time:
                share *= (at - other) / (time - other)
        shares.append(share)
    return shares


def _stretches(fixes: _Fixes, rules: Rules) -> list[tuple[int, int, bool]]:
    """From which point to which (the last one not among them) somebody moved, or stood."""
    moving = _moving(fixes)
    runs = _runs(moving)
    for first, last, flag in runs:
        if not flag and len(runs) > 1 and fixes.times[last - 1] - fixes.times[first] < _STAND:
            moving[first:last] = [True] * (last - first)
    found = _runs(moving)
    for number, (first, last, flag) in enumerate(found):
        around = [found[n] for n in (number - 1, number + 1) if 0 <= n < len(found)]
        if flag and around and _is_nowhere(fixes, first, last, [fixes.middle(*side[:2]) for side in around]):
            moving[first:last] = [False] * (last - first)
    found = _runs(moving)
    for number, (first, last, flag) in enumerate(found):
        if not flag:
            continue
        near = max(rules.still_metres, 3 * fixes.scatter)
        if number:
            _stay(fixes, moving, range(first, last), fixes.middle(*found[number - 1][:2]), near)
        if number + 1 < len(found):
            _stay(fixes, moving, range(last - 1, first, -1), fixes.middle(*found[number + 1][:2]), near)
    return _runs(moving)


def _stay(fixes: _Fixes, moving: list[bool], numbers: range, there: XY, near: float) -> None:
    """Who is still as near to where they stood has not left; one fix further off says nothing."""
    ways = [hypot(fixes.flat[n][0] - there[0], fixes.flat[n][1] - there[1]) for n in numbers]
    for number, way, next_way in zip(numbers, ways, ways[1:], strict=False):
        if way > near and next_way > near:
            break
        moving[number] = False


def _runs(flags: Sequence[bool]) -> list[tuple[int, int, bool]]:
    found, first = list[tuple[int, int, bool]](), 0
    for flag, run in groupby(flags):
        last = first + len(list(run))
        found.append((first, last, flag))
        first = last
    return found


def _is_nowhere(fixes: _Fixes, first: int, last: int, stands: Sequence[XY]) -> bool:
    """Whether a short stretch leads from where somebody stood to nowhere but there."""
    if fixes.times[last - 1] - fixes.times[first] > 4 * _STAND:
        return False
    near = _SHORT + _SURE * fixes.scatter
    ways = (min(hypot(x - p, y - q) for p, q in stands) for x, y in fixes.flat[first:last])
    # A wild fix here or there is what made it look like a way.
    close = sum(way < near for way in ways) >= 0.5 * (last - first)
    return close and all(hypot(a[0] - b[0], a[1] - b[1]) < _SHORT for a, b in pairwise(stands))


def _moving(fixes: _Fixes) -> list[bool]:
    """Of each point, whether somebody moves there."""
    found = [False] * len(fixes.times)
    steps = [after - before for before, after in pairwise(fixes.times)]
    for seconds, pace in _SCALES:
        long = max(seconds, _FIXES * median(steps)) if (seconds, pace) == _SCALES[-1] else seconds
        for number, time in enumerate(fixes.times):
            if _is_moving(fixes, number, long, pace):
                first = bisect_left(fixes.times, time - long / 2)
                last = bisect_right(fixes.times, time + long / 2)
                found[first:last] = [True] * (last - first)
    return found


def _is_moving(fixes: _Fixes, number: int, long: float, pace: float) -> bool:
    time = fixes.times[number]
    first, last = bisect_left(fixes.times, time - long), bisect_right(fixes.times, time + long)
    before, after = number + 1 - first, last - number
    if min(before, after) < _FIXES:
        return False
    (x1, y1), (x2, y2) = fixes.middle(first, number + 1), fixes.middle(number, last)
    apart = fixes.time(number, last) - fixes.time(first, number + 1)
    said = _SAID * min(_MOST_SAID, median(point.accuracy or 0 for point in fixes.points[first:last]))
    error = _OF_MEDIAN * fixes.scatter * sqrt(1 / before + 1 / after)
    return hypot(x2 - x1, y2 - y1) >= max(pace * apart, _SURE * error, said)


def _moved(fixes: _Fixes, first: int, last: int) -> list[tuple[float, XY]]:
    """The way of a stretch: the middles of so many points each that the scatter hardly lengthens it."""
    each = (fixes.times[last - 1] - fixes.times[first]) / max(1, last - first - 1)
    minute = _middles(fixes, first, last, max(1, round(60 / max(1.0, each))))
    paces = [hypot(x2 - x1, y2 - y1) / (t2 - t1) for (t1, (x1, y1)), (t2, (x2, y2)) in pairwise(minute)]
    # Rests within the stretch are no part of the pace.
    pace = max(0.3, sorted(paces or [1.0])[len(paces) * 3 // 4])
    together = (_PART * fixes.scatter**2 * each / pace**2) ** (1 / 3)
    return _middles(fixes, first, last, max(1, ceil(together / max(1.0, each))))


def _middles(fixes: _Fixes, first: int, last: int, size: int) -> list[tuple[float, XY]]:
    """The middles of so many points each."""
    return [fixes.place(at, min(at + size, last)) for at in range(first, last, size)]
