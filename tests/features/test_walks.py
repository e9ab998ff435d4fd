"""Standing is no way however the fixes scatter, a way keeps its length, places told by mistake are none."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from math import hypot
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.fixes import Point, Rules
from bot.base.geometry import Plane
from bot.features.patrols.tracks import Track, shape, track_of
from tests.features.walks_made import (
    HOME,
    START,
    Scatter,
    Stretch,
    along,
    circle,
    curvy,
    drifting,
    gaussian,
    heavy,
    kept,
    length,
    near_home,
    straight,
    there_and_back,
    told,
    uniform,
    with_stops,
)

RULES = Rules()
_HOUR = [Stretch(3600, (0, 0), (0, 0))]
_LYING = (5, 12, 25, 40, 65, None)
_ACCURACIES: dict[str, tuple[float | None, ...]] = {
    "said": (25,), "missing": (None,), "far too sure": (5,), "never sure": (65,), "lying": _LYING,
}  # fmt: skip


def _scatters(every: float) -> dict[str, Scatter]:
    return {
        "gaussian 6": gaussian(6), "gaussian 15": gaussian(14.8), "gaussian 25": gaussian(25),
        "uniform 25": uniform(25), "uniform 45": uniform(45), "heavy": heavy(8),
        "drift": drifting(10, every), "slow drift": drifting(15, every, 900),
    }  # fmt: skip


def test_an_hour_at_one_spot_is_no_way() -> None:
    """76 of 100 fixes within the 25 metres that the phone says."""
    points = told(_HOUR, 10, gaussian(14.8), seed=7)
    assert sum(near_home(point) <= 25 for point in points) / len(points) == pytest.approx(0.76, abs=0.05)
    assert track_of(points, RULES).metres < 150
    assert track_of(kept(points, RULES), RULES).metres < 150


@pytest.mark.parametrize("every", [2, 5, 10, 30, 60])
@pytest.mark.parametrize("name", _scatters(10))
def test_standing_is_no_way_however_the_fixes_scatter(name: str, every: float) -> None:
    for seed, said in enumerate(_ACCURACIES.values()):
        points = told(_HOUR, every, _scatters(every)[name], accuracy=said, seed=seed)
        assert track_of(points, RULES).metres < 150
        assert track_of(kept(points, RULES), RULES).metres < 150


@pytest.mark.parametrize("said", _ACCURACIES)
def test_a_night_at_the_post_is_no_way(said: str) -> None:
    night = [Stretch(8 * 3600, (0, 0), (0, 0))]
    points = told(night, 10, gaussian(14.8), accuracy=_ACCURACIES[said], seed=3)
    assert track_of(kept(points, RULES), RULES).metres < 150


def _walks(pace: float) -> dict[str, list[Stretch]]:
    far = max(1_200.0, 1_200 * pace)
    stand = [Stretch(900, (0, 0), (0, 0))]
    ends = Stretch(900, straight(far)[1], straight(far)[1])
    return {
        "straight": along(straight(far), pace), "curvy": along(curvy(far), pace),
        "round": along(circle(far, 120), pace), "there and back": along(there_and_back(far), pace),
        "with rests": with_stops(straight(far / 3) + straight(far)[1:], pace, 300, 420),
        "from post to post": [*stand, *along(straight(far), pace), ends],
    }  # fmt: skip


@pytest.mark.parametrize("every", [2, 10, 20])
@pytest.mark.parametrize("pace", [0.5, 1.0, 1.4])
@pytest.mark.parametrize("name", _walks(1))
def test_a_walk_keeps_its_length(name: str, pace: float, every: float) -> None:
    walk = _walks(pace)[name]
    for (scatter, said), seed in product(
        ((gaussian(4), (8,)), (gaussian(8), (12, 20)), (uniform(12), (None,))), (1, 2)
    ):
        points = told(walk, every, scatter, accuracy=said, seed=seed)
        for each in (points, kept(points, RULES)):
            assert track_of(each, RULES).metres == pytest.approx(length(walk), rel=0.12)


@pytest.mark.parametrize("name", _walks(1))
def test_a_walk_with_poor_fixes_keeps_its_length_more_or_less(name: str) -> None:
    walk = _walks(1.4)[name]
    for seed in range(3):
        points = kept(told(walk, 10, gaussian(14.8), seed=seed), RULES)
        assert track_of(points, RULES).metres == pytest.approx(length(walk), rel=0.15)


def test_a_walk_without_scatter_is_as_long_as_it_is() -> None:
    for name, walk in _walks(1.4).items():
        points = told(walk, 10, gaussian(0))
        assert track_of(points, RULES).metres == pytest.approx(length(walk), rel=0.03), name


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 99_999),
    st.sampled_from([5, 10, 15, 30]),
    st.floats(2, 25),
    st.sampled_from(list(_ACCURACIES)),
)
def test_whoever_stands_does_not_walk(seed: int, every: float, sigma: float, said: str) -> None:
    points = told(_HOUR, every, gaussian(sigma), accuracy=_ACCURACIES[said], seed=seed)
    assert track_of(kept(points, RULES), RULES).metres < 150


# Places that a phone tells when it knows no better: nowhere, the last city, the other end of the valley.
_PLACES = [(0.0, 0.0), (0.0001, 0.0001), (39.9, 116.4), (24.5, 98.2), (24.09, 97.8), (24.03, 97.83)]


def _walk(seed: int = 1, accuracy: Any = (12,)) -> list[Point]:
    return told(along(straight(45 * 14), 1.4), 10, gaussian(3), accuracy=accuracy, seed=seed)


def _assert_is_the_walk(track: Track, walk: list[Point]) -> None:
    """Nothing but the walk is drawn or counted."""
    plain = track_of(walk, RULES)
    assert track.metres == pytest.approx(plain.metres, rel=0.08, abs=20)
    shown = [spot for piece in shape(track)["track"] for spot in piece]
    shown += [spot for gap in shape(track)["gaps"] for spot in gap]
    plane = Plane(HOME)
    assert max(hypot(*plane.xy((spot[0], spot[1]))) for spot in shown) < 45 * 14 + 60


@pytest.mark.parametrize("accuracy", [None, 5, 65])
@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("where", ["first", "first two", "middle", "last", "all three"])
def test_a_lone_point_far_away_is_neither_drawn_nor_counted(
    where: str, place: tuple[float, float], accuracy: float | None
) -> None:
    walk = _walk()
    wrong = [Point(START + timedelta(seconds=n * 10), *place, accuracy) for n in (-2, -1, 22.5, 47, 48)]
    some = {"first": [1], "first two": [0, 1], "middle": [2], "last": [3], "all three": [1, 2, 4]}[where]
    _assert_is_the_walk(track_of([*walk, *(wrong[n] for n in some)], RULES), walk)


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("every", [1, 2, 3, 5])
@pytest.mark.parametrize("many", [1, 2])
def test_a_stored_place_that_keeps_returning_is_neither_drawn_nor_counted(
    place: tuple[float, float], every: int, many: int
) -> None:
    walk = _walk()
    stored = [
        Point(point.at + timedelta(seconds=2 + 3 * n), *place, 10)
        for point in walk[::every]
        for n in range(many)
    ]
    _assert_is_the_walk(track_of([*walk, *stored], RULES), walk)
    _assert_is_the_walk(track_of(walk[:-1] + stored[:-many] + walk[-1:], RULES), walk)


def test_who_stands_far_apart_in_time_is_not_believed_to_have_rushed_away() -> None:
    """While somebody stands one point a minute is kept: two wrong ones are then as many as two minutes."""
    walk = _walk()
    stood = [Point(walk[-1].at + timedelta(minutes=n), *walk[-1].spot, 8) for n in range(1, 7)]
    wrong = [Point(stood[-1].at + timedelta(seconds=10 + 10 * n), 24.02, 97.85, 8) for n in (0, 1)]
    later = [Point(stood[-1].at + timedelta(minutes=20, seconds=n * 10), *walk[-1].spot, 8) for n in range(9)]
    _assert_is_the_walk(track_of([*walk, *stood, *wrong, *later], RULES), walk)


def test_the_last_known_place_between_good_fixes_is_no_way() -> None:
    """Near enough to have been reached: it is told again and again while somebody walks on."""
    walk = _walk()
    start = walk[0].spot
    mixed = [
        replace(point, latitude=start[0], longitude=start[1]) if n % 3 == 2 else point
        for n, point in enumerate(walk)
    ]
    assert track_of(mixed, RULES).metres == pytest.approx(45 * 14, rel=0.12)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 99_999), st.lists(st.integers(0, 440), max_size=6, unique=True))
def test_lone_points_anywhere_change_nothing(seed: int, times: list[int]) -> None:
    walk, dice = _walk(seed), Random(seed)
    lone = [
        Point(START + timedelta(seconds=at + 0.5), 24 + dice.choice((-1, 1)) * dice.uniform(0.2, 20),
              97.8 + dice.uniform(-20, 20), dice.choice((None, 5, 30)))
        for at in times
    ]  # fmt: skip
    _assert_is_the_walk(track_of([*walk, *lone], RULES), walk)
