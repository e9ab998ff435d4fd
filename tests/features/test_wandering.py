"""Fixes that wander for minutes or jump between places are no way; a walk told by them keeps its length."""

import pytest

from bot.base.fixes import Rules
from bot.features.patrols.tracks import track_of
from tests.features.walk_kinds import jumping, wandering
from tests.features.walks_made import (
    Scatter,
    Stretch,
    along,
    gaussian,
    kept,
    length,
    straight,
    there_and_back,
    told,
)

RULES = Rules()
_HOUR = [Stretch(3600, (0, 0), (0, 0))]


@pytest.mark.parametrize("hold", [5, 15, 30, 60, 120, 300, 600])
@pytest.mark.parametrize("sigma", [3, 10, 25])
@pytest.mark.parametrize("every", [10, 60])
def test_an_hour_with_fixes_that_wander_is_no_way(every: float, sigma: float, hold: float) -> None:
    for said in (max(sigma, 5.0), 5.0, None):
        points = told(_HOUR, every, wandering(sigma, hold, every), accuracy=(said,), seed=1)
        assert track_of(points, RULES).metres < 150
        assert track_of(kept(points, RULES), RULES).metres < 150


@pytest.mark.parametrize(("apart", "hold"), [(40, 240), (60, 60)])
def test_an_hour_between_places_that_a_phone_jumps_to_is_no_way(apart: float, hold: float) -> None:
    points = told(_HOUR, 10, jumping([(0, 0), (apart, 0), (0, apart)], hold), seed=1)
    assert track_of(points, RULES).metres < 150


@pytest.mark.parametrize("pace", [0.5, 1.0, 1.4])
@pytest.mark.parametrize("scatter", [gaussian(15), wandering(10, 30, 10)])
def test_there_and_back_by_poor_fixes_keeps_both_ways(scatter: Scatter, pace: float) -> None:
    for walk in (along(there_and_back(2000), pace), along(straight(1500), pace)):
        points = told(walk, 10, scatter, accuracy=(12,), seed=2)
        for each in (points, kept(points, RULES)):
            assert track_of(each, RULES).metres == pytest.approx(length(walk), rel=0.15)
