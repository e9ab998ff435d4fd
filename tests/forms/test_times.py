"""Times as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.times import read_times

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
        ("大概8点", 23, "08:00"),
        ("8点左右", 23, "08:00"),
        ("昨天晚上8点多", 22, "20:00"),
        ("差不多八点半", 23, "08:30"),
        ("半小时前", 23, "09:30"),
        ("大约20分钟以前", 23, "09:40"),
        ("一个半小时前", 23, "08:30"),
        ("两个钟头前", 23, "08:00"),
        ("一刻钟前", 23, "09:45"),
        ("刚才", 23, "10:00"),
        ("half an hour ago", 23, "09:30"),
        ("about 2 hours ago", 23, "08:00"),
        ("just now", 23, "10:00"),
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


def read_time(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The one moment that is meant."""
    found = read_times(text, now, zone)
    return found[0] if len(found) == 1 else None


# Typed on Tuesday 24 November at two in the afternoon, at two in the morning, and at ten to midnight.
MOMENTS = (
    datetime(2026, 11, 24, 14, 0, tzinfo=ZONE),
    datetime(2026, 11, 24, 2, 0, tzinfo=ZONE),
    datetime(2026, 11, 24, 23, 50, tzinfo=ZONE),
)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        # The same whenever it is typed on that day.
        ("昨晚12点", "24 00:00"),
        ("昨晚十二点半", "24 00:30"),
        ("昨晚24点", "24 00:00"),
        ("昨晚0点30分", "24 00:30"),
        ("昨晚1点", "24 01:00"),
        ("昨晚 11 点半", "23 23:30"),
        ("昨晚11：30", "23 23:30"),
        ("昨晚8点过5分", "23 20:05"),
        ("昨晚八点", "23 20:00"),
        ("昨晚　８点", "23 20:00"),
        ("昨夜2点", "24 02:00"),
        ("昨夜十一点三刻", "23 23:45"),
        ("昨天晚上12点", "24 00:00"),
        ("昨晚凌晨2点", "24 02:00"),
        ("昨儿晚上9点", "23 21:00"),
        ("前晚十一点", "22 23:00"),
        ("前晚12点", "23 00:00"),
        ("前天下午五点", "22 17:00"),
        ("昨天零点", "23 00:00"),
        ("昨天24:00", "24 00:00"),
        ("昨早八点一刻", "23 08:15"),
        ("昨天早上七点差五分", "23 06:55"),
        ("昨日下午3时15分", "23 15:15"),
        ("昨天中午12点半", "23 12:30"),
        ("昨天傍晚6点", "23 18:00"),
        ("凌晨12点半", "24 00:30"),
        ("今天凌晨1点", "24 01:00"),
        ("今日零点十分", "24 00:10"),
        ("半夜1点", "24 01:00"),
        ("半夜十二点半", "24 00:30"),
        ("夜里2点", "24 02:00"),
        ("晚上12点", "24 00:00"),
        ("零点", "24 00:00"),
        ("零点半", "24 00:30"),
        ("周一 8:05", "23 08:05"),
        ("周一早上8点", "23 08:00"),
        ("礼拜一早上八点一刻", "23 08:15"),
        ("星期一一早六点", "23 06:00"),
        ("上周六晚上九点", "21 21:00"),
        ("23号夜里11点", "23 23:00"),
        ("11/23 8:05", "23 08:05"),
        ("今早8点", "24 08:00"),
        ("12am", "24 00:00"),
        ("12:30am", "24 00:30"),
        ("midnight", "24 00:00"),
        ("last night at 11", "23 23:00"),
        ("11pm last night", "23 23:00"),
        ("2 am last night", "24 02:00"),
        ("last night 12", "24 00:00"),
        ("yesterday noon", "23 12:00"),
        ("yesterday 12pm", "23 12:00"),
        ("yesterday 12 a.m.", "23 00:00"),
        ("quarter past eight yesterday evening", "23 20:15"),
        ("half past seven yesterday morning", "23 07:30"),
        ("ten to nine yesterday morning", "23 08:50"),
        ("8:05 pm on 23 Nov", "23 20:05"),
        ("Nov 23 at 8pm", "23 20:00"),
        ("monday at 8:05", "23 08:05"),
        # Two readings.
        ("昨天夜里2点", "23 02:00|24 02:00"),
        ("昨天半夜12点", "23 00:00|24 00:00"),
        ("yesterday midnight", "23 00:00|24 00:00"),
        # No time.
        ("昨晚", ""),
        ("昨8点", ""),
        ("last 8:00", ""),
        ("昨天今天8点", ""),
        ("8点9点", ""),
        ("8点60分", ""),
        ("早上20点", ""),
        ("昨晚下午3点", ""),
        ("25点", ""),
    ],
)
@pytest.mark.parametrize("now", MOMENTS, ids=["14:00", "02:00", "23:50"])
def test_what_is_typed_means_the_same_all_day(text: str, readings: str, now: datetime) -> None:
    assert _readings(text, now) == readings


@pytest.mark.parametrize(
    ("text", "afternoon", "night", "midnight"),
    [
        # Without a day: the last one until now.
        ("夜里11点", "23 23:00", "23 23:00", "24 23:00"),
        ("中午1点", "24 13:00", "23 13:00", "24 13:00"),
        ("中午12点半", "24 12:30", "23 12:30", "24 12:30"),
        ("下午5点半", "23 17:30", "23 17:30", "24 17:30"),
        ("下午12点半", "24 12:30", "23 12:30", "24 12:30"),
        ("上午12点", "24 12:00", "23 12:00", "24 12:00"),
        ("傍晚6点", "23 18:00", "23 18:00", "24 18:00"),
        ("清早5点", "24 05:00", "23 05:00", "24 05:00"),
        ("晚上8", "23 20:00", "23 20:00", "24 20:00"),
        ("晚上差五分十二点", "23 23:55", "23 23:55", "23 23:55"),
        ("夜裡十一點半", "23 23:30", "23 23:30", "24 23:30"),
        ("12pm", "24 12:00", "23 12:00", "24 12:00"),
        ("noon", "24 12:00", "23 12:00", "24 12:00"),
        ("8.30pm", "23 20:30", "23 20:30", "24 20:30"),
        ("830pm", "23 20:30", "23 20:30", "24 20:30"),
        ("20:00", "23 20:00", "23 20:00", "24 20:00"),
        ("8:05", "24 08:05", "23 08:05", "24 08:05"),
        ("20点零五", "23 20:05", "23 20:05", "24 20:05"),
        # Before six, tonight is the night that is not over yet.
        ("今晚11点", "24 23:00", "23 23:00", "24 23:00"),
        ("今晚1点", "25 01:00", "24 01:00", "25 01:00"),
        ("tonight at 9", "24 21:00", "23 21:00", "24 21:00"),
        # As in talk: both, where the later half of the day is nearer.
        ("8点", "24 08:00", "23 08:00|23 20:00", "24 08:00|24 20:00"),
        ("十一点半", "24 11:30", "23 11:30|23 23:30", "24 11:30|24 23:30"),
        ("两点一刻", "24 02:15", "23 02:15|23 14:15", "24 02:15|24 14:15"),
        ("两点", "24 02:00|24 14:00", "24 02:00", "24 02:00|24 14:00"),
        ("差五分八点", "24 07:55", "23 07:55|23 19:55", "24 07:55|24 19:55"),
        ("十二点", "24 12:00", "23 12:00|24 00:00", "24 12:00"),
        ("half past 7", "24 07:30", "23 07:30|23 19:30", "24 07:30|24 19:30"),
        ("8 o'clock", "24 08:00", "23 08:00|23 20:00", "24 08:00|24 20:00"),
        ("早上12点", "24 00:00|24 12:00", "23 12:00|24 00:00", "24 00:00|24 12:00"),
    ],
)
def test_what_is_typed_depends_on_when(text: str, afternoon: str, night: str, midnight: str) -> None:
    assert [_readings(text, now) for now in MOMENTS] == [afternoon, night, midnight]


def _readings(text: str, now: datetime) -> str:
    found = read_times(text, now.astimezone(UTC), ZONE)
    return "|".join(each.astimezone(ZONE).strftime("%d %H:%M") for each in found)


_NUMBERS = "零一二三四五六七八九十"
_OF_HOUR = {
    **dict.fromkeys(range(7), "凌晨"), **dict.fromkeys(range(7, 12), "早上"), 12: "中午",
    **dict.fromkeys(range(13, 18), "下午"), **dict.fromkeys(range(18, 24), "晚上"),
}  # fmt: skip
_ENGLISH = ("twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMBERS[ones]
    return (_NUMBERS[tens] if tens > 1 else "") + "十" + (_NUMBERS[ones] if ones else "")


def _written(local: datetime) -> list[str]:
    """The same moment in many words."""
    hour, minute, half = local.hour, local.minute, local.hour % 12 or 12
    part, day = _OF_HOUR[hour], f"{local.month}月{local.day}日"
    told = f"{day}{part}{_chinese(half)}点" + (f"{minute:02}分" if minute else "整")
    found = [
        f"{local:%Y-%m-%d %H:%M}", f"{day} {hour}点{minute}分", told, f"{day}{part}{half}:{minute:02}",
        f"{local.day} {local:%b} {half}:{minute:02}{'pm' if hour >= 12 else 'am'}",
        f"{half}.{minute:02} {'p.m.' if hour >= 12 else 'a.m.'} {local:%b} {local.day}",
    ]  # fmt: skip
    if minute >= 40:
        following = local + timedelta(hours=1)
        if following.hour and following.hour % 12:
            part = _OF_HOUR[hour] if following.hour in range(1, 12) or hour > 12 else "中午"
            found.append(f"{day}差{60 - minute}分{following.hour}点")
    if minute == 30 and hour % 12:
        found.append(f"half past {_ENGLISH[half % 12]} {'pm' if hour >= 12 else 'am'} {local:%d %b}")
    return found


@given(st.datetimes(datetime(2026, 1, 1, 0, 0), datetime(2026, 11, 24, 13, 59)), st.sampled_from([0, 30, 55]))
def test_a_moment_written_out_is_read_back(moment: datetime, minute: int) -> None:
    local = moment.replace(minute=minute, second=0, microsecond=0, tzinfo=ZONE)
    if local <= MOMENTS[0]:
        for text in _written(local):
            assert [each.astimezone(ZONE) for each in read_times(text, MOMENTS[0], ZONE)] == [local], text


_DAYS = ("", "昨天", "前天", "今天", "昨", "前", "今", "昨夜", "last", "yesterday")
_PARTS = (
    "", "凌晨", "半夜", "夜里", "清早", "早上", "上午", "中午", "下午", "傍晚", "晚上", "am", "pm", "night",
)  # fmt: skip


@given(
    st.sampled_from(_DAYS),
    st.sampled_from(_PARTS),
    st.integers(0, 24),
    st.integers(0, 59),
    st.sampled_from(MOMENTS),
)
def test_readings_are_few_and_never_mix_past_and_future(
    day: str, part: str, hour: int, minute: int, now: datetime
) -> None:
    found = read_times(f"{day}{part}{hour}点{minute}分", now, ZONE)
    assert found == sorted(set(found))
    assert len(found) <= 2
    assert all(each <= now for each in found) or all(each > now for each in found)
    assert all((each.astimezone(ZONE).minute - minute) % 60 == 0 for each in found)
