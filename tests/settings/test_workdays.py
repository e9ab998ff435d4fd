"""Working days over the long holidays, checked against the State Council's notice for 2026 by hand."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings.cases import Due
from bot.settings.workdays import Workdays, workdays

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


@pytest.mark.parametrize(
    ("told", "days", "due"),
    [
        # Friday the 13th of February; Saturday is worked, the festival lasts from the 15th to the 23rd.
        ("2026-02-13T09:00", 1, "2026-02-14T18:00"),
        ("2026-02-13T09:00", 5, "2026-02-27T18:00"),
        ("2026-02-13T09:00", 7, "2026-03-02T18:00"),
        # In the middle of the festival, and on its last day.
        ("2026-02-18T23:30", 1, "2026-02-24T18:00"),
        ("2026-02-23T08:00", 3, "2026-02-26T18:00"),
        # On a Saturday that is worked.
        ("2026-02-28T17:59", 1, "2026-03-02T18:00"),
        # Tomb-sweeping: Saturday the 4th to Monday the 6th of April.
        ("2026-04-03T10:00", 1, "2026-04-07T18:00"),
        # Labour Day: the 1st to the 5th of May, Saturday the 9th is worked.
        ("2026-04-30T10:00", 5, "2026-05-11T18:00"),
        ("2026-05-08T10:00", 1, "2026-05-09T18:00"),
        # Mid-Autumn and National Day: off from the 25th to the 27th and from the 1st to the 7th, the 20th
        # of September and the 10th of October are worked.
        ("2026-09-18T10:00", 1, "2026-09-20T18:00"),
        ("2026-09-24T10:00", 5, "2026-10-09T18:00"),
        ("2026-10-07T12:00", 3, "2026-10-10T18:00"),
        # Over the turn of the year: the 1st of January is off wherever the calendar is not announced yet.
        ("2026-12-31T10:00", 1, "2027-01-04T18:00"),
        # Told at half past midnight in China, which is the day before in UTC.
        ("2026-11-23T00:30", 1, "2026-11-24T18:00"),
    ],
)
def test_due_times_by_hand(told: str, days: int, due: str) -> None:
    at = datetime.fromisoformat(told).replace(tzinfo=SHANGHAI).astimezone(UTC)
    found = Due(days=days, working=True).of(at, SHANGHAI, time(18), CHINA)
    assert found.astimezone(SHANGHAI) == datetime.fromisoformat(due).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("due", "now", "late"),
    [
        # Due on the last day before the festival: nothing of it counts but the worked Saturday.
        ("2026-02-13", "2026-02-14", 1),
        ("2026-02-14", "2026-02-23", 0),
        ("2026-02-14", "2026-02-24", 1),
        ("2026-09-30", "2026-10-07", 0),
        ("2026-09-30", "2026-10-10", 3),
        ("2026-10-09", "2026-10-11", 1),
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-20", 0),
    ],
)
def test_working_days_past_due_by_hand(due: str, now: str, late: int) -> None:
    assert CHINA.between(date.fromisoformat(due), date.fromisoformat(now)) == late
