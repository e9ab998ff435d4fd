"""Which shift a check-in belongs to, against a model that goes through the rules one by one."""

from datetime import UTC, datetime, timedelta
from math import cos, radians
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.features.duty.grading import DutySpot, Place
from bot.features.duty.shift_match import PlannedShift, match_shift

DAY = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Shanghai"))
POSTS = {1: DutySpot("芒里卡点", 24.40, 98.55, 200, 1), 2: DutySpot("大桥执勤点", 24.42, 98.57, 200, 2)}
# Half hours from midnight; shifts of up to two days, over midnight as often as not.
SHIFTS = st.lists(
    st.tuples(st.integers(-48, 96), st.integers(1, 96), st.sampled_from([None, 1, 2])), max_size=6
)


def _shift(number: int, start: float, hours: float, post: int | None = None) -> PlannedShift:
    starts_at = DAY + timedelta(hours=start)
    spot = POSTS[post] if post else None
    return PlannedShift(
        number,
        1,
        "border",
        starts_at,
        starts_at + timedelta(hours=hours),
        post,
        spot.name if spot else "",
        spot,
    )


def _hour(clock: float) -> datetime:
    return DAY + timedelta(hours=clock)


def _standing_at(post: int | None, north: float = 0) -> Place | None:
    if post is None:
        return None
    return Place(POSTS[post].latitude + north / 111_195, POSTS[post].longitude)


def _model(
    shifts: list[PlannedShift], at: datetime, early: int, attended: set[int], post: int | None
) -> set[int]:
    """The shifts that may be meant: one rule after another, each kept to where it leaves any."""
    left = [s for s in shifts if (s.starts_at - at).total_seconds() <= early * 60 and at < s.ends_at]
    for rule in (lambda s: s.id not in attended, lambda s: post is not None and s.post_id == post):
        left = [s for s in left if rule(s)] or left
    nearest = min((abs((s.starts_at - at).total_seconds()) for s in left), default=0)
    return {s.id for s in left if abs((s.starts_at - at).total_seconds()) == nearest}


@given(
    SHIFTS,
    st.integers(-3000, 6000),
    st.sampled_from([0, 30, 60, 720]),
    st.sets(st.integers(0, 5)),
    st.sampled_from([None, 1, 2]),
)
@example([(0, 48, None), (48, 48, None)], 1440, 60, set(), None)
@example([(40, 24, 1), (44, 24, 2)], 1300, 60, {0}, 1)
def test_the_shift_is_the_one_the_rules_leave(
    rota: list[tuple[int, int, int | None]], minute: int, early: int, attended: set[int], post: int | None
) -> None:
    shifts = [_shift(n, start / 2, halves / 2, own) for n, (start, halves, own) in enumerate(rota)]
    at = DAY + timedelta(minutes=minute)
    found = match_shift(shifts, at, early, attended, _standing_at(post))
    meant = _model(shifts, at, early, attended, post)
    assert (found is None) == (not meant)
    if found:
        assert found.id in meant
        assert found == match_shift(shifts[::-1], at, early, attended, _standing_at(post))


def test_a_day_round_shift_is_open_all_day_and_its_relief_comes_an_hour_before() -> None:
    first, second = _shift(1, 8, 24), _shift(2, 32, 24)
    assert match_shift([first, second], _hour(6.9), 60) is None
    for clock in (7, 8, 20, 24, 30.9):
        assert match_shift([first, second], _hour(clock), 60) == first
    # Whoever comes now, comes for the relief.
    assert match_shift([first, second], _hour(31), 60) == second
    assert match_shift([first, second], _hour(31), 60, attended={2}) == first
    assert match_shift([first, second], _hour(56), 60) is None


def test_over_midnight_is_one_shift() -> None:
    night = _shift(1, 20, 12)
    for clock in (19, 20, 23.99, 24, 28, 31.99):
        assert match_shift([night], _hour(clock), 60) == night
    assert match_shift([night], _hour(32), 60) is None


def test_back_to_back_at_two_posts_goes_by_where_one_stands() -> None:
    morning, afternoon = _shift(1, 8, 4, post=1), _shift(2, 12, 4, post=2)
    rota = [morning, afternoon]
    assert match_shift(rota, _hour(11.5), 60, place=_standing_at(1)) == morning
    assert match_shift(rota, _hour(11.5), 60, place=_standing_at(2)) == afternoon
    assert match_shift(rota, _hour(11.5), 60, attended={1}, place=_standing_at(1)) == afternoon
    assert match_shift(rota, _hour(12), 60, place=_standing_at(1)) == afternoon
    assert match_shift(rota, _hour(8), 60, place=_standing_at(2)) == morning


def test_standing_there_is_within_the_radius() -> None:
    rota = [_shift(1, 8, 8, post=1), _shift(2, 10, 8, post=2)]
    assert match_shift(rota, _hour(10), 60, place=_standing_at(1, north=195)) == rota[0]
    assert match_shift(rota, _hour(10), 60, place=_standing_at(1, north=205)) == rota[1]
    east = Place(24.40, 98.55 + 195 / 111_195 / cos(radians(24.40)))
    assert match_shift(rota, _hour(10), 60, place=east) == rota[0]


def test_attended_ones_come_last_but_still_count() -> None:
    rota = [_shift(1, 8, 8), _shift(2, 8, 8)]
    assert match_shift(rota, _hour(8), 60, attended={1}) == rota[1]
    assert match_shift(rota, _hour(8), 60, attended={1, 2}) == rota[0]


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    starts = datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=1).astimezone(UTC)
    shift = PlannedShift(1, 1, "border", starts, starts + timedelta(hours=1))
    first, second = (
        datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    assert match_shift([shift], first, 59) is None
    assert match_shift([shift], second, 59) == shift
