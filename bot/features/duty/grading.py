"""Grading evidence: how a place and a time stand to what was planned. Nothing here refuses anything."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.base.facts import Struct
from bot.base.geometry import metres
from bot.settings import CheckinSettings
from models import Evidence, PlaceGrade, Punctuality

# Below this, speed says more about the fix than about the person.
SPEED_METRES = 1_000


class Place(Struct):
    """Where someone is, WGS-84; `accuracy` is the radius of uncertainty in metres, where it is known."""

    latitude: float
    longitude: float
    accuracy: float | None = None
    evidence: Evidence = Evidence.PIN

    @property
    def is_on_earth(self) -> bool:
        """Whether there is such a place; no other is measured. 0,0 is told by phones that know none."""
        known = max(abs(self.latitude), abs(self.longitude)) > 0.01
        return known and abs(self.latitude) <= 90 and abs(self.longitude) <= 180


class DutySpot(Struct):
    """Where someone is meant to be: a post, or the centre of a grid (no `post_id`). Radius in metres."""

    name: str
    latitude: float
    longitude: float
    radius: int
    post_id: int | None = None


class PlaceVerdict(Struct):
    """The grade of a place, and the spot and distance (metres) it was graded by."""

    grade: PlaceGrade = PlaceGrade.NOT_GRADED
    distance: int | None = None
    spot: DutySpot | None = None


class TimeVerdict(Struct):
    """Punctuality, and the minutes since the start or before the end; 0 within grace."""

    punctuality: Punctuality = Punctuality.NO_SHIFT
    minutes: int = 0


def grade_place(place: Place, spots: Sequence[DutySpot], settings: CheckinSettings) -> PlaceVerdict:
    """Grade a place by the spot it is nearest to being inside of.

    On site within the radius; unsure where the fix is too poor to tell; off site where even the fix's
    uncertainty does not reach the radius.
    """
    if not spots or not place.is_on_earth:
        return PlaceVerdict()
    measured = [(metres(place.latitude, place.longitude, s.latitude, s.longitude), s) for s in spots]
    distance, spot = min(measured, key=lambda pair: (pair[0] - pair[1].radius, pair[0]))
    accuracy = place.accuracy or 0.0
    if distance - accuracy > spot.radius:
        grade = PlaceGrade.OFF_SITE
    elif accuracy > settings.poor_accuracy_metres or distance > spot.radius:
        grade = PlaceGrade.UNSURE
    else:
        grade = PlaceGrade.ON_SITE
    return PlaceVerdict(grade, round(distance), spot)


def grade_arrival(starts_at: datetime, at: datetime, grace_minutes: int) -> TimeVerdict:
    """On time up to the grace; late by whole minutes since the start."""
    if at <= starts_at + timedelta(minutes=grace_minutes):
        return TimeVerdict(Punctuality.ON_TIME)
    return TimeVerdict(Punctuality.LATE, int((at - starts_at).total_seconds() // 60))


def grade_leaving(ends_at: datetime, at: datetime, grace_minutes: int) -> TimeVerdict:
    """On time from the grace before the end; else early by whole minutes."""
    if at >= ends_at - timedelta(minutes=grace_minutes):
        return TimeVerdict(Punctuality.ON_TIME)
    return TimeVerdict(Punctuality.LEFT_EARLY, int((ends_at - at).total_seconds() // 60))


def is_too_fast(
    before: Place, before_at: datetime, place: Place, at: datetime, settings: CheckinSettings
) -> bool:
    """Whether nobody travels that fast, even if both fixes are wrong by all they may be."""
    if not (before.is_on_earth and place.is_on_earth):
        return False
    way = metres(before.latitude, before.longitude, place.latitude, place.longitude)
    way -= (before.accuracy or 0) + (place.accuracy or 0)
    # What came late is from before.
    hours = max(abs((at - before_at).total_seconds()), 1) / 3600
    return way > SPEED_METRES and way / 1000 / hours > settings.max_speed_kmh
