"""What a cell says: numbers read as text, text as codes, phones, moments. Errors name their sentence."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from pydantic_core import PydanticCustomError

CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2})[:时](\d{1,2})(?::(\d{1,2}))?分?")
_PLACE = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)", re.ASCII)
_MOST_PLACES = 1_000
# A spreadsheet keeps fifteen digits of a number and makes the rest zeros.
_MOST_EXACT = 10**15
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{2,}")
# Resident identity numbers: area, day of birth, order, check digit; before 1999 without century and check.
_IDENTITY = re.compile(r"(?<!\d)\d{6}(?:((?:19|20)\d{6})\d{3}[\dXx]|(\d{6})\d{3})(?![\dXx])")
# As people write long numbers to read them: 533103 19900101 1234.
_PARTED = re.compile(r"(?<=\d)[\s\-_.·×*]+(?=[\dXx])")
# Letters that show nothing: fillers of Korean, an empty pattern of Braille, choices of a letter's shape.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800") | {chr(n) for n in range(0xFE00, 0xFE10)}
_MAX_NAME = 100
_MAX_TEXT = 500


def wrong(key: str, **facts: str | int) -> PydanticCustomError:
    """The error that tells sentence `key` of `roster.ftl`."""
    return PydanticCustomError(key, "{key}", {"key": key, **facts})


def shown(cell: object) -> str:
    """A cell as an operator sees it, shortened."""
    text = text_of(cell)
    return text if len(text) <= 40 else text[:40] + "…"


def text_of(cell: object) -> str:
    """The cell as text: 1001.0 is `1001`, blanks at the ends and what cannot be seen are gone."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join("".join(_seen(c) for c in str(cell)).split())


def _seen(letter: str) -> str:
    """What of a letter can be seen: line breaks part words, marks without width part nothing."""
    kind = unicodedata.category(letter)
    if kind in {"Cc", "Cs"}:
        return " "
    return "" if kind == "Cf" or letter in _UNSEEN else letter


def narrow(cell: object) -> str:
    """The cell as text in single width: `Ａ１` is `A1`. The apostrophe before text is none of it."""
    return unicodedata.normalize("NFKC", text_of(cell)).removeprefix("'").removeprefix("\u2019")


def refuse_changed(cell: object) -> None:
    """Refuse what a spreadsheet program has made of text: the last digits of a long number are lost by then,
    and 3-1 is a day."""
    if isinstance(cell, (datetime, date, time, timedelta)):
        raise wrong("roster-became-date", value=shown(cell))
    is_long = isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _MOST_EXACT
    if is_long or _ROUNDED.fullmatch(narrow(cell)):
        raise wrong("roster-long-number", value=shown(cell))


def refuse_identity(text: str) -> None:
    """No identity number is kept, wherever and however somebody has put it."""
    plain = unicodedata.normalize("NFKC", text).replace("×", "X")
    days = [found[1] or f"19{found[2]}" for found in _IDENTITY.finditer(plain)]
    # Those of eighteen only: fifteen digits in groups may be anything.
    days += [found[1] for found in _IDENTITY.finditer(_PARTED.sub("", plain)) if found[1]]
    if any(_is_day(day) for day in days):
        raise wrong("roster-identity")


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def name(cell: object) -> str:
    """A name of at most 100 characters; a day is none, though it may have been copied as text."""
    refuse_changed(cell)
    text = text_of(cell)
    if _DATE.fullmatch(narrow(cell)):
        raise wrong("roster-became-date", value=shown(cell))
    refuse_identity(text)
    if not text:
        raise wrong("roster-empty")
    if len(text) > _MAX_NAME:
        raise wrong("roster-too-long", limit=_MAX_NAME)
    return text


def free_text(cell: object) -> str:
    """Any text, for example titles, of at most 500 characters."""
    refuse_changed(cell)
    text = text_of(cell)
    refuse_identity(text)
    if len(text) > _MAX_TEXT:
        raise wrong("roster-too-long", limit=_MAX_TEXT)
    return text


def code(cell: object) -> str:
    """A code: letters, digits, `_` and `-`, 40 at most."""
    refuse_changed(cell)
    text = narrow(cell)
    if not text:
        raise wrong("roster-empty")
    if not CODE.fullmatch(text):
        raise wrong("roster-bad-code", value=shown(cell))
    return text


def person_code(cell: object) -> str:
    """The code of a person, which is no identity number."""
    refuse_identity(narrow(cell))
    return code(cell)


def optional_code(cell: object) -> str | None:
    """A code or nothing."""
    return code(cell) if narrow(cell) else None


def optional_person(cell: object) -> str | None:
    """The code of a person or nothing."""
    return person_code(cell) if narrow(cell) else None


def people(cell: object) -> tuple[str, ...]:
    """Codes of people, as `codes`."""
    found = codes(cell)
    for one in found:
        refuse_identity(one)
    return found


def codes(cell: object) -> tuple[str, ...]:
    """Codes parted by 、 , ; / or blanks, each once, in order."""
    refuse_changed(cell)
    parts = re.split(r"[、,;/\s]+", narrow(cell))
    return tuple(dict.fromkeys(code(part) for part in parts if part))


def places(cell: object) -> list[list[float]]:
    """Places as `24.01,97.85; 24.02,97.86`: latitude and longitude each."""
    text = narrow(cell)
    found = [[float(north), float(east)] for north, east in _PLACE.findall(text)]
    if re.sub(r"[\s;,、|/()\[\]]+", "", _PLACE.sub("", text)) or len(found) == 1 or len(found) > _MOST_PLACES:
        raise wrong("roster-bad-path", value=shown(cell), most=_MOST_PLACES)
    for north, east in found:
        for value, limit in ((north, 90), (east, 180)):
            if abs(value) > limit:
                raise wrong("roster-bad-degrees", value=f"{north},{east}", limit=limit)
    return found


def clocks(cell: object) -> str:
    """Times of the day, in order, as `02:30 22:00`."""
    if isinstance(cell, (datetime, time, timedelta)):
        at = moment(cell)
        return f"{at:%H:%M}" if isinstance(at, (datetime, time)) else ""
    told = [part for part in re.split(r"[\s,;、/]+", narrow(cell)) if part]
    found = [_moment_of(part) for part in told]
    if not all(isinstance(at, time) for at in found):
        raise wrong("roster-bad-moment", value=shown(cell))
    return " ".join(sorted({f"{at:%H:%M}" for at in found}))


def day(cell: object) -> date:
    """A day of the calendar."""
    at = moment(cell)
    if at is None:
        raise wrong("roster-empty")
    if isinstance(at, time):
        raise wrong("roster-bad-day", value=shown(cell))
    return at.date() if isinstance(at, datetime) else at


def optional_day(cell: object) -> date | None:
    """A day of the calendar or nothing."""
    return day(cell) if narrow(cell) else None


def spans(cell: object) -> str:
    """Times of the day as people write them; one that a spreadsheet keeps as a time, as `08:00`."""
    if isinstance(cell, (datetime, time, timedelta)):
        return clocks(cell)
    return narrow(cell)


def phone(cell: object) -> str | None:
    """A phone number as `+` and digits; one without a country's number is Chinese."""
    written = narrow(cell)
    if not written:
        return None
    refuse_identity(written)
    digits = re.sub(r"[\s()\-.·]", "", written)
    digits = "+" + digits[2:] if digits.startswith("00") else digits
    if re.fullmatch(r"(86)?1\d{10}", digits):
        digits = "+86" + digits[-11:]
    elif re.fullmatch(r"0[1-9]\d{8,10}", digits):
        digits = "+86" + digits[1:]
    fits = r"\+86(1\d{10}|[2-9]\d{8,10}|10\d{8})" if digits.startswith("+86") else r"\+[1-9]\d{6,14}"
    if not re.fullmatch(fits, digits, re.ASCII):
        raise wrong("roster-bad-phone", value=shown(cell))
    return digits


def degrees(limit: int) -> Callable[[object], float | None]:
    """A reader of degrees between -limit and limit."""

    def read(cell: object) -> float | None:
        text = narrow(cell)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise wrong("roster-bad-number", value=shown(cell)) from None
        if not -limit <= value <= limit:  # also refuses nan
            raise wrong("roster-bad-degrees", value=shown(cell), limit=limit)
        return value

    return read


def whole(low: int, high: int) -> Callable[[object], int | None]:
    """A reader of whole numbers between low and high; an empty cell is None."""

    def read(cell: object) -> int | None:
        text = narrow(cell)
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
            raise wrong("roster-bad-number", value=shown(cell))
        if not low <= int(text) <= high:
            raise wrong("roster-out-of-range", value=shown(cell), low=str(low), high=str(high))
        return int(text)

    return read


def moment(cell: object) -> datetime | date | time | None:
    """A date-time, a date or a time of day; no zone yet."""
    if isinstance(cell, datetime):
        # Excel keeps days as fractions: 08:00 may come a microsecond early.
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(cell, (date, time)):
        return cell
    if isinstance(cell, timedelta):
        return _time_of(cell)
    text = re.sub(r"(?<=\d)T(?=\d)|(?<=日)(?=\d)", " ", narrow(cell))
    if not text:
        return None
    found = _moment_of(text)
    if found is None:
        raise wrong("roster-bad-moment", value=shown(cell))
    return found


def _time_of(since_midnight: timedelta) -> time:
    if not timedelta() <= since_midnight <= timedelta(days=1):
        raise wrong("roster-bad-moment", value=str(since_midnight))
    return (datetime(2000, 1, 1) + since_midnight).time()


def _moment_of(text: str) -> datetime | date | time | None:
    head, _, tail = text.partition(" ")
    day, clock = _DATE.fullmatch(head), _TIME.fullmatch(tail.strip() if tail else head)
    try:
        on = date(int(day[1]), int(day[2]), int(day[3])) if day else None
        hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
        midnight = (hour, minute, second) == (24, 0, 0)
        when = time(0 if midnight else hour, minute, second)
    except ValueError:
        return None
    if on and clock and tail:
        return datetime.combine(on, when) + timedelta(days=int(midnight))
    return None if tail else (on or (when if clock else None))
