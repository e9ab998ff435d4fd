"""Coordinates of Chinese maps and true ones."""

from math import cos, hypot, radians

from hypothesis import given
from hypothesis import strategies as st

from bot.base import gcj02


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance of two near places."""
    return hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0]))) * 111_200


@given(st.floats(18, 53), st.floats(74, 134))
def test_there_and_back_is_the_same_place(latitude: float, longitude: float) -> None:
    shown = gcj02.to_gcj02(latitude, longitude)
    assert metres(gcj02.to_wgs84(*shown), (latitude, longitude)) < 0.1


@given(st.floats(23.8, 25.2), st.floats(97.5, 98.7))
def test_the_shift_in_dehong_is_some_hundred_metres(latitude: float, longitude: float) -> None:
    assert 100 < metres(gcj02.to_gcj02(latitude, longitude), (latitude, longitude)) < 700


def test_a_known_point() -> None:
    # Tiananmen: the published pair of this conversion.
    assert metres(gcj02.to_gcj02(39.907333, 116.391083), (39.908736, 116.397325)) < 5


def test_outside_china_nothing_is_shifted() -> None:
    assert gcj02.to_gcj02(51.5, -0.12) == (51.5, -0.12)
    assert gcj02.to_wgs84(51.5, -0.12) == (51.5, -0.12)
