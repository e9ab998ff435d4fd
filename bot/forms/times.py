"""Reading times as people write them: 8:05, 八点半, 昨晚12点, 差五分八点, 11月23日 8:05, last night at 11.

What is written falls into words for a day, for a part of it, and for the clock, in any order; anything else
is no time. A part of the day is a stretch of hours, counted from the midnight at which its day begins: 晚上
goes from 17 to 29, that is five in the morning after. An hour as it is said may stand for several hours (2
for 2, 14 or 26); those within the part are meant. Where more than one is left, all are given, and the person
is asked.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# What is longer is no time.
_LONGEST = 40
Stretches = tuple[tuple[float, float], ...]

_LATE: Stretches = ((17, 29),)
_NIGHT: Stretches = ((0, 6), (18, 30))
_DEEP: Stretches = ((0, 5), (22, 29))
_MORNING: Stretches = ((0, 13),)
# From the hour on, up to below the hour; of the day named, or of any.
_PARTS: dict[str, Stretches] = {
    "凌晨": ((0, 7),), "后半夜": ((0, 6), (24, 30)), "下半夜": ((0, 6), (24, 30)),
    "前半夜": ((18, 25),), "上半夜": ((18, 25),), "大半夜": _DEEP, "半夜": _DEEP, "午夜": _DEEP,
    "子夜": _DEEP, "深夜": _NIGHT, "夜里": _NIGHT, "夜间": _NIGHT, "夜晚": _LATE, "夜": _NIGHT,
    "大清早": ((0, 12),), "清早": ((0, 12),), "清晨": ((0, 12),), "一早": ((0, 12),), "黎明": ((0, 12),),
    "早晨": _MORNING, "早上": _MORNING, "早": _MORNING, "晨": _MORNING, "上午": ((1, 13),),
    "中午": ((10, 16),), "正午": ((10, 16),), "晌午": ((10, 16),), "午间": ((10, 16),),
    "下午": ((12, 24),), "午后": ((12, 24),), "傍晚": ((15, 22),), "黄昏": ((15, 22),),
    "晚上": _LATE, "晚间": _LATE, "晚": _LATE,
    "am": ((0, 12),), "pm": ((12, 24),), "morning": _MORNING, "afternoon": ((12, 24),),
    "evening": ((16, 25),), "tonight": _LATE, "night": _NIGHT,
}  # fmt: skip
_DAYS = {
    "大前天": 3, "前天": 2, "前日": 2, "前": 2, "昨天": 1, "昨日": 1, "昨儿": 1, "昨": 1,
    "今天": 0, "今日": 0, "今儿": 0, "今": 0, "the day before yesterday": 2, "day before yesterday": 2,
    "yesterday": 1, "today": 0, "this": 0, "last": 1,
}  # fmt: skip
# Before a part of the day only: 昨晚, this morning.
_SHORT = {"前", "昨", "今", "this", "last"}
# The part, where the day before it is said in short: last night is one night, not the small hours before it.
_OF_LAST = {"夜": ((17, 30),), "night": ((17, 30),)}
_WEEKDAYS = {name: n % 7 for n, name in enumerate(["1", "2", "3", "4", "5", "6", "日"])} | {"天": 6}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OLD_SIGNS = str.maketrans("點時號週後兩淩裡裏鐘間過禮", "点时号周后两凌里里钟间过礼")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WORDS = {
    "twenty-five": 25, "twenty five": 25, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20,
}  # fmt: skip


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TOKEN = re.compile(
    rf"""(?P<space>[\s,，的]+|大概|大约|差不多|约|左右|前后|(?<=[点分半刻])多|(?:at|on|in|the|of|about|around)\b)
    |(?:(?P<year>\d{{4}})[-/年.])?(?P<month>\d{{1,2}})[-/月](?P<date>\d{{1,2}})(?!\d)[日号]?
    |(?P<only_date>\d{{1,2}})[日号]
    |(?P<date_before>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month_after>{_any(_MONTHS)})[a-z]*
    |(?P<month_before>{_any(_MONTHS)})[a-z]*\s+(?P<date_after>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.])
    |(?P<week>上?)(?:周|星期|礼拜)(?P<weekday>[1-6日天])
    |(?:last\s+)?(?P<english_day>{_any(_ENGLISH_DAYS)})(?:[a-z]*day)?\b
    |差(?:(?P<less>\d{{1,2}})分钟?|(?P<less_quarter>[一1]刻))到?(?P<hour_less>\d{{1,2}})点钟?
    |(?P<hour>\d{{1,2}})[点时]钟?(?:差(?:(?P<under>\d{{1,2}})分?|(?P<under_quarter>[一1]刻))
        |过?(?P<minutes>\d{{1,2}})分?|(?P<half>半)|过?(?P<quarter>[一1三3])刻|整)?
    |(?:(?P<half_past>half)|(?P<quarter_past>a?\s*quarter)|(?P<past>\d{{1,2}}))
        \s+past\s+(?P<hour_past>\d{{1,2}})
    |(?:(?P<quarter_to>a?\s*quarter)|(?P<to>\d{{1,2}}))\s+to\s+(?P<hour_to>\d{{1,2}})
    |(?P<clock>\d{{1,2}})\s*o['’]?\s?clock
    |(?P<digital>\d{{1,2}})\s*[:.]\s*(?P<minute>\d{{1,2}})(?!\d)
    |(?P<packed>\d{{3,4}})(?!\d)
    |(?P<bare>\d{{1,2}})(?!\d)
    |(?P<noon>noon|midday)|(?P<midnight>midnight)
    |(?P<part>{_any(list(_PARTS))})
    |(?P<day>{_any(list(_DAYS))})""",
    re.VERBOSE,
)


# How long ago, once numbers are digits; 刚才 is now.
_AGO = re.compile(
    r"(?:大概|大约|差不多|约|about\s+)*"
    r"(?:(?P<half>半个?小时|半个?钟头?|half\s+an?\s+hour)|(?P<one>an?\s+hour)"
    r"|(?P<hours>\d{1,2})\s*个?(?P<and_half>半)?(?:小时|钟头|hours?)|(?P<quarters>[一1三3])刻钟?"
    r"|(?P<minutes>\d{1,3})\s*(?:分钟?|minutes?|mins?))"
    r"(?:左右)?(?:之|以)?\s*(?:前|ago)|(?P<now>刚才|刚刚|现在|just\s+now|now)"
)


@dataclass(slots=True)
class _Said:
    """What was found in the text."""

    # Days back from today, or a day.
    back: int | None = None
    day: date | None = None
    # Stretches of hours of which the hour has to lie in each.
    parts: list[Stretches] = field(default_factory=list)
    hour: int | None = None
    # Added to the hour; below 0 for 差五分.
    minutes: int = 0
    # Said as in talk, so that 8 may be 20; else by the clock of 24 hours.
    in_talk: bool = False
    # A number that is an hour only beside a part of the day.
    is_bare: bool = False
    # Whether the word before was 昨, 前 or 今, or "last" or "this": a part of the day has to follow.
    short: bool = False
    is_last: bool = False

    @property
    def has_day(self) -> bool:
        return self.back is not None or self.day is not None


class _Unreadable(Exception):
    """No time."""


def read_times(text: str, now: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments that may be meant, in UTC, the earliest first; none if it cannot be read.

    Without a day: the last one until `now`. Without a part of the day the clock has 24 hours; said as in
    talk (8点) and without a day, it may be the later half of the day too, where that is nearer to now.
    """
    local = now.astimezone(zone)
    try:
        plain = _plain(text)
        if ago := _AGO.fullmatch(plain):
            return [now.replace(second=0, microsecond=0) - _ago(ago)]
        said = _read(plain, local.date())
        found = {each.astimezone(now.tzinfo) for each in _moments(said, local)}
    except (_Unreadable, ValueError, OverflowError):
        return []
    past = {each for each in found if each <= now}
    return sorted(past or found)


def _ago(found: re.Match[str]) -> timedelta:
    if found["now"]:
        return timedelta()
    if found["half"] or found["one"]:
        return timedelta(minutes=30 if found["half"] else 60)
    if found["quarters"]:
        return timedelta(minutes=15 if found["quarters"] in "一1" else 45)
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    return timedelta(hours=hours, minutes=minutes + (30 if found["and_half"] else 0))


def _plain(text: str) -> str:
    """In narrow and small letters and today's signs, numbers in digits, without blanks around."""
    narrow = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).strip().lower().replace("。", ".")
    if len(narrow) > _LONGEST:
        raise _Unreadable
    narrow = narrow.translate(_OLD_SIGNS).replace("a.m.", "am").replace("p.m.", "pm")
    narrow = re.sub(rf"\b({_any(list(_WORDS))})\b", lambda m: str(_WORDS[m[0]]), narrow)
    # 一刻 and 三刻 are quarters of an hour and 一早 is early, not numbers; but 周一早上 is Monday's morning.
    numbers = r"(?<=[周期拜])[一二三四五六]|[〇零一二两三四五六七八九十]+(?![刻早])"
    narrow = re.sub(numbers, lambda m: _number(m[0]), narrow)
    return re.sub(r"(?<=[\d\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", narrow)


def _number(word: str) -> str:
    """A number below 100 in digits: 十 is 10, 二十五 is 25, 零五 is 05."""
    if "十" not in word:
        return "".join(str(_DIGITS[c]) for c in word)
    tens, _, ones = word.removeprefix("零").partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return word
    return str(_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0))


def _read(text: str, today: date) -> _Said:
    said = _Said()
    for token in _tokens(text):
        if token["space"]:
            continue
        if said.short and not token["part"]:
            raise _Unreadable
        if not (_read_day(said, token, today) or _read_part(said, token)):
            _read_clock(said, token)
    if said.short or said.hour is None or (said.is_bare and not said.parts):
        raise _Unreadable
    return said


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise _Unreadable
        yield token
        at = token.end()


def _read_day(said: _Said, token: re.Match[str], today: date) -> bool:
    """Take a word for a day. Raises where there are two, or none such exists."""
    if token["day"]:
        found: int | date = _DAYS[token["day"]]
        said.short = token["day"] in _SHORT
        said.is_last = said.short and found != 0
    elif token["month"]:
        found = _dated(token["year"], int(token["month"]), int(token["date"]), today)
    elif token["month_after"] or token["month_before"]:
        month = _MONTHS.index(token["month_after"] or token["month_before"]) + 1
        found = _dated(None, month, int(token["date_before"] or token["date_after"]), today)
    elif token["only_date"]:
        found = _dated_alone(int(token["only_date"]), today)
    elif token["weekday"]:
        found = (today.weekday() - _WEEKDAYS[token["weekday"]]) % 7
        found = today.weekday() - _WEEKDAYS[token["weekday"]] + 7 if token["week"] else found
    elif token["english_day"]:
        found = (today.weekday() - _ENGLISH_DAYS.index(token["english_day"])) % 7
    else:
        return False
    if said.has_day:
        raise _Unreadable
    said.back, said.day = (found, None) if isinstance(found, int) else (None, found)
    return True


def _dated(year: str | None, month: int, day: int, today: date) -> date:
    named = date(int(year or today.year), month, day)
    # In January, December was last year's.
    return named.replace(year=named.year - 1) if not year and named > today else named


def _dated_alone(day: int, today: date) -> date:
    """The last day of this number."""
    month = today.replace(day=1)
    while True:
        try:
            if (found := month.replace(day=day)) <= today:
                return found
        except ValueError:
            if not 1 <= day <= 31:
                raise
        month = (month - timedelta(days=1)).replace(day=1)


def _read_part(said: _Said, token: re.Match[str]) -> bool:
    if token["noon"] or token["midnight"]:
        if said.hour is None:
            said.hour = 12 if token["noon"] else 0
        said.parts.append(((12, 12.5),) if token["noon"] else ((0, 0.5), (24, 24.5)))
        return True
    word = token["part"]
    if not word:
        return False
    stretches = _OF_LAST.get(word) if said.is_last and said.short else None
    said.parts.append(stretches or _PARTS[word])
    if word == "tonight":
        said.back = 0 if said.back is None else said.back
    said.short = False
    return True


def _read_clock(said: _Said, token: re.Match[str]) -> None:
    """Take what the clock shows. Raises for a second one, or what no clock shows."""
    if said.hour is not None:
        raise _Unreadable
    hour, minutes = _hour_and_minutes(token)
    if hour > 24 or minutes > 59 or (hour == 24 and minutes > 0):
        raise _Unreadable
    said.hour, said.minutes, said.is_bare = hour, minutes, bool(token["bare"])
    said.in_talk = not (token["digital"] or token["packed"])


def _hour_and_minutes(token: re.Match[str]) -> tuple[int, int]:
    if token["hour_less"]:
        return int(token["hour_less"]), -(15 if token["less_quarter"] else int(token["less"]))
    if token["hour"]:
        if token["under"] or token["under_quarter"]:
            return int(token["hour"]), -(15 if token["under_quarter"] else int(token["under"]))
        quarters = {"一": 15, "1": 15, "三": 45, "3": 45}
        minutes = 30 if token["half"] else quarters.get(token["quarter"] or "", int(token["minutes"] or 0))
        return int(token["hour"]), minutes
    if token["hour_past"]:
        past = 30 if token["half_past"] else 15 if token["quarter_past"] else int(token["past"])
        return int(token["hour_past"]), past
    if token["hour_to"]:
        return int(token["hour_to"]), -(15 if token["quarter_to"] else int(token["to"]))
    if token["packed"]:
        return int(token["packed"][:-2]), int(token["packed"][-2:])
    return int(token["clock"] or token["digital"] or token["bare"]), int(token["minute"] or 0)


def _moments(said: _Said, local: datetime) -> list[datetime]:
    assert said.hour is not None
    hours = _hours(said)
    if said.has_day:
        day = said.day or local.date() - timedelta(days=said.back or 0)
        found = [_on(day, hour, said, local) for hour in hours]
        # Last night's one o'clock at half past midnight, tonight's eleven at two in the morning.
        goes_back = bool(said.back) or (said.back == 0 and local.hour < 6 and hours and min(hours) >= 17)
        if goes_back and found and min(found) > local:
            found = [_on(day - timedelta(days=1), hour, said, local) for hour in hours]
        return found
    found = [_last(hour, said, local) for hour in hours]
    if said.in_talk and not said.parts and 1 <= said.hour <= 12:
        other = _last((said.hour + 12) % 24, said, local)
        found += [other] if other > found[0] else []
    return found


def _hours(said: _Said) -> list[int]:
    """The hours that may be meant, counted from the midnight at which the day begins."""
    assert said.hour is not None
    hour = said.hour
    if not said.parts:
        return [hour]
    meant = [hour % 12, hour % 12 + 12, hour % 12 + 24] if 1 <= hour <= 12 else [hour]
    meant = [0, 24] if hour == 0 else meant
    return [h for h in meant if _is_within(h, said.parts)]


def _is_within(hour: int, parts: Sequence[Stretches]) -> bool:
    """Within one part as it is, and within all the others by the clock: 昨晚凌晨2点, 2 am last night."""
    as_it_is = [any(a <= hour < b for a, b in part) for part in parts]
    by_clock = [any(a <= hour % 24 < b for a, b in part) for part in parts]
    return any(as_it_is) and all(a or b for a, b in zip(as_it_is, by_clock, strict=True))


def _on(day: date, hour: int, said: _Said, local: datetime) -> datetime:
    midnight = datetime.combine(day, datetime.min.time(), local.tzinfo)
    return midnight + timedelta(hours=hour, minutes=said.minutes)


def _last(hour: int, said: _Said, local: datetime) -> datetime:
    """The last such time until now."""
    day = local.date()
    while (found := _on(day, hour, said, local)) > local:
        day -= timedelta(days=1)
    return found
