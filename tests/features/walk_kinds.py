"""Kinds of nights at one spot and of walks, and what phones tell of them: one list for tests and figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, pi, sin, sqrt
from random import Random

from bot.base.fixes import Point, Rules
from bot.base.geometry import XY, Plane
from bot.features.patrols.tracks import track_of
from tests.features.walks_made import (
    HOME,
    START,
    Scatter,
    Stretch,
    along,
    circle,
    curvy,
    gaussian,
    heavy,
    kept,
    length,
    straight,
    there_and_back,
    told,
    with_stops,
)

RULES = Rules()
NIGHT_SECONDS = 8 * 3600
EVERY = 10
_FAR = Plane(HOME).spot((1_800.0, 2_400.0))
# What the way of points becomes before it is sent.
Told = Callable[[list[Point]], list[Point]]


def wandering(sigma: float, hold: float, every: float = EVERY) -> Scatter:
    """First-order Gauss-Markov: wrong by `sigma` all the time, much the same for `hold` seconds."""
    state, share = [0.0, 0.0], exp(-every / hold)

    def off(dice: Random, number: int) -> XY:
        for side in (0, 1):
            fresh = dice.gauss(0, sigma * (sqrt(1 - share * share) if number else 1))
            state[side] = share * state[side] * bool(number) + fresh
        return state[0] + dice.gauss(0, 3), state[1] + dice.gauss(0, 3)

    return off


def jumping(places: Sequence[XY], hold: float, every: float = EVERY) -> Scatter:
    """Now about one of some places, now about another."""
    now = [0]

    def off(dice: Random, number: int) -> XY:
        if not number or dice.random() < every / hold:
            now[0] = dice.randrange(len(places))
        x, y = places[now[0]]
        return x + dice.gauss(0, 4), y + dice.gauss(0, 4)

    return off


def _creeping(metres: float) -> Scatter:
    """So far off by the middle of the night, and back."""

    def off(dice: Random, number: int) -> XY:
        away = metres * sin(pi * number * EVERY / NIGHT_SECONDS)
        return away + dice.gauss(0, 5), dice.gauss(0, 5)

    return off


def _alternating(dice: Random, number: int) -> XY:
    return (0.0, 150.0 * (number % 2))


def _as_told(points: list[Point]) -> list[Point]:
    return points


def _with_far_place(points: list[Point]) -> list[Point]:
    """Once a minute a place three kilometres off."""
    return [Point(p.at, *_FAR, 20) if number % 6 == 3 else p for number, p in enumerate(points)]


def _silent_twenty_minutes(points: list[Point]) -> list[Point]:
    return [p for p in points if not 2_400 <= (p.at - START).total_seconds() < 3_600]


@dataclass(frozen=True, slots=True)
class Night:
    """Eight hours at one spot: how wrong the fixes are, the accuracy told, what becomes of them."""

    scatter: Callable[[], Scatter]
    accuracy: float
    sent: Told = _as_told

    def metres(self, seed: int) -> float:
        """How many metres are counted as walked."""
        lying = [Stretch(NIGHT_SECONDS, (0, 0), (0, 0))]
        points = told(lying, EVERY, self.scatter(), accuracy=(self.accuracy,), seed=seed)
        return track_of(kept(self.sent(points), RULES), RULES).metres


def _two(apart: float) -> list[XY]:
    return [(0.0, 0.0), (apart, 0.0)]


def _three(apart: float) -> list[XY]:
    return [*_two(apart), (0.0, apart)]


NIGHTS = {
    "white 5 m": Night(lambda: gaussian(5), 8),
    "white 15 m": Night(lambda: gaussian(15), 25),
    "white 25 m": Night(lambda: gaussian(25), 25),
    "heavy tails 8 m": Night(lambda: heavy(8), 15),
    "heavy tails 15 m": Night(lambda: heavy(15), 15),
    "wander 10 m, 1 min": Night(lambda: wandering(10, 60), 15),
    "wander 10 m, 10 min": Night(lambda: wandering(10, 600), 15),
    "wander 25 m, 1 min": Night(lambda: wandering(25, 60), 38),
    "wander 25 m, 10 min": Night(lambda: wandering(25, 600), 38),
    "wander 25 m, 8 h": Night(lambda: wandering(25, NIGHT_SECONDS), 38),
    "drift of 120 m": Night(lambda: _creeping(120), 15),
    "two places 80 m, 1 min": Night(lambda: jumping(_two(80), 60), 20),
    "two places 150 m, 10 min": Night(lambda: jumping(_two(150), 600), 20),
    "two places 300 m, 1 min": Night(lambda: jumping(_two(300), 60), 20),
    "three places 80 m, 10 min": Night(lambda: jumping(_three(80), 600), 20),
    "three places 150 m, 10 min": Night(lambda: jumping(_three(150), 600), 20),
    "two stored places in turn": Night(lambda: _alternating, 15),
    "a place 3 km off each minute": Night(lambda: gaussian(8), 15, _with_far_place),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk, what becomes of its fixes, how often they come; `unseen` metres are walked without a fix."""

    stretches: list[Stretch]
    sent: Told = _as_told
    every: float = EVERY
    unseen: float = 0.0

    def share(self, scatter: Scatter, accuracy: float, seed: int) -> float:
        """How many metres are counted for each that was walked and told of."""
        points = told(self.stretches, self.every, scatter, accuracy=(accuracy,), seed=seed)
        counted = track_of(kept(self.sent(points), RULES), RULES).metres
        return counted / (length(self.stretches) - self.unseen)


def _at_post(places: list[XY], pace: float) -> list[Stretch]:
    """Ten minutes at either end besides."""
    first, last = places[0], places[-1]
    return [Stretch(600, first, first), *along(places, pace), Stretch(600, last, last)]


_ROUNDS = [(0.0, 0.0), *((480.0 * n, 640.0 * n) for n in range(1, 11))]
SHORT_WALKS = {
    "150 m there and back": Walk(_at_post(there_and_back(300), 1.2)),
    "ten laps of 200 m": Walk(along(circle(2_000, 200 / (2 * pi)), 1.2)),
    "ten laps of 100 m": Walk(along(circle(1_000, 100 / (2 * pi)), 1.2)),
}
WALKS = {
    "300 m there and back": Walk(_at_post(there_and_back(600), 1.2)),
    "ten laps of 400 m": Walk(along(circle(4_000, 400 / (2 * pi)), 1.2)),
    "patrol of 8 km with rests": Walk(with_stops(_ROUNDS, 1.2, 800, 600)),
    "motorbike, 12 km": Walk(_at_post(curvy(12_000, 800, 60), 10)),
    "20 min without signal": Walk(_at_post(straight(4_000), 1.2), _silent_twenty_minutes, unseen=1_440),
    "a fix every 3 min": Walk(_at_post(straight(6_000), 1.2), every=180),
    "a fix every 5 min": Walk(_at_post(straight(6_000), 1.2), every=300),
}
