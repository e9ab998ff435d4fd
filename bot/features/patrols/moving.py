"""Moving: the way that fixes tell, and where somebody stood. Reads nothing.

What a phone is wrong by wanders about, but stays near where it is; somebody who walks gets away. So a stay
ends only where the track leaves it further behind than fixes may be wrong by, or goes on and on one way.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise
from math import hypot, inf, sqrt
from statistics import median

from bot.base.facts import Struct
from bot.base.fixes import Point, Rules
from bot.base.geometry import XY, Plane, needed

# By how many metres fixes are wrong, at least and at most; a stay reaches so many times as far.
_LEAST, _MOST, _REACH = 25.0, 40.0, 3.3
# Of the distance that half the fixes of a stay lie off, how far it reaches.
_WANDER = 4.0
# Seconds before and after that are looked at, and how many metres a second is moving over them.
_SCALES = ((30.0, 0.7), (60.0, 0.5), (180.0, 0.25))
# So many fixes make a middle; so much further than the middles are wrong by is moving.
_FIXES, _SURE = 3, 5.0
# Who stands for less than this is on the way; who is about one place for this long stands:
# within this share of the reach.
_STAND, _STAY, _ABOUT = 120.0, 600.0, 0.55
# Who goes about turns little (the mean cosine of the turns) at some pace, in steps of some of these seconds.
_GOING, _GOING_PACE, _GOING_STEPS = 0.6, 0.25, (10.0, 20.0, 40.0)
# A way runs through the middles of so many seconds: as few as leave it this straight;
# wider ones would cut off bends where it is less bent than the second.
_STRAIGHT, _BEND, _WIDTHS = 0.25, 0.5, (10.0, 20.0, 40.0, 60.0, 90.0, 120.0, 180.0, 240.0)
# Of the scatter, how far a way may pass from where somebody was.
_NEAR = 0.4
# So much longer the scatter may make a way: one part in so many.
_PART = 25.0
# Fewer points than this say nothing of their scatter.
_FEW = 6
# Of the scatter of fixes: the median of distances, and the error of a median.
_RAYLEIGH, _OF_MEDIAN = 1.1774, 1.2533


class _Fixes(Struct):
    """Places laid flat, with the seconds since the first; `scatter` and `reach` in metres."""

    flat: list[XY]
    times: list[float]
    scatter: float = 0.0
    reach: float = 0.0

    def middle(self, first: int, last: int) -> XY:
        """The middle of some, the last one not among them."""
        return median(x for x, _ in self.flat[first:last]), median(y for _, y in self.flat[first:last])

    def place(self, first: int, last: int) -> tuple[float, XY]:
        """When and where the middle of some was."""
        return (self.times[first] + self.times[last - 1]) / 2, self.middle(first, last)

    def middles(self, windows: Sequence[tuple[int, int]]) -> list[XY]:
        """The middles of windows that move on."""
        return list(zip(*(_rolling([xy[side] for xy in self.flat], windows) for side in (0, 1)), strict=True))

    def parts(self, first: int, last: int, seconds: float) -> list[tuple[int, int]]:
        """Those from `first` to `last`, in parts of so many seconds."""
        found = []
        for _, part in groupby(
            range(first, last), key=lambda n: int((self.times[n] - self.times[first]) / seconds)
        ):
            numbers = list(part)
            found.append((numbers[0], numbers[-1] + 1))
        return found


def way(points: Sequence[Point], rules: Rules) -> list[Point]:
    """The way that points in order of time tell, as few places as it takes: one where somebody stood, and
    where they moved so many that the scatter makes it no longer. Its ends have the times of the first and
    the last point."""
    if len(points) < _FEW:
        return _steps(points, rules)
    plane = Plane(points[0].spot)
    fixes = _fixes(points, plane, rules)
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


def _fixes(points: Sequence[Point], plane: Plane, rules: Rules) -> _Fixes:
    """Points laid flat, the middles of those that came more often than they are kept."""
    every = _Fixes(
        [plane.xy(p.spot) for p in points], [(p.at - points[0].at).total_seconds() for p in points]
    )
    fewer = [
        every.place(*part) if part[1] - part[0] > 1 else (every.times[part[0]], every.flat[part[0]])
        for part in every.parts(0, len(points), rules.point_seconds)
    ]
    times, flat = [time for time, _ in fewer], [place for _, place in fewer]
    scatter = max(1.0, _scatter(flat, times))
    said = median(point.accuracy or 0 for point in points)
    return _Fixes(flat, times, scatter, _REACH * min(_MOST, max(_LEAST, said, scatter)))


def _scatter(flat: Sequence[XY], times: Sequence[float]) -> float:
    """By how many metres fixes are wrong, north or east (one standard deviation): how far each lies from
    where those around it say. Straight ways and even bends add nothing."""
    return min(_residual(flat, times, (-1, 1)), _residual(flat, times, (-1, 1, 2)))


def _residual(flat: Sequence[XY], times: Sequence[float], around: Sequence[int]) -> float:
    found = [0.0]
    for number in range(1, len(flat) - max(around), 1 + len(flat) // 500):
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


def _rolling(values: Sequence[float], windows: Sequence[tuple[int, int]]) -> list[float]:
    """The median of each window; each begins and ends no earlier than the one before."""
    ordered, first, last, found = list[float](), 0, 0, list[float]()
    for start, end in windows:
        for value in values[last:end]:
            insort(ordered, value)
        for value in values[first:start]:
            del ordered[bisect_left(ordered, value)]
        first, last = start, end
        half = len(ordered) // 2
        found.append(ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2)
    return found


def _stretches(fixes: _Fixes, rules: Rules) -> list[tuple[int, int, bool]]:
    """From which fix to which (the last one not among them) somebody moved, or stood."""
    moving = _moving(fixes)
    going = [moves and goes for moves, goes in zip(moving, _going(fixes), strict=True)]
    for first, last in _confined(fixes):
        moving[first:last] = going[first:last]
    runs = _runs(moving)
    for first, last, flag in runs:
        if not flag and len(runs) > 1 and fixes.times[last - 1] - fixes.times[first] < _STAND:
            moving[first:last] = [True] * (last - first)
    # A stay's place is better known once all of it is.
    for _ in range(2):
        _stay(fixes, moving, going, rules)
    return _runs(moving)


def _stay(fixes: _Fixes, moving: list[bool], going: Sequence[bool], rules: Rules) -> None:
    """Let stays, the longest first, reach to where somebody left them for good."""
    times, near = fixes.times, max(rules.still_metres, 2 * fixes.scatter)
    smooth = fixes.middles(
        [(bisect_left(times, time - 30), bisect_right(times, time + 30)) for time in times]
    )
    stays = [(first, last) for first, last, flag in _runs(moving) if not flag]
    taken = [False] * len(times)
    for first, last in sorted(stays, key=lambda stay: times[stay[0]] - times[stay[1] - 1]):
        if any(taken[first:last]):
            continue
        middle = fixes.middle(first, last)
        away = [hypot(x - middle[0], y - middle[1]) for x, y in smooth]
        # What wanders slowly shows on the stay itself, if at all.
        reach = max(fixes.reach, min(_MOST * _REACH, _WANDER * median(away[first:last])))
        for side in (range(last, len(times)), range(first - 1, -1, -1)):
            within = list[int]()
            for number in side:
                if taken[number]:
                    break
                if away[number] > (near if going[number] else reach):
                    # The way away began where they were last at the place.
                    while within and moving[within[-1]] and away[within[-1]] > near:
                        within.pop()
                    break
                within.append(number)
            for number in within:
                moving[number], taken[number] = False, True
        taken[first:last] = [True] * (last - first)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int, bool]]:
    found, first = list[tuple[int, int, bool]](), 0
    for flag, run in groupby(flags):
        last = first + len(list(run))
        found.append((first, last, flag))
        first = last
    return found


def _confined(fixes: _Fixes) -> Iterator[tuple[int, int]]:
    """Where somebody is about one place for long."""
    minutes = fixes.parts(0, len(fixes.times), 60)
    places = [fixes.middle(*part) for part in minutes]
    times = [fixes.times[first] for first, _ in minutes]
    for number, time in enumerate(times):
        last = bisect_right(times, time + _STAY)
        if last == len(times) and fixes.times[-1] - time < _STAY - 60:
            return
        x, y = (median(place[side] for place in places[number:last]) for side in (0, 1))
        if all(hypot(p - x, q - y) < _ABOUT * fixes.reach for p, q in places[number:last]):
            yield minutes[number][0], minutes[last - 1][1]


def _going(fixes: _Fixes) -> list[bool]:
    """Of each fix, whether somebody beyond doubt goes about there: on and on, not to and fro."""
    found = [False] * len(fixes.times)
    for seconds in _GOING_STEPS:
        parts = fixes.parts(0, len(fixes.times), seconds)
        steps = [
            (x2 - x1, y2 - y1, t2 - t1)
            for (t1, (x1, y1)), (t2, (x2, y2)) in pairwise(map(fixes.place, *zip(*parts, strict=True)))
        ]
        ways = [hypot(x, y) for x, y, _ in steps]
        # The cosine of every turn.
        turns = [
            (a[0] * b[0] + a[1] * b[1]) / (v * w) if v and w else 0.0
            for (a, v), (b, w) in pairwise(zip(steps, ways, strict=True))
        ]
        many = max(15, round(300 / seconds))
        for number in range(0, len(steps) - many + 1, many // 5):
            some = slice(number, number + many)
            on = sum(turns[number : number + many - 1]) / (many - 1)
            if on > _GOING and median(ways[some]) > _GOING_PACE * median(step[2] for step in steps[some]):
                first, last = parts[number + many // 4][0], parts[number + many - many // 4][1]
                found[first:last] = [True] * (last - first)
    return found


def _moving(fixes: _Fixes) -> list[bool]:
    """Of each fix, whether somebody seems to move there."""
    times, found = fixes.times, [False] * len(fixes.times)
    usual = median(after - before for before, after in pairwise(times))
    for seconds, pace in _SCALES:
        long = max(seconds, _FIXES * usual) if (seconds, pace) == _SCALES[-1] else seconds
        before = [(bisect_left(times, time - long), number + 1) for number, time in enumerate(times)]
        after = [(number, bisect_right(times, time + long)) for number, time in enumerate(times)]
        ends = zip(before, after, fixes.middles(before), fixes.middles(after), strict=True)
        for number, ((first, _), (_, last), (x1, y1), (x2, y2)) in enumerate(ends):
            many, more = number + 1 - first, last - number
            if min(many, more) < _FIXES:
                continue
            error = _OF_MEDIAN * fixes.scatter * sqrt(1 / many + 1 / more)
            apart = (times[last - 1] - times[first]) / 2
            if hypot(x2 - x1, y2 - y1) >= max(pace * apart, _SURE * error):
                half = (
                    bisect_left(times, times[number] - long / 2),
                    bisect_right(times, times[number] + long / 2),
                )
                found[half[0] : half[1]] = [True] * (half[1] - half[0])
    return found


def _moved(fixes: _Fixes, first: int, last: int) -> list[tuple[float, XY]]:
    """The way of a stretch: through the middles of as few seconds as leave it straight."""
    best, bent = list[tuple[float, XY]](), inf
    least = _least(fixes, first, last)
    for seconds in (width for width in _WIDTHS if width >= least or width == _WIDTHS[-1]):
        places = [fixes.place(*part) for part in fixes.parts(first, last, seconds)]
        found = _bent([place for _, place in places])
        # Bends are no scatter: wider middles would cut them off.
        if bent < _BEND and found > 0.8 * bent:
            break
        if found < bent:
            best, bent = places, found
        if bent < _STRAIGHT:
            break
    best = best or [fixes.place(first, last)]
    return _to_ends(
        best,
        fixes.times[first] if first == 0 else None,
        fixes.times[last - 1] if last == len(fixes.times) else None,
    )


def _to_ends(
    places: list[tuple[float, XY]], start: float | None, end: float | None
) -> list[tuple[float, XY]]:
    """The way up to its first and last moment: the middles begin and end within it."""
    if len(places) < 2:
        return places
    first = [_beyond(places[1], places[0], start)] if start is not None else []
    last = [_beyond(places[-2], places[-1], end)] if end is not None else []
    return [*first, *places, *last]


def _beyond(one: tuple[float, XY], two: tuple[float, XY], at: float) -> tuple[float, XY]:
    """Where somebody who goes on from one place through another is at that time."""
    (t1, (x1, y1)), (t2, (x2, y2)) = one, two
    more = (at - t2) / (t2 - t1)
    return at, (x2 + more * (x2 - x1), y2 + more * (y2 - y1))


def _least(fixes: _Fixes, first: int, last: int) -> float:
    """Middles of fewer seconds than this are so wrong that the way through them is longer."""
    each = (fixes.times[last - 1] - fixes.times[first]) / max(1, last - first - 1)
    minutes = [fixes.place(*part) for part in fixes.parts(first, last, 60)]
    paces = sorted(
        hypot(x2 - x1, y2 - y1) / (t2 - t1) for (t1, (x1, y1)), (t2, (x2, y2)) in pairwise(minutes)
    )
    # Rests on the way are no part of the pace.
    pace = max(0.3, paces[len(paces) * 3 // 4] if paces else 1.0)
    return float((_PART * fixes.scatter**2 * each / pace**2) ** (1 / 3))


def _bent(places: Sequence[XY]) -> float:
    """How far places lie from between their neighbours, by how far those are apart."""
    off = [
        hypot(b[0] - (a[0] + c[0]) / 2, b[1] - (a[1] + c[1]) / 2)
        for a, b, c in zip(places, places[1:], places[2:], strict=False)
    ]
    apart = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairwise(places)]
    return median(off) / (median(apart) or inf) if off else inf
