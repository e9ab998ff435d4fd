"""Coordinates of Chinese maps (GCJ-02) to those of satellites (WGS-84) and back.

The shift has no published inverse; it is smooth, so a few steps of correction find the point to
far less than a metre. Outside China the two systems are one.
"""

from math import cos, pi, sin, sqrt

_AXIS = 6_378_245.0
_ECCENTRICITY = 0.006_693_421_622_965_943
_STEPS = 8
_CLOSE = 1e-9  # degrees, about 0.1 mm


def in_china(latitude: float, longitude: float) -> bool:
    """Whether the shift applies there; the box every map of China uses."""
    return 0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """The place as Chinese maps show it, in degrees."""
    if not in_china(latitude, longitude):
        return latitude, longitude
    north, east = _shift(longitude - 105.0, latitude - 35.0)
    angle = latitude / 180.0 * pi
    bulge = 1 - _ECCENTRICITY * sin(angle) ** 2
    north = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (bulge * sqrt(bulge)) * pi)
    east = east * 180.0 / (_AXIS / sqrt(bulge) * cos(angle) * pi)
    return latitude + north, longitude + east


def to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """The true place of one read off a Chinese map, in degrees, exact to well under a metre."""
    if not in_china(latitude, longitude):
        return latitude, longitude
    north, east = latitude, longitude
    for _ in range(_STEPS):
        seen_north, seen_east = to_gcj02(north, east)
        off_north, off_east = latitude - seen_north, longitude - seen_east
        north, east = north + off_north, east + off_east
        if abs(off_north) < _CLOSE and abs(off_east) < _CLOSE:
            break
    return north, east


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres north and east, by the known polynomial and waves."""
    root = sqrt(abs(x))
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    return north, east
