"""Rotations on the calendar: against days counted out by hand, and against a model that walks minute by
minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.shifts.rotation_pattern import (
    Cycle,
    PlannedTurn,
    RotationTurn,
    cycle_of,
    in_turn,
    missing_titles,
    moment,
    named_crews,
    pattern_spans,
    planned,
    read_spans,
)
from models import Pattern

_MORNING = {"day": 0, "start": "08:00", "end": "16:00", "crew": 0}
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 23)


def turns(cycle: Cycle, days: int, zone: ZoneInfo = SHANGHAI, first: date = DAY) -> list[PlannedTurn]:
    """So many days from the first on."""
    return list(planned(cycle, first, None, first, first + timedelta(days=days - 1), zone))


def told(found: list[PlannedTurn], zone: ZoneInfo = SHANGHAI) -> list[str]:
    """Turns as people write them."""
    return [
        f"{t.starts_at.astimezone(zone):%d %H:%M}-{t.ends_at.astimezone(zone):%H:%M} {'ABCDEF'[t.crew]}"
        for t in found
    ]


def test_three_shifts_and_four_crews_are_eight_on_and_twenty_four_off() -> None:
    cycle = in_turn(pattern_spans(Pattern.THREE_EIGHT, time(8)), 4)
    assert cycle.days == 4
    assert cycle.crews == 4
    assert told(turns(cycle, 3))[1:] == [
        "23 08:00-16:00 A", "23 16:00-00:00 B", "24 00:00-08:00 C", "24 08:00-16:00 D", "24 16:00-00:00 A",
        "25 00:00-08:00 B", "25 08:00-16:00 C", "25 16:00-00:00 D",
    ]  # fmt: skip


def test_two_of_twelve_go_over_midnight() -> None:
    cycle = in_turn(pattern_spans(Pattern.TWO_TWELVE, time(8)), 3)
    assert told(turns(cycle, 3)) == [
        "23 08:00-20:00 A", "23 20:00-08:00 B", "24 08:00-20:00 C", "24 20:00-08:00 A", "25 08:00-20:00 B",
        "25 20:00-08:00 C",
    ]  # fmt: skip


def test_a_day_on_and_two_off() -> None:
    cycle = in_turn(pattern_spans(Pattern.DAY_AND_TWO_OFF, time(9)), 3)
    assert told(turns(cycle, 4)) == [
        "23 09:00-09:00 A",
        "24 09:00-09:00 B",
        "25 09:00-09:00 C",
        "26 09:00-09:00 A",
    ]
    assert all(t.ends_at - t.starts_at == timedelta(hours=24) for t in turns(cycle, 30))


def test_it_begins_and_ends_on_its_days() -> None:
    cycle = in_turn(pattern_spans(Pattern.DAY_AND_TWO_OFF, time(8)), 2)
    found = planned(cycle, DAY, date(2026, 11, 25), date(2026, 1, 1), date(2026, 12, 31), SHANGHAI)
    assert [turn.day.day for turn in found] == [23, 24, 25]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (DAY, 8)])
def test_a_night_in_which_the_clocks_change_is_shorter_or_longer(day: date, hours: int) -> None:
    cycle = Cycle(1, (RotationTurn(0, time(22), time(6), 0),))
    (night,) = planned(cycle, day, None, day, day, BERLIN)
    assert night.ends_at - night.starts_at == timedelta(hours=hours)


def test_a_time_the_clocks_jump_over_is_when_they_jump() -> None:
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert {moment(date(2026, 3, 29), time(2, minute), BERLIN) for minute in (0, 1, 30, 59)} == {jump}
    assert moment(date(2026, 3, 29), time(3), BERLIN) == jump
    nothing = Cycle(1, (RotationTurn(0, time(2), time(3), 0),))
    assert turns(nothing, 1, BERLIN, date(2026, 3, 29)) == []
    assert moment(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@st.composite
def round_the_clock(draw: st.DrawFn) -> list[tuple[time, time]]:
    """Turns that share a day between them."""
    minutes = draw(st.lists(st.integers(0, 1439), min_size=1, max_size=6, unique=True).map(sorted))
    starts = [time(each // 60, each % 60) for each in minutes]
    return list(zip(starts, starts[1:] + starts[:1], strict=True))


@settings(max_examples=60, deadline=None)
@given(
    spans=round_the_clock(),
    crews=st.integers(1, 6),
    first=st.dates(date(2026, 3, 20), date(2026, 11, 10)),
    zone=st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("Australia/Lord_Howe")]),
)
def test_round_the_clock_nobody_is_missing_and_crews_take_turns(
    spans: list[tuple[time, time]], crews: int, first: date, zone: ZoneInfo
) -> None:
    """The model: cut the time line at every wall time of a start, deal the pieces out one by one."""
    found = turns(in_turn(spans, crews), 12, zone, first)
    cuts = sorted(
        {moment(first + timedelta(days=day), start, zone) for day in range(14) for start, _ in spans}
    )
    pieces = dict(pairwise(cuts))
    assert found
    for one, other in pairwise(found):
        assert one.ends_at == other.starts_at
    for turn in found:
        assert pieces[turn.starts_at] == turn.ends_at
    if len(cuts) == 14 * len(spans):
        # No turn fell into a jump of the clocks: crews follow one another without a break.
        assert all((b.crew - a.crew) % crews == 1 % crews for a, b in pairwise(found))
    assert len({turn.name for turn in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(
    data=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(0, 23), st.integers(0, 3)),
        min_size=1, max_size=8, unique_by=lambda each: each[:2],
    ),
    since=st.integers(-10, 40), length=st.integers(0, 40),
)  # fmt: skip
def test_any_cycle_is_what_counting_days_says(
    data: list[tuple[int, int, int, int]], since: int, length: int
) -> None:
    """The model: on every day, look through all turns; a zone without summer time adds hours."""
    cycle = Cycle(7, tuple(RotationTurn(day, time(start), time(end), crew) for day, start, end, crew in data))
    begin = DAY + timedelta(days=since)
    found = planned(cycle, DAY, None, begin, begin + timedelta(days=length), SHANGHAI)
    expected = []
    for number in range(since, since + length + 1):
        if number < 0:
            continue
        midnight = datetime(2026, 11, 23, tzinfo=SHANGHAI) + timedelta(days=number)
        for day, start, end, crew in data:
            if number % 7 == day:
                hours = (end - start) % 24 or 24
                starts_at = midnight + timedelta(hours=start)
                expected.append((starts_at, starts_at + timedelta(hours=hours), crew))
    assert sorted((t.starts_at, t.ends_at, t.crew) for t in found) == sorted(expected)


def test_a_cycle_is_kept_and_read_again() -> None:
    cycle = in_turn([(time(6, 30), time(14)), (time(14), time(22)), (time(22), time(6, 30))], 5)
    assert cycle_of(cycle.as_data()) == cycle


@pytest.mark.parametrize(
    "data",
    [
        {}, {"days": 1, "turns": []}, {"days": 0, "turns": [_MORNING]},
        {"days": 1, "turns": [{**_MORNING, "day": 1}]},
        {"days": 1, "turns": [{**_MORNING, "start": "25:00"}]},
        {"days": 1, "turns": [_MORNING, _MORNING]},
    ],
)  # fmt: skip
def test_what_is_no_cycle_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"cycle|start together|hour|isoformat"):
        cycle_of(data)


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("7-15，15-23，23-7", ["07:00-15:00", "15:00-23:00", "23:00-07:00"]),
        ("6:30-14 / 14到次日6：30", ["06:30-14:00", "14:00-06:30"]),
        ("8点-20点、20点-8点", ["08:00-20:00", "20:00-08:00"]),
        ("8-24", ["08:00-00:00"]),
        ("早班晚班", None), ("8-25", None), ("8-16，8-20", None), ("8-16 岩罕", None), ("", None),
    ],
)  # fmt: skip
def test_times_as_people_write_them(words: str, spans: list[str] | None) -> None:
    read = read_spans(words)
    assert (None if read is None else [f"{start:%H:%M}-{end:%H:%M}" for start, end in read]) == spans


def test_crews_as_people_write_them() -> None:
    assert named_crews("岩罕、玉香\n 排勒, 阿昌 / 王芳；\n") == [["岩罕", "玉香"], ["排勒", "阿昌"], ["王芳"]]


def test_a_title_counts_as_a_whole() -> None:
    assert missing_titles(["党员中心户、护边员", ""], ["党员", "护边员"]) == ("党员",)
    assert missing_titles([], []) == ()
