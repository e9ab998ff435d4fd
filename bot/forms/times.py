"""Reading times as people write them: 8:05, 八点半, 昨晚 20 点, 11月23日 8:05, yesterday 20:00."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = {
    "大前天": 3, "前天": 2, "前晚": 2, "昨天": 1, "昨日": 1, "昨晚": 1, "昨夜": 1, "今天": 0, "今日": 0,
    "今早": 0, "今晚": 0, "yesterday": 1, "today": 0,
}  # fmt: skip
_EVENING = ("晚上", "下午", "傍晚", "晚", "夜", "pm")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TIME = re.compile(
    rf"""(?:(?P<day>{"|".join(_DAYS)})
          |(?:(?P<year>\d{{4}})[-/年.])?(?P<month>\d{{1,2}})[-/月](?P<date>\d{{1,2}})[日号]?)?
        \s*(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)?
        \s*(?:(?P<hour>\d{{1,2}})\s*(?:[:.]\s*(?P<minute>\d{{1,2}})
              |[点时](?:(?P<minutes>\d{{1,2}})分?|(?P<half>半)|(?P<quarter>[一1三3])刻|整|钟)?)
            |(?P<packed>\d{{3,4}}))
        \s*(?P<half_day>am|pm)?""",
    re.VERBOSE,
)


def read_time(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment meant, in UTC; None if it cannot be read. Without a day: the last one until `now`."""
    found = _TIME.fullmatch(_plain(text))
    if found is None:
        return None
    local = now.astimezone(zone)
    day, clock = _day(found, local.date()), _clock(found)
    if clock is None or (day is None and found["month"]):
        return None
    try:
        moment = datetime.combine(day or local.date(), datetime.min.time(), zone) + timedelta(minutes=clock)
        if day is None and moment > local:
            moment -= timedelta(days=1)
        return moment.astimezone(now.tzinfo)
    except OverflowError:
        # The first or the last day that there is, elsewhere the day before or after.
        return None


def _plain(text: str) -> str:
    """In narrow letters, numbers in digits, without blanks around."""
    narrow = unicodedata.normalize("NFKC", text[:40]).strip().lower().replace("。", ".")
    # 一刻 and 三刻 are quarters of an hour, not numbers.
    return re.sub(r"[〇零一二两三四五六七八九十]+(?!刻)", lambda m: _number(m[0]), narrow)


def _number(word: str) -> str:
    """A number below 100 in digits: 十 is 10, 二十五 is 25, 零五 is 05."""
    if "十" not in word:
        return "".join(str(_DIGITS[c]) for c in word)
    tens, _, ones = word.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return word
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))


def _day(found: re.Match[str], today: date) -> date | None:
    """The day that was named; None where none was, or none such exists."""
    if found["day"]:
        return today - timedelta(days=_DAYS[found["day"]])
    if not found["month"]:
        return None
    try:
        named = date(int(found["year"] or today.year), int(found["month"]), int(found["date"]))
        # In January, December was last year's.
        return named.replace(year=named.year - 1) if not found["year"] and named > today else named
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> int | None:
    """Minutes since midnight; None for a time that no clock shows."""
    if found["packed"]:
        hour, minute = int(found["packed"][:-2]), int(found["packed"][-2:])
    else:
        quarters = {"一": 15, "1": 15, "三": 45, "3": 45}
        hour = int(found["hour"])
        minute = int(found["minute"] or found["minutes"] or 0)
        minute = 30 if found["half"] else quarters.get(found["quarter"] or "", minute)
    said = (found["part"] or "") + (found["half_day"] or "") + (found["day"] or "")
    if 0 < hour < 12 and any(word in said for word in _EVENING):
        hour += 12
    return hour * 60 + minute if hour * 60 + minute <= 24 * 60 and minute < 60 else None
