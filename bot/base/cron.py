"""Cron lines as crontab(5) reads them: minute, hour, day of the month, month, day of the week.

APScheduler counts weekdays from Monday and asks for both days where crontab asks for either; so the fields
are read here, and it is told plain numbers.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_DAYS = {name: n for n, name in enumerate(["sun", "mon", "tue", "wed", "thu", "fri", "sat"])}
_FIELDS: tuple[tuple[str, int, int, Mapping[str, int]], ...] = (
    ("minute", 0, 59, {}), ("hour", 0, 23, {}), ("day of the month", 1, 31, {}), ("month", 1, 12, _MONTHS),
    ("day of the week", 0, 7, _DAYS),
)  # fmt: skip
_SUNDAY = 7
# A line that comes at all comes before the next but one leap year of a century that has none.
_SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=512)
def trigger(line: str, zone: ZoneInfo) -> BaseTrigger:
    """When a line comes, in local time. Where both days are told (neither begins with `*`), either will do.

    Raises ValueError saying which field is wrong.
    """
    words = line.lower().split()
    if len(words) != len(_FIELDS):
        raise ValueError(
            f"cron: {line!r} has {len(words)} fields; write minute, hour, day, month, day of the week"
        )
    minutes, hours, days, months, weekdays = (
        _numbers(word, *field) for word, field in zip(words, _FIELDS, strict=True)
    )
    times = {"minute": _listed(minutes), "hour": _listed(hours), "month": _listed(months), "timezone": zone}
    by_day = {"day": _listed(days)}
    # Monday is 1 here and 0 there; Sunday is 0 and 7 here.
    by_weekday = {"day_of_week": _listed({(number - 1) % 7 for number in weekdays})}
    if words[2].startswith("*") or words[4].startswith("*"):
        return CronTrigger(**times, **by_day, **by_weekday)
    return OrTrigger([CronTrigger(**times, **by_day), CronTrigger(**times, **by_weekday)])


def check(line: str) -> None:
    """Raise ValueError for a line that is none, or that never comes."""
    if trigger(line, ZoneInfo("UTC")).get_next_fire_time(None, _SOME_DAY) is None:
        raise ValueError(f"cron: {line!r} never comes")


def _numbers(word: str, field: str, least: int, most: int, names: Mapping[str, int]) -> set[int]:
    found: set[int] = set()
    for part in word.split(","):
        span, slash, step = part.partition("/")
        first, dash, last = span.partition("-")
        if span == "*":
            low, high = least, most
        else:
            low = _number(first, part, field, least, most, names)
            high = _number(last, part, field, least, most, names) if dash else low
            if dash and high == 0 and field == "day of the week":
                high = _SUNDAY
        if low > high or (slash and (not step.isascii() or not step.isdecimal() or int(step) < 1)):
            raise ValueError(f"cron: {part!r} is no {field}")
        if slash and span != "*" and not dash:
            raise ValueError(f"cron: {part!r} is no {field}: a step needs a range or *")
        found.update(range(low, high + 1, int(step) if slash else 1))
    return found


def _number(word: str, part: str, field: str, least: int, most: int, names: Mapping[str, int]) -> int:
    number = names.get(word, int(word) if word.isascii() and word.isdecimal() else -1)
    if not least <= number <= most:
        raise ValueError(f"cron: {part!r} is no {field} ({least}-{most}{', or a name' if names else ''})")
    return number


def _listed(numbers: set[int]) -> str:
    return ",".join(str(number) for number in sorted(numbers))
