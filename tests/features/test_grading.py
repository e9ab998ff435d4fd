"""Grading against simple models: flat maps, minutes counted one by one, days walked through."""

from datetime import UTC, date, datetime, time, timedelta
from math import cos, hypot, isclose, pi, radians
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.base.geometry import metres
from bot.features.duty.grading import DutySpot, Place, grade_arrival, grade_leaving, grade_place, is_too_fast
from bot.settings import CheckinSettings, WorkSettings
from bot.settings.work_day import work_day
from models import PlaceGrade, Punctuality

SETTINGS = CheckinSettings()
DEGREE = 6_371_008.8 * pi / 180
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
# Metres north and east of the middle of the district.
OFFSETS = st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000))


def _at(north: float, east: float, accuracy: float | None = None) -> Place:
    """A place by metres from 24.4° north, 98.5° east, as a flat map has it."""
    return Place(24.4 + north / DEGREE, 98.5 + east / DEGREE / cos(radians(24.4)), accuracy)


def _spot(name: str, offset: tuple[int, int], radius: int) -> DutySpot:
    place = _at(*offset)
    return DutySpot(name, place.latitude, place.longitude, radius)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_symmetric_and_no_more_than_half_round(a: float, b: float, c: float, d: float) -> None:
    there = metres(a, b, c, d)
    assert 0 <= there <= 180 * DEGREE + 1
    assert isclose(there, metres(c, d, a, b), abs_tol=0.01)
    assert metres(a, b, a, b) == 0


@given(OFFSETS, OFFSETS)
def test_in_a_district_distance_is_that_of_a_flat_map(a: tuple[int, int], b: tuple[int, int]) -> None:
    one, other = _at(*a), _at(*b)
    way = metres(one.latitude, one.longitude, other.latitude, other.longitude)
    assert isclose(way, hypot(a[0] - b[0], a[1] - b[1]), rel_tol=0.002, abs_tol=0.1)


def test_distance_crosses_the_date_line() -> None:
    assert isclose(metres(0, 179.999, 0, -179.999), 0.002 * DEGREE, rel_tol=1e-6)


@given(
    OFFSETS,
    st.lists(st.tuples(OFFSETS, st.integers(10, 2000)), max_size=4),
    st.none() | st.integers(0, 1500),
)
def test_the_grade_is_what_the_circles_say(
    offset: tuple[int, int], posts: list[tuple[tuple[int, int], int]], accuracy: int | None
) -> None:
    spots = [_spot(str(number), where, radius) for number, (where, radius) in enumerate(posts)]
    place = _at(*offset, accuracy)
    verdict = grade_place(place, spots, SETTINGS)
    if not spots:
        assert (verdict.grade, verdict.distance, verdict.spot) == (PlaceGrade.NOT_GRADED, None, None)
        return
    outside = [hypot(n - offset[0], e - offset[1]) - radius for (n, e), radius in posts]
    # Right on the rim the flat map cannot tell.
    assume(all(abs(rim) > 20 and abs(rim - (accuracy or 0)) > 20 for rim in outside))
    if min(outside) > (accuracy or 0):
        expected = PlaceGrade.OFF_SITE
    elif min(outside) <= 0 and (accuracy or 0) <= 500:
        expected = PlaceGrade.ON_SITE
    else:
        expected = PlaceGrade.UNSURE
    assert verdict.grade is expected
    assert verdict.spot is not None
    assert verdict.distance is not None
    (north, east), radius = posts[int(verdict.spot.name)]
    assert verdict.distance - radius <= min(outside) + 15
    assert isclose(verdict.distance, hypot(north - offset[0], east - offset[1]), rel_tol=0.002, abs_tol=1)


@given(OFFSETS, OFFSETS, st.integers(10, 2000), st.integers(0, 1500), st.integers(0, 1500))
def test_a_poorer_fix_never_turns_unsure_into_a_verdict_against(
    offset: tuple[int, int], post: tuple[int, int], radius: int, accuracy: int, worse: int
) -> None:
    spots = [_spot("post", post, radius)]
    sharp = grade_place(_at(*offset, accuracy), spots, SETTINGS).grade
    blurred = grade_place(_at(*offset, accuracy + worse), spots, SETTINGS).grade
    if sharp is not PlaceGrade.OFF_SITE:
        assert blurred is not PlaceGrade.OFF_SITE


@given(st.integers(-3 * 3600, 30 * 3600), st.integers(0, 240))
@example(300, 5)
@example(301, 5)
def test_punctuality_is_counted_in_whole_minutes(seconds: int, grace: int) -> None:
    late, early = NOON + timedelta(seconds=seconds), NOON - timedelta(seconds=seconds)
    arrival, leaving = grade_arrival(NOON, late, grace), grade_leaving(NOON, early, grace)
    on_time = seconds <= 60 * grace
    assert (arrival.punctuality is Punctuality.ON_TIME) == on_time
    assert (leaving.punctuality is Punctuality.ON_TIME) == on_time
    minutes = 0 if on_time else sum(1 for second in range(60, seconds + 1, 60) if second <= seconds)
    assert arrival.minutes == leaving.minutes == minutes


@given(
    st.integers(0, 400_000), st.integers(1, 36_000), st.integers(0, 2000), st.integers(0, 2000)
)  # fmt: skip
@example(900, 1, 0, 0)
@example(100_000, 1_800, 0, 0)
@example(100_000, 1_799, 0, 0)
def test_too_fast_is_faster_than_any_car_whatever_the_fixes(
    way: int, seconds: int, before: int, after: int
) -> None:
    start, end = Place(24.4, 98.5, before), Place(24.4 + way / DEGREE, 98.5, after)
    sure = way - before - after
    # Metres per second over kilometres per hour, multiplied out.
    assume(abs(sure * 3.6 - 200 * seconds) > 0.01 and abs(sure - 1_000) > 0.01)
    assert is_too_fast(start, NOON, end, NOON + timedelta(seconds=seconds), SETTINGS) == (
        sure > 1_000 and sure * 3.6 > 200 * seconds
    )


ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")


@given(MOMENTS, st.sampled_from(ZONES), st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])))
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin", time(4))
@example(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "Europe/Berlin", time(4))
@example(datetime(2026, 11, 22, 20, 0, tzinfo=UTC), "Asia/Shanghai", time(4))
def test_the_work_day_turns_at_its_start_by_the_wall_clock(at: datetime, zone: str, start: time) -> None:
    work = WorkSettings(timezone=zone, day_start=start)
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    day = work_day(at, work)
    assert datetime.combine(day, start) <= local < datetime.combine(day + timedelta(days=1), start)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-11-23T03:59:59+08:00", "Asia/Shanghai", date(2026, 11, 22)),
        ("2026-11-23T04:00:00+08:00", "Asia/Shanghai", date(2026, 11, 23)),
        # 03:59 in summer time, one hour before the clock has 04:00 in winter time.
        ("2026-10-25T02:59:00+00:00", "Europe/Berlin", date(2026, 10, 24)),
        ("2026-10-25T03:00:00+00:00", "Europe/Berlin", date(2026, 10, 25)),
        ("2026-03-29T01:59:59+00:00", "Europe/Berlin", date(2026, 3, 28)),
        ("2026-03-29T02:00:00+00:00", "Europe/Berlin", date(2026, 3, 29)),
    ],
)
def test_the_work_day_where_the_clock_is_changed(at: str, zone: str, day: date) -> None:
    work = WorkSettings(timezone=zone, day_start=time(4))
    assert work_day(datetime.fromisoformat(at), work) == day


@pytest.mark.parametrize("spot", [(0, 0), (0.0001, -0.0001), (0.009, 0.009)])
def test_the_place_of_a_phone_that_knows_none_is_not_graded(spot: tuple[float, float]) -> None:
    assert not Place(*spot).is_on_earth
    assert Place(spot[0] + 0.02, spot[1]).is_on_earth
