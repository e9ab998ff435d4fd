"""A phone that lies still all night has walked nowhere; a walk is as long as it is."""

import pytest

from tests.features.walk_kinds import NIGHTS, SHORT_WALKS, WALKS
from tests.features.walks_made import gaussian

_SEEDS = range(4)


@pytest.mark.parametrize("name", NIGHTS)
def test_a_night_at_one_spot_is_no_way(name: str) -> None:
    assert max(NIGHTS[name].metres(seed) for seed in _SEEDS) < 100


@pytest.mark.parametrize(("sigma", "accuracy"), [(4, 8), (8, 15), (14.8, 25)])
@pytest.mark.parametrize("name", WALKS)
def test_a_walk_is_told_as_long_as_it_was(name: str, sigma: float, accuracy: float) -> None:
    for seed in _SEEDS:
        assert WALKS[name].share(gaussian(sigma), accuracy, seed) == pytest.approx(1, abs=0.14)


def test_a_short_way_there_and_back_is_told_in_most_of_its_length() -> None:
    walk = SHORT_WALKS["150 m there and back"]
    for seed in _SEEDS:
        assert walk.share(gaussian(8), 15, seed) == pytest.approx(1, abs=0.25)


def test_laps_about_one_spot_are_standing() -> None:
    walk = SHORT_WALKS["ten laps of 100 m"]
    for seed in _SEEDS:
        assert walk.share(gaussian(8), 15, seed) == 0
