"""Tracks: noise, jumps, gaps, distance, coverage and what was passed, against walks made by hand and wild
ones, with a simpler model beside."""

import itertools
from datetime import UTC, datetime, timedelta
from math import cos, hypot, pi, radians, sin
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.fixes import Point, Rules, believed
from bot.base.geometry import XY, Plane, Spot, nearest, share_near, simplified
from bot.features.patrols.tracks import Track, TrackTarget, coverage, keeps, passed, shape, track_of

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HOME = (24.0, 97.8)
RULES = Rules()
_DEGREE = 111_195.08


def _spot(north: float, east: float) -> Spot:
    return HOME[0] + north / _DEGREE, HOME[1] + east / (_DEGREE * cos(radians(HOME[0])))


def _point(seconds: float, north: float, east: float = 0.0, accuracy: float | None = 8) -> Point:
    return Point(START + timedelta(seconds=seconds), *_spot(north, east), accuracy)


def _steady(count: int, *, start: float = 0, pace: float = 1.4, every: float = 10) -> list[Point]:
    """A walk to the north."""
    return [_point(start + n * every, n * every * pace) for n in range(count)]


def _shaken(points: list[Point], metres: float) -> list[Point]:
    random = Random(7)
    shaken = []
    for point in points:
        angle, away = random.uniform(0, 2 * pi), random.uniform(0, metres)
        spot = Plane(HOME).xy(point.spot)
        place = _spot(spot[1] + away * cos(angle), spot[0] + away * sin(angle))
        shaken.append(Point(point.at, *place, point.accuracy))
    return shaken


def _dropped(points: list[Point]) -> int:
    """How many are no part of the track."""
    return len(points) - sum(map(len, believed(points, RULES)))


def _jumps(track: Track) -> int:
    return sum(each.is_jump for each in track.breaks)


def test_a_steady_walk_is_as_long_as_it_is() -> None:
    track = track_of(_steady(361), RULES)
    assert track.metres == pytest.approx(1.4 * 3600, rel=0.01)
    assert (len(track.pieces), track.breaks) == (1, ())


def test_standing_still_is_no_way_however_the_fixes_dance() -> None:
    standing = [_point(n * 10, 0, 0, 12) for n in range(8 * 360)]
    assert track_of(_shaken(standing, 7), RULES).metres == 0


def test_a_dancing_walk_is_hardly_longer_than_the_way() -> None:
    track = track_of(_shaken(_steady(361), 6), RULES)
    assert track.metres == pytest.approx(5040, rel=0.06)


def test_points_in_any_order_and_twice_make_the_same_track() -> None:
    points = _steady(120)
    mixed = [*points, *points[10:40]]
    Random(3).shuffle(mixed)
    track = track_of(mixed, RULES)
    assert track.pieces == track_of(points, RULES).pieces
    assert _dropped(mixed) == 30


def test_a_fix_that_is_too_poor_or_not_on_earth_is_no_part_of_the_way() -> None:
    points = _steady(30)
    wild = [_point(15, 900, accuracy=400), Point(START + timedelta(seconds=25), 99.0, 97.8, 5)]
    track = track_of([*points, *wild], RULES)
    assert track.pieces == track_of(points, RULES).pieces
    assert _dropped([*points, *wild]) == 2


@pytest.mark.parametrize("count", [1, 2])
def test_a_spike_of_one_or_two_points_is_thrown_out(count: int) -> None:
    points = _steady(60)
    for number in range(20, 20 + count):
        points[number] = _point(number * 10, number * 14, 3_000)
    track = track_of(points, RULES)
    assert track.metres == pytest.approx(59 * 14, rel=0.03)
    assert (len(track.pieces), _jumps(track), _dropped(points)) == (1, 0, count)


def test_a_slow_spike_is_thrown_out_too() -> None:
    points = _steady(60)
    points[20] = _point(200, 280, 150)
    track = track_of(points, RULES)
    assert track.metres == pytest.approx(59 * 14, rel=0.03)
    assert _dropped(points) == 1


def test_a_track_that_goes_on_far_away_is_broken_by_a_jump_that_nobody_walked() -> None:
    far = [_point(600 + n * 10, 14_000 + n * 14) for n in range(60)]
    track = track_of(_steady(60) + far, RULES)
    assert (len(track.pieces), _jumps(track), track.silent_minutes) == (2, 1, 0)
    assert track.metres == pytest.approx(2 * 59 * 14, rel=0.03)
    assert shape(track)["gaps"] == []


def test_a_silent_phone_breaks_the_track_and_its_minutes_are_told() -> None:
    later = _steady(60, start=590 + 1500)
    track = track_of(_steady(60) + later, RULES)
    assert (len(track.pieces), track.silent_minutes, _jumps(track)) == (2, 25, 0)
    assert track.metres == pytest.approx(2 * 59 * 14, rel=0.03)
    drawn = shape(track)
    assert [len(piece) for piece in drawn["track"]] == [2, 2]
    assert (len(drawn["gaps"]), drawn["silent_minutes"]) == (1, 25)


def test_a_silence_as_long_as_allowed_is_none() -> None:
    allowed, longer = [_point(0, 0), _point(300, 300)], [_point(0, 0), _point(301, 300)]
    assert track_of(allowed, RULES).breaks == ()
    assert track_of(longer, RULES).silent_minutes == 5


def test_no_points_make_an_empty_track() -> None:
    track = track_of([], RULES)
    assert track == Track((), (), 0.0)
    assert coverage([_spot(0, 0), _spot(100, 0)], [], track, RULES) is None
    assert shape(track) == {"track": [], "gaps": [], "silent_minutes": 0}


def test_the_share_of_a_section_that_was_walked() -> None:
    line = [_spot(0, 0), _spot(1_000, 0), _spot(1_000, 1_000)]
    there = track_of(_steady(73), RULES)
    assert coverage(line, [], there, RULES) == pytest.approx(52, abs=2)
    back = [_point(n * 10, 1_000, n * 14) for n in range(73)]
    whole = track_of([*_steady(73), *(Point(p.at + timedelta(seconds=730), *p.spot) for p in back)], RULES)
    assert coverage(line, [], whole, RULES) == 100


def test_without_a_line_the_checkpoints_tell_what_was_walked() -> None:
    stops = [_spot(0, 30), _spot(500, -40), _spot(500, 300), _spot(5_000, 0)]
    assert coverage([], stops, track_of(_steady(60), RULES), RULES) == 50
    assert coverage([], [], track_of(_steady(60), RULES), RULES) is None
    assert coverage([_spot(0, 0)], stops, track_of(_steady(60), RULES), RULES) == 50


def test_single_places_far_apart_are_measured_by_the_checkpoints() -> None:
    sent = track_of([_point(0, 0), _point(600, 500), _point(1_200, 1_000)], RULES)
    line, stops = [_spot(0, 0), _spot(1_000, 0)], [_spot(0, 0), _spot(500, 0), _spot(750, 0), _spot(1_000, 0)]
    assert coverage(line, stops, sent, RULES) == 75
    assert coverage(line, [], sent, RULES) is None


def test_what_lies_in_a_gap_was_not_walked() -> None:
    walked = [*_steady(20), *(_point(1_000 + n * 10, 800 + n * 14) for n in range(20))]
    track = track_of(walked, RULES)
    assert coverage([_spot(0, 0), _spot(1_066, 0)], [], track, RULES) == pytest.approx(59, abs=2)


def test_a_checkpoint_between_two_fixes_is_passed_at_its_time() -> None:
    near = TrackTarget(1, *_spot(150, 20), 50)
    off = TrackTarget(2, *_spot(150, 90), 50)
    found = passed(_point(0, 0), _point(20, 300), [off, near], RULES)
    assert [(each.number, round(each.metres)) for each in found] == [(1, 20)]
    assert abs(found[0].at - START - timedelta(seconds=10)) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "last",
    [None, _point(-200, 0), _point(5, 0, accuracy=300), _point(15, 20_000), _point(30, 0)],
    ids=["none", "long ago", "poor", "too far", "later"],
)
def test_only_the_point_itself_counts_where_the_way_to_it_is_not_known(last: Point | None) -> None:
    targets = [TrackTarget(1, *_spot(150, 0), 50), TrackTarget(2, *_spot(310, 0), 50)]
    assert [each.number for each in passed(last, _point(20, 300), targets, RULES)] == [2]


def test_a_poor_fix_reaches_further_but_not_beyond_the_radius_once_more() -> None:
    target = [TrackTarget(1, *_spot(90, 0), 50)]
    assert not passed(None, _point(0, 0, accuracy=30), target, RULES)
    assert passed(None, _point(0, 0, accuracy=45), target, RULES)
    assert not passed(None, _point(0, -20, accuracy=90), target, RULES)


def test_kept_points_are_few_and_tell_the_same() -> None:
    walk = _steady(361)
    standing = [_point(3600 + n * 10, 5040) for n in range(1, 2_520)]
    kept: list[Point] = []
    for point in walk + standing:
        if keeps(kept[-1] if kept else None, point, RULES):
            kept.append(point)
    assert len(kept) < 181 + 421
    thin, whole = track_of(kept, RULES), track_of(walk + standing, RULES)
    assert thin.breaks == whole.breaks == ()
    assert thin.metres == pytest.approx(whole.metres, rel=0.01)


_STEPS = st.lists(
    st.tuples(st.floats(1, 900), st.floats(-3_000, 3_000), st.floats(-3_000, 3_000), st.floats(0, 200)),
    max_size=40,
)


def _wild(steps: list[tuple[float, float, float, float]]) -> list[Point]:
    points, seconds = [], 0.0
    for after, north, east, accuracy in steps:
        seconds += after
        points.append(_point(seconds, north, east, accuracy))
    return points


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_of_wild_points_each_is_used_once_and_no_piece_is_faster_than_anybody(
    steps: list[tuple[float, float, float, float]],
) -> None:
    points = _wild(steps)
    track = track_of(points, RULES)
    used = [point for piece in track.pieces for point in piece]
    assert [point.at for point in used] == sorted({point.at for point in used})
    assert len(used) + _dropped(points) <= len(points)
    straight = sum(
        hypot(*(b - a for a, b in zip(Plane(HOME).xy(one.spot), Plane(HOME).xy(two.spot), strict=True)))
        for piece in track.pieces
        for one, two in itertools.pairwise(piece)
    )
    assert track.metres == pytest.approx(straight, rel=0.01, abs=0.1)
    assert len(track.pieces) == (len(track.breaks) + 1 if used else 0)


@settings(max_examples=40, deadline=None)
@given(_STEPS, st.integers(0, 1_000))
def test_points_in_any_order_make_the_same_track(
    steps: list[tuple[float, float, float, float]], seed: int
) -> None:
    points = _wild(steps)
    mixed = points[:]
    Random(seed).shuffle(mixed)
    assert track_of(points, RULES) == track_of(mixed, RULES)


_LINE = st.lists(st.tuples(st.floats(-2_000, 2_000), st.floats(-2_000, 2_000)), min_size=2, max_size=12)


def _model_share(line: list[XY], pieces: list[list[XY]], metres: float) -> float:
    """Every place of the line against every stretch."""
    places: list[XY] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        steps = int(hypot(x2 - x1, y2 - y1) / 5)
        places += [(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps)]
    stretches = [pair for piece in pieces for pair in itertools.pairwise(piece)]
    near = sum(any(nearest(place, *pair).metres <= metres for pair in stretches) for place in places)
    return near / len(places) if places else 0.0


@settings(max_examples=30, deadline=None)
@given(_LINE, _LINE, st.sampled_from([30.0, 80.0]))
def test_coverage_is_what_measuring_everything_gives(line: list[XY], way: list[XY], metres: float) -> None:
    found = share_near([_spot(*place) for place in line], [[_spot(*place) for place in way]], metres)
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(line))
    if length < 100:
        return
    assert found == pytest.approx(_model_share(line, [way], metres), abs=0.02 + 30 / length)


@settings(max_examples=60, deadline=None)
@given(_LINE, st.floats(0.5, 200))
def test_a_simplified_line_keeps_its_ends_and_its_distance(line: list[XY], tolerance: float) -> None:
    spots = [_spot(*place) for place in line]
    thin = simplified(spots, tolerance)
    assert (thin[0], thin[-1]) == (spots[0], spots[-1])
    plane = Plane(spots[0])
    flat = [plane.xy(spot) for spot in thin]
    for spot in spots:
        away = min(nearest(plane.xy(spot), a, b).metres for a, b in itertools.pairwise(flat))
        assert away <= tolerance + 1e-6


def test_a_long_straight_line_is_simplified_without_recursion() -> None:
    zigzag = [_spot(n * 10, (n % 2) * 40) for n in range(1_500)]
    assert len(simplified(zigzag, 10)) == 1_500
    assert len(simplified(zigzag, 60)) == 2
