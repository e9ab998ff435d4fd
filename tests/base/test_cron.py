"""Cron lines mean what crontab means by them, reckoned here minute by minute and in another way."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.base.cron import check, trigger
from bot.base.errors import SettingsError
from bot.settings import load

ZONE = ZoneInfo("Asia/Shanghai")
DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
LINES = [
    "0 9 * * 1", "0 9 * * 0", "0 9 * * 7", "0 9 * * mon", "0 9 * * SUN", "0 9 * * sat", "0 9 * * 1-5",
    "0 9 * * 5-7", "0 9 * * 0-6", "0 9 * * */2", "0 9 * * mon-fri", "0 9 * * 6,0", "0 9 * * 6,7",
    "0 9 * * 0,7", "0 9 * * fri-sun", "0 9 * * sat-sun", "0 9 * * 1-5/2", "0 9 * * 1-7/3",
    "0 9 * * mon,wed,fri", "0 9 * * 3-3", "0 9 * * */3", "0 9 * * 0-7/7", "*/15 * * * *",
    "5,35 8-18/5 * * 1-5", "0 0 1 * *", "0 0 1,15 * *", "30 6 1 * 1", "0 12 13 * fri", "0 12 */10 * 1",
    "0 12 10 * */2", "0 0 31 * *", "0 9 * 11 1", "0 9 * nov-dec 2", "0 9 * 2 *", "0 0 29 2 *",
    "59 23 * * 7", "0 9 * 1,6,12 sun", "10-20/10 7 * * 4", "0 9 1-7 * mon", "0 9 * * tue-thu",
]  # fmt: skip
BAD = [
    "", "0 9 * *", "0 9 * * * *", "60 9 * * 1", "0 24 * * 1", "0 9 0 * 1", "0 9 32 * 1", "0 9 * 13 1",
    "0 9 * * 8", "0 9 * * 5-2", "0 9 * * fri-tue", "0 9 * * */0", "0 9 * * 1/2", "0 9 * * monday",
    "0 9 * * mo", "0 9 * * 1,", "0 9 * * ,1", "0 9 * * -1", "0 9 * * 1-", "0 9 L * *", "0 9 * * 5#2",
    "0 9 ? * 1", "@daily", "0 9 31 2 *", "0 9 30 feb *", "0 9 * * 1-5-6", "x 9 * * 1", "0 9 * * ②",
    "0 9 * * +1", "0 9 * * 1.5",
]  # fmt: skip


def value(word: str, names: list[str], first: int) -> int:
    """A number or a name of the field."""
    return names.index(word.lower()) + first if word.lower() in names else int(word)


def fits(word: str, number: int, least: int, most: int, names: list[str], first: int) -> bool:
    """Whether a field of a crontab names this number; a Sunday is tried as 0 and as 7."""
    for part in word.split(","):
        span, _, step = part.partition("/")
        ends = [str(least), str(most)] if span == "*" else (span.split("-") * 2)[:2]
        low, high = (value(end, names, first) for end in ends)
        high = 7 if names is DAYS and high == 0 and low > 0 else high
        if low <= number <= high and (number - low) % int(step or 1) == 0:
            return True
    return False


def comes(line: str, at: datetime) -> bool:
    """Whether the minute is one of the line's, as crontab(5) has it."""
    minute, hour, day, month, weekday = line.split()
    sunday = at.isoweekday() % 7
    by_day = fits(day, at.day, 1, 31, [], 0)
    by_weekday = any(fits(weekday, n, 0, 7, DAYS, 0) for n in ({0, 7} if sunday == 0 else {sunday}))
    both = by_day and by_weekday
    days = both if day.startswith("*") or weekday.startswith("*") else by_day or by_weekday
    times = fits(minute, at.minute, 0, 59, [], 0) and fits(hour, at.hour, 0, 23, [], 0)
    return days and times and fits(month, at.month, 1, 12, MONTHS, 1)


def reckoned(line: str, since: datetime, many: int) -> list[datetime]:
    """The next minutes of the line; hours that hold none are passed over."""
    found: list[datetime] = []
    at = since
    minutes = [n for n in range(60) if fits(line.split(maxsplit=1)[0], n, 0, 59, [], 0)]
    while len(found) < many:
        found += [t for n in minutes if (t := at + timedelta(minutes=n)) >= since and comes(line, t)]
        at += timedelta(hours=1)
    return found[:many]


@pytest.mark.parametrize("line", LINES)
def test_a_line_comes_when_crontab_says(line: str) -> None:
    since = datetime(2027, 11, 20, tzinfo=ZONE)
    due, told = since - timedelta(seconds=1), []
    for _ in range(3 if "29 2" in line or " 2 *" in line else 12):
        due = trigger(line, ZONE).get_next_fire_time(None, due + timedelta(seconds=1))
        told.append(due)
    assert told == reckoned(line, since, len(told))


@pytest.mark.parametrize("line", BAD)
def test_a_bad_line_is_refused_at_once(line: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match="cron: "):
        check(line)
    assert time.process_time() - began < 2


def test_one_is_monday() -> None:
    due = trigger("0 9 * * 1", ZONE).get_next_fire_time(None, datetime(2026, 11, 24, tzinfo=UTC))
    assert f"{due:%a %Y-%m-%d %H:%M}" == "Mon 2026-11-30 09:00"


def test_the_start_is_refused_with_the_setting_and_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    rule = '[[reminders.rules]]\ncode = "{0}"\nwhen = "cron"\nwho = "supervisor"\ncron = "{1}"\n'
    rule += 'zh_CN = "好"\nen = "x"\n'
    file.write_text(rule.format("a", "0 9 * * 1") + rule.format("b", "0 9 * * 8"), "utf-8")
    told = r"reminders\.rules\.1\.cron: .*'8' is no day of the week.*line 12\)"
    with pytest.raises(SettingsError, match=told):
        load(file, {})
