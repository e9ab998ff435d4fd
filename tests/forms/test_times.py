"""Times as people write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.times import read_time

ZONE = ZoneInfo("Asia/Shanghai")
# Monday 23 November 2026, ten in the morning.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("8:05", 23, "08:05"),
        ("8：05", 23, "08:05"),
        ("８：０５", 23, "08:05"),
        ("8.05", 23, "08:05"),
        ("0805", 23, "08:05"),
        ("805", 23, "08:05"),
        ("8点", 23, "08:00"),
        ("8点05", 23, "08:05"),
        ("8点5分", 23, "08:05"),
        ("八点半", 23, "08:30"),
        ("八点一刻", 23, "08:15"),
        ("早上七点四十五", 23, "07:45"),
        ("今天 8:05", 23, "08:05"),
        ("10:00", 23, "10:00"),
        # Later than now: it was yesterday's.
        ("20:00", 22, "20:00"),
        ("晚上八点", 22, "20:00"),
        ("昨天 20:00", 22, "20:00"),
        ("昨天20点", 22, "20:00"),
        ("昨晚八点半", 22, "20:30"),
        ("昨天下午两点", 22, "14:00"),
        ("前天 9:15", 21, "09:15"),
        ("11月21日 8:05", 21, "08:05"),
        ("11-21 8:05", 21, "08:05"),
        ("2026-11-21 08:05", 21, "08:05"),
        ("十一月二十一日二十点零五", 21, "20:05"),
        ("yesterday 20:00", 22, "20:00"),
        ("today 8:05 AM", 23, "08:05"),
        ("yesterday 8:05 pm", 22, "20:05"),
        ("昨天24:00", 23, "00:00"),
    ],
)
def test_a_time_is_read_as_it_is_meant(text: str, day: int, clock: str) -> None:
    read = read_time(text, NOW.astimezone(UTC), ZONE)
    assert read is not None
    assert read.astimezone(ZONE).strftime("%d %H:%M") == f"{day} {clock}"
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "八",
        "25:00",
        "8:61",
        "24:01",
        "2月30日 8:00",
        "13-13 8:00",
        "不知道",
        "8:05 左右吧",
        "20",
        "十十点",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text, NOW, ZONE) is None


def test_a_date_still_to_come_was_last_years() -> None:
    read = read_time("12月31日 8:00", NOW, ZONE)
    assert read is not None
    assert read.year == 2025


@given(
    st.text(alphabet="0123456789:.点时分半刻早晚昨前天月日十二 apm-一三", max_size=20) | st.text(max_size=50)
)
def test_reading_never_raises(text: str) -> None:
    read = read_time(text, NOW, ZONE)
    assert read is None or read.tzinfo is not None


@given(st.datetimes(datetime(2026, 11, 22, 10, 1), datetime(2026, 11, 23, 10, 0)))
def test_a_bare_clock_means_the_last_one(moment: datetime) -> None:
    local = moment.replace(second=0, microsecond=0, tzinfo=ZONE)
    read = read_time(f"{local:%H:%M}", NOW, ZONE)
    assert read == local
