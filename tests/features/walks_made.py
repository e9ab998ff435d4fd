"""Walks and phones, made up: where somebody was, and what their phone told of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil, cos, hypot, pi, sin
from random import Random

from bot.base.fixes import Point, Rules
from bot.base.geometry import XY, Plane
from bot.features.patrols.tracks import keeps

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HOME = (24.0, 97.8)
_PLANE = Plane(HOME)
# So many metres off a fix is, north or east, `number` after number.
Scatter = Callable[[Random, int], XY]


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many seconds at a place that moves from `start` to `end`, metres east and north."""

    seconds: float
    start: XY
    end: XY


def gaussian(sigma: float) -> Scatter:
    """As a good phone."""
    return lambda dice, _: (dice.gauss(0, sigma), dice.gauss(0, sigma))


def uniform(metres: float) -> Scatter:
    """Anywhere in a disc."""

    def off(dice: Random, _: int) -> XY:
        turn, away = dice.uniform(0, 2 * pi), metres * dice.random() ** 0.5
        return away * cos(turn), away * sin(turn)

    return off


def heavy(sigma: float) -> Scatter:
    """One in eight is four times as wrong."""

    def off(dice: Random, _: int) -> XY:
        scale = sigma * (4 if dice.random() < 0.125 else 1)
        return dice.gauss(0, scale), dice.gauss(0, scale)

    return off


def drifting(sigma: float, every: float, hold: float = 300.0) -> Scatter:
    """Wrong by what is much the same from fix to fix, and wanders about in minutes, with a little besides."""
    state, share = [0.0, 0.0], min(1.0, every / hold)

    def off(dice: Random, number: int) -> XY:
        if number == 0:
            state[:] = [0.0, 0.0]
        for side in (0, 1):
            state[side] += -share * state[side] + dice.gauss(0, sigma * (2 * share) ** 0.5)
        return state[0] + dice.gauss(0, 3), state[1] + dice.gauss(0, 3)

    return off


def told(
    stretches: Sequence[Stretch], every: float, scatter: Scatter, *, accuracy: Sequence[float | None] = (25,),
    seed: int = 1,
) -> list[Point]:  # fmt: skip
    """What a phone tells, a fix every so many seconds."""
    dice, points = Random(seed), list[Point]()
    whole = sum(stretch.seconds for stretch in stretches)
    for number in range(int(whole / every) + 1):
        x, y = _at(stretches, number * every)
        east, north = scatter(dice, number)
        spot = _PLANE.spot((x + east, y + north))
        at = START + timedelta(seconds=number * every)
        points.append(Point(at, *spot, accuracy[dice.randrange(len(accuracy))]))
    return points


def kept(points: Sequence[Point], rules: Rules) -> list[Point]:
    """Those of which a row is kept, as they come."""
    found: list[Point] = []
    for point in points:
        if keeps(found[-1] if found else None, point, rules):
            found.append(point)
    return found


def along(places: Sequence[XY], pace: float) -> list[Stretch]:
    """A walk from place to place at so many metres a second."""
    return [Stretch(hypot(b[0] - a[0], b[1] - a[1]) / pace, a, b) for a, b in pairwise(places)]


def length(stretches: Sequence[Stretch]) -> float:
    """How long a walk really is."""
    return sum(hypot(s.end[0] - s.start[0], s.end[1] - s.start[1]) for s in stretches)


def straight(metres: float) -> list[XY]:
    """To the north-east."""
    return [(0.0, 0.0), (metres * 0.6, metres * 0.8)]


def curvy(metres: float, wave: float = 240.0, swing: float = 30.0) -> list[XY]:
    """A lane that winds."""
    steps = ceil(metres / 5)
    return [(swing * sin(2 * pi * n * 5 / wave), n * 5.0) for n in range(steps + 1)]


def circle(metres: float, radius: float) -> list[XY]:
    """Round and round."""
    steps = ceil(metres / 5)
    return [
        (radius * cos(n * 5 / radius) - radius, radius * sin(n * 5 / radius)) for n in range(steps + 1)
    ]  # fmt: skip


def there_and_back(metres: float) -> list[XY]:
    """Half of it out, half of it home."""
    out = straight(metres / 2)
    return [*out, out[0]]


def with_stops(places: Sequence[XY], pace: float, every: float, seconds: float) -> list[Stretch]:
    """A walk with a rest at each of the places so many metres apart."""
    found, since = list[Stretch](), 0.0
    for stretch in along(places, pace):
        found.append(stretch)
        since += hypot(stretch.end[0] - stretch.start[0], stretch.end[1] - stretch.start[1])
        if since >= every:
            found.append(Stretch(seconds, stretch.end, stretch.end))
            since = 0.0
    return found


def near_home(point: Point) -> float:
    """How far a point is from HOME, in metres."""
    return hypot(*_PLANE.xy(point.spot))


def _at(stretches: Sequence[Stretch], seconds: float) -> XY:
    for stretch in stretches:
        if seconds <= stretch.seconds and stretch.seconds:
            share = seconds / stretch.seconds
            (x1, y1), (x2, y2) = stretch.start, stretch.end
            return x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        seconds -= stretch.seconds
    return stretches[-1].end
