"""Fixes: which places a phone told are believed, and which are not. Reads nothing.

A phone tells old places and wrong ones between good ones. The way is the longest row of fixes of which each
can be reached from the one before; where the track goes on elsewhere for good, it is broken there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby, pairwise
from statistics import median

from bot.base.facts import Struct
from bot.base.geometry import Spot, metres

# So many points in a row that agree with one another, but not with what was before, are believed.
CERTAIN = 3
# What a jump costs, in points: fewer than CERTAIN are not worth one.
_JUMP = CERTAIN - 0.5
# What it costs to leave one out on the way to the next, and to have been in a hurry: a lone place far away is
# not worth to be there by leaving out where somebody stood.
_SKIP, _FAST = 0.2, 0.9
# So many fixes back is looked for the one that a fix can be reached from.
_BACK = 60
# A spike is so many times longer than what counts as standing; at an end, so many times faster than the rest.
_SPIKE, _FASTER = 4, 5
# Metres a second: who is faster does not walk.
_WALKING = 2.0


class Point(Struct):
    """Where somebody was, WGS-84; `accuracy` is the radius of uncertainty in metres, where it is known."""

    at: datetime
    latitude: float
    longitude: float
    accuracy: float | None = None

    @property
    def spot(self) -> Spot:
        """Latitude and longitude."""
        return self.latitude, self.longitude


class Rules(Struct):
    """What counts as what. Fixes less sure than `poor_metres` are noise, moves shorter than `still_metres`
    are none, `gap_seconds` without a point are silence, nobody is faster than `speed_kmh`; a section was
    walked where the track comes within `near_metres`. One point in `point_seconds` is kept at most."""

    poor_metres: float = 100
    still_metres: float = 15
    gap_seconds: float = 300
    speed_kmh: float = 80
    near_metres: float = 50
    point_seconds: float = 10


def believed(points: Iterable[Point], rules: Rules) -> list[list[Point]]:
    """The points that are believed, in order of time; a new row where the track goes on elsewhere."""
    # Of two at the same moment, the surer one comes first.
    in_order = sorted(points, key=lambda p: (p.at, p.accuracy or 0, p.spot))
    sure = [point for point in in_order if is_sure(point, rules)]
    once = [next(same) for _, same in groupby(sure, key=lambda point: point.at)]
    rows = _rows(_without_stored(once, rules), rules)
    return [_gathered(_without_spikes(row, rules), rules) for row in rows]


def is_sure(point: Point, rules: Rules) -> bool:
    """Whether a fix says where somebody is: 0,0 is what a phone tells that does not know."""
    on_earth = abs(point.latitude) <= 90 and abs(point.longitude) <= 180
    known = max(abs(point.latitude), abs(point.longitude)) > 0.01
    return on_earth and known and (point.accuracy or 0) <= rules.poor_metres


def is_reachable(before: Point, point: Point, rules: Rules) -> bool:
    """Whether somebody may get there in the time, the fixes being wrong by all they may be."""
    way = between(before, point) - (before.accuracy or 0) - (point.accuracy or 0)
    # Fixes a second apart differ by what they are wrong by.
    seconds = max(rules.point_seconds, seconds_between(before, point))
    return way <= max(rules.still_metres, rules.speed_kmh / 3.6 * seconds)


def between(one: Point, two: Point) -> float:
    """How far one is from the other, in metres."""
    return metres(one.latitude, one.longitude, two.latitude, two.longitude)


def seconds_between(one: Point, two: Point) -> float:
    """How long after the one the other is."""
    return (two.at - one.at).total_seconds()


def _without_stored(points: Sequence[Point], rules: Rules) -> list[Point]:
    """Without a place that a phone keeps returning to, for it tells it whenever it knows no better."""
    runs = [list(run) for _, run in groupby(points, key=lambda point: point.spot)]
    returns: Counter[Spot] = Counter()
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        out, home = between(before[-1], run[0]), between(run[0], after[0])
        there = between(before[-1], after[0])
        if min(out, home) > 2 * rules.still_metres and there < min(out, home) / 2 + rules.still_metres:
            returns[run[0].spot] += 1
    stored = {spot for spot, many in returns.items() if many > 1}
    return [point for run in runs if run[0].spot not in stored for point in run]


def _rows(points: Sequence[Point], rules: Rules) -> list[list[Point]]:
    """The longest rows of points that can be reached from one another, as few jumps between as can be."""
    score: list[float] = []
    came: list[tuple[int, bool]] = []
    top = -1
    for number, point in enumerate(points):
        best, source = 0.0, (-1, True)
        if top >= 0 and score[top] - _JUMP > best:
            best, source = score[top] - _JUMP, (top, True)
        for earlier in range(number - 1, max(-1, number - 1 - _BACK), -1):
            worth = score[earlier] - _SKIP * (number - 1 - earlier)
            if worth > best and is_reachable(points[earlier], point, rules):
                worth -= _FAST * _is_fast(points[earlier], point, rules)
                best, source = (worth, (earlier, False)) if worth > best else (best, source)
        score.append(best + 1)
        came.append(source)
        top = number if top < 0 or score[number] >= score[top] else top
    rows: list[list[Point]] = []
    jumped = True
    while top >= 0:
        if jumped:
            rows.append([])
        rows[-1].append(points[top])
        top, jumped = came[top]
    return [row[::-1] for row in reversed(rows)]


def _is_fast(before: Point, point: Point, rules: Rules) -> bool:
    seconds = max(rules.point_seconds, seconds_between(before, point))
    return between(before, point) > rules.speed_kmh / 3.6 * seconds / 2


def _without_spikes(row: list[Point], rules: Rules) -> list[Point]:
    """Without fixes far out and at once back, and without a lone one at either end."""
    kept: list[Point] = []
    for point in row:
        while len(kept) > 1 and _is_spike(kept[-2], kept[-1], point, rules):
            kept.pop()
        kept.append(point)
    for _ in range(2):
        if _is_lone(kept, rules):
            kept = kept[1:]
        kept = kept[::-1]
    return kept


def _gathered(row: list[Point], rules: Rules) -> list[Point]:
    """The row, the places between which the phone leaps to and fro being one: that where it told more."""
    leaps = list[tuple[Point, Point]]()
    for number in range(2, len(row) - 1):
        leap = row[number - 1], row[number]
        is_new = not any(_is_like(leap, other, rules) for other in leaps)
        if is_new and _is_leap(row[number - 2 : number + 2], rules):
            leaps.append(leap)
    to_and_fro = [(a, b) for a, b in leaps if any(_is_like((b, a), other, rules) for other in leaps)]
    many = {end: sum(_is_at(point, end, rules) for point in row) for leap in to_and_fro for end in leap}
    homes = [(a, b) for a, b in to_and_fro if many[a] < many[b]]
    return [_home(point, homes, rules) for point in row] if homes else row


def _home(point: Point, homes: Sequence[tuple[Point, Point]], rules: Rules) -> Point:
    for _ in homes:
        found = next((home for place, home in homes if _is_at(point, place, rules)), None)
        if found is None:
            break
        point = replace(point, latitude=found.latitude, longitude=found.longitude)
    return point


def _is_leap(four: Sequence[Point], rules: Rules) -> bool:
    """Whether somebody who stood stands elsewhere at once, faster than anybody walks: riders are told on the
    way too."""
    before, last, first, after = four
    far = between(last, first) > max(_SPIKE * rules.still_metres, _WALKING * seconds_between(last, first))
    return far and _is_at(before, last, rules) and _is_at(first, after, rules)


def _is_like(leap: tuple[Point, Point], other: tuple[Point, Point], rules: Rules) -> bool:
    return _is_at(leap[0], other[0], rules) and _is_at(leap[1], other[1], rules)


def _is_at(point: Point, place: Point, rules: Rules) -> bool:
    return between(point, place) < 2 * rules.still_metres


def _is_spike(before: Point, out: Point, back: Point, rules: Rules) -> bool:
    far = _SPIKE * rules.still_metres
    there, home = between(before, out), between(out, back)
    quick = seconds_between(before, back) <= 3 * rules.point_seconds
    return quick and there > far and home > far and between(before, back) < there / 3


def _is_lone(row: Sequence[Point], rules: Rules) -> bool:
    """Whether the first one is far from all the others, which are slow."""
    if len(row) < 2 * CERTAIN:
        return False
    paces = [between(one, two) / abs(seconds_between(one, two)) for one, two in pairwise(row[: 4 * CERTAIN])]
    far = between(row[0], row[1]) > max(_SPIKE * rules.still_metres, 3 * (row[0].accuracy or 0))
    return far and paces[0] > _FASTER * max(1.0, median(paces[1:]))
