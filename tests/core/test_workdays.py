"""Working days over the long holidays, checked against the State Council's notice for 2026 by hand."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.categories import Due
from bot.workdays import Workdays, workdays

CHINA = Workdays()
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-14", True),  # Saturday, worked for the Spring Festival
        ("2026-02-16", False),  # New Year's Eve by the moon
        ("2026-02-20", False),
        ("2026-02-21", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),  # Saturday, worked
        ("2026-03-01", False),
        ("2026-09-20", True),  # Sunday, worked for National Day
        ("2026-09-25", False),  # Mid-Autumn
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),  # Saturday, worked
        ("2026-11-22", False),
        ("2026-11-23", True),
    ],
)
def test_holidays_and_their_make_up_days(day: str, worked: bool) -> None:
    assert CHINA.is_workday(date.fromisoformat(day)) is worked


def test_working_days_are_counted_over_national_day() -> None:
    # From Wednesday the 30th: the 8th, the 9th, and Saturday the 10th, which is worked.
    assert CHINA.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CHINA.after(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert CHINA.after(date(2026, 9, 30), 4) == date(2026, 10, 12)
    assert CHINA.between(date(2026, 9, 30), date(2026, 10, 12)) == 4


def test_working_days_are_counted_over_the_spring_festival() -> None:
    # From Friday the 13th: Saturday the 14th is worked, then nothing until the 24th.
    assert CHINA.after(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert CHINA.after(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert CHINA.after(date(2026, 2, 24), 4) == date(2026, 2, 28)


def test_what_the_office_says_goes_before_the_calendar() -> None:
    own = workdays([date(2026, 10, 8)], [date(2026, 10, 11)])
    assert not own.is_workday(date(2026, 10, 8))
    assert own.is_workday(date(2026, 10, 11))
    assert own.after(date(2026, 9, 30), 3) == date(2026, 10, 11)


@pytest.mark.parametrize("year", [1, 1900, 2049, 2101, 9999])
def test_a_year_nobody_has_announced_still_has_its_weekends(year: int) -> None:
    week = [date(year, 6, day) for day in range(8, 15)]
    assert sum(CHINA.is_workday(day) for day in week) >= 3
    assert CHINA.after(date(year, 12, 31), 1) >= date(year, 12, 31)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 20))
@settings(max_examples=60)
def test_counting_forth_and_back_agree(day: date, count: int) -> None:
    reached = CHINA.after(day, count)
    assert CHINA.is_workday(reached)
    assert CHINA.between(day, reached) == (count or int(reached != day))


def test_days_end_when_the_office_closes_and_hours_run_on() -> None:
    found = datetime(2026, 9, 30, 1, tzinfo=UTC)
    in_working_days = Due(days=3, working=True).of(found, SHANGHAI, time(18), CHINA)
    assert in_working_days == datetime(2026, 10, 10, 10, tzinfo=UTC)
    assert Due(days=3).of(found, SHANGHAI, time(18), CHINA) == datetime(2026, 10, 3, 10, tzinfo=UTC)
    assert Due(hours=4).of(found, SHANGHAI, time(18), CHINA) == datetime(2026, 9, 30, 5, tzinfo=UTC)
