"""Rotations as arithmetic: a cycle of turns in, planned shifts with their moments out. Reads nothing.

Times are wall times of the place: a turn from 22:00 to 06:00 is an hour shorter or longer in the night in
which the clocks change, and two turns that meet on paper meet in fact.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import lcm
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.base.facts import Struct
from models import Pattern

# How many turns a day has, by pattern.
TURNS_A_DAY = {Pattern.THREE_EIGHT: 3, Pattern.TWO_TWELVE: 2, Pattern.DAY_AND_TWO_OFF: 1}
MOST_CREWS, MOST_TURNS, MOST_DAYS = 12, 12, 366
# One crew alone cannot keep duty for longer than this every day.
MOST_MINUTES = 12 * 60
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_BETWEEN_CREWS = re.compile(r"[\n/／;；|]+")
_BETWEEN_NAMES = re.compile(r"[\s,，、]+")
_SPAN = re.compile(r"(\d{1,2})(?:[:：点](\d{2})?)?\s*[-–—~～到至]\s*(?:次日)?(\d{1,2})(?:[:：点](\d{2})?)?")


class TurnData(TypedDict):
    """A turn as it is kept."""

    day: int
    start: str
    end: str
    crew: int


class CycleData(TypedDict):
    """A cycle as it is kept."""

    days: int
    turns: list[TurnData]


class RotationTurn(Struct):
    """A stretch of duty within a cycle: on which of its days (from 0), from when to when, by which crew."""

    day: int
    start: time
    end: time
    crew: int


class Cycle(Struct):
    """Turns that come again every so many days."""

    days: int
    turns: tuple[RotationTurn, ...]

    @property
    def crews(self) -> int:
        """How many crews it needs."""
        return max((turn.crew for turn in self.turns), default=-1) + 1

    def as_data(self) -> CycleData:
        """As it is kept."""
        turns: list[TurnData] = [
            {"day": t.day, "start": f"{t.start:%H:%M}", "end": f"{t.end:%H:%M}", "crew": t.crew}
            for t in self.turns
        ]
        return {"days": self.days, "turns": turns}


class PlannedTurn(Struct):
    """A turn on the calendar. `name` tells it from every other of its rotation: its local start."""

    name: str
    day: date
    crew: int
    starts_at: datetime
    ends_at: datetime


def cycle_of(data: CycleData) -> Cycle:
    """Read a cycle as it is kept. Raises ValueError where it is none."""
    try:
        turns = tuple(
            RotationTurn(
                int(each["day"]), time.fromisoformat(each["start"]), time.fromisoformat(each["end"]),
                int(each["crew"]),
            )
            for each in data["turns"]
        )  # fmt: skip
        cycle = Cycle(int(data["days"]), turns)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a cycle: {error!r}") from error
    if not 1 <= cycle.days <= MOST_DAYS or not turns:
        raise ValueError("a cycle has 1 to 366 days and at least one turn")
    if any(not 0 <= turn.day < cycle.days or turn.crew < 0 for turn in turns):
        raise ValueError("a turn lies outside of its cycle")
    if len({(turn.day, turn.start) for turn in turns}) < len(turns):
        raise ValueError("two turns start together")
    return cycle


def pattern_spans(pattern: Pattern, start: time) -> list[tuple[time, time]]:
    """The turns of a day of a usual pattern whose first one starts then. Raises KeyError for a custom one."""
    number = TURNS_A_DAY[pattern]
    first = datetime.combine(date.min, start)
    starts = [(first + _DAY / number * n).time() for n in range(number)]
    return list(zip(starts, starts[1:] + starts[:1], strict=True))


def read_spans(words: str) -> list[tuple[time, time]] | None:
    """Turns of a day as people write them, `7-15，15-23，23-7`; None where that is not what it is."""
    spans = [_span(found) for found in _SPAN.finditer(words)]
    left = re.sub(r"[\s,，、;；/和]|次日", "", _SPAN.sub("", words))
    if left or not 1 <= len(spans) <= MOST_TURNS or None in spans:
        return None
    read = [span for span in spans if span is not None]
    return read if len({start for start, _ in read}) == len(read) else None


def minutes_a_day(spans: Iterable[tuple[time, time]]) -> int:
    """How long a day's turns are together; one that ends when it starts is a whole day."""
    each = ((end.hour - start.hour) * 60 + end.minute - start.minute for start, end in spans)
    return sum(minutes if minutes > 0 else minutes + 24 * 60 for minutes in each)


def in_turn(spans: Sequence[tuple[time, time]], crews: int) -> Cycle:
    """The cycle in which so many crews take a day's turns one after the other.

    Three turns and four crews: each has 8 hours on and 24 off. One turn of 24 hours and three crews: 24
    on and 48 off.
    """
    days = lcm(len(spans), crews) // len(spans)
    turns = []
    for day in range(days):
        # The first span opens the day; what starts earlier on the clock comes after midnight.
        for number, (start, end) in enumerate(spans):
            late = day + (1 if start < spans[0][0] else 0)
            turns.append(RotationTurn(late % days, start, end, (day * len(spans) + number) % crews))
    return Cycle(days, tuple(sorted(turns, key=lambda turn: (turn.day, turn.start))))


def planned(
    cycle: Cycle, first_day: date, until: date | None, since: date, last: date, zone: ZoneInfo
) -> Iterator[PlannedTurn]:
    """The turns that start on the local days from `since` to `last`, both included, in order.

    A rotation begins on `first_day` and ends with `until`. A turn that has no length, because the clocks
    jump over it, is left out.
    """
    by_day: dict[int, list[RotationTurn]] = {}
    for turn in sorted(cycle.turns, key=lambda turn: turn.start):
        by_day.setdefault(turn.day, []).append(turn)
    day, last = max(since, first_day), min(last, until or last)
    while day <= last:
        for turn in by_day.get((day - first_day).days % cycle.days, ()):
            found = _on(day, turn, zone)
            if found.ends_at > found.starts_at:
                yield found
        day += _DAY


# Posts keep the same hours: of a year's turns at 500 posts nearly all are found here.
@lru_cache(maxsize=8192)
def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """When the wall clock shows this: the first time, where it does so twice; when the clocks jump, where
    they jump over it. In UTC."""
    local = datetime.combine(day, clock, zone)
    skipped = 0
    while local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        local, skipped = local - _MINUTE, skipped + 1
    return local.astimezone(UTC) + (_MINUTE if skipped else timedelta())


def named_crews(words: str) -> list[list[str]]:
    """Names as people write crews down: a crew a line or between slashes, its lead first."""
    told = [_BETWEEN_NAMES.split(line.strip()) for line in _BETWEEN_CREWS.split(words)]
    return [names for names in ([name for name in line if name] for line in told) if names]


def missing_titles(titles: Iterable[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Which of the titles wanted nobody of the crew has, in the order of the settings."""
    held = {word for each in titles for word in _BETWEEN_NAMES.split(each)}
    return tuple(title for title in wanted if title not in held)


def _on(day: date, turn: RotationTurn, zone: ZoneInfo) -> PlannedTurn:
    over = day + _DAY if turn.end <= turn.start else day
    starts_at, ends_at = moment(day, turn.start, zone), moment(over, turn.end, zone)
    return PlannedTurn(f"{day:%Y%m%d}-{turn.start:%H%M}", day, turn.crew, starts_at, ends_at)


def _span(found: re.Match[str]) -> tuple[time, time] | None:
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    if max(hours) > 24 or hours[0] > 23 or max(minutes) > 59 or (hours[1] == 24 and minutes[1]):
        return None
    return time(hours[0], minutes[0]), time(hours[1] % 24, minutes[1])
