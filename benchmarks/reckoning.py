"""Holds what Telegram was sent against what everybody did: to the person, without asking the bot."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Duty, Evening

BEFORE, LATE_AFTER = timedelta(minutes=10), timedelta(minutes=10)
STILL_OF_USE, AFTER_END = timedelta(minutes=20), timedelta(minutes=60)
# A message is made before it arrives: so much later somebody may have come meanwhile.
UNDER_WAY = timedelta(seconds=2)
HELD_SIGNS = ("👋",)
QUIET_FROM, QUIET_TO = 22, 6
Times = dict[int, list[datetime]]


@dataclass
class Reckoning:
    """What was expected and what came, by name, and everything in which they differ."""

    counts: Counter[str] = field(default_factory=Counter)
    wrongs: list[str] = field(default_factory=list)
    # Seconds that urgent messages took.
    urgent: list[float] = field(default_factory=list)

    def expect(self, name: str, what: object, got: int, least: int, most: int) -> None:
        """So many are to have come."""
        self.counts[name] += got
        if not least <= got <= most:
            self.wrongs.append(f"{name}: {got} instead of {least}..{most}: {what}")


def reckon(stage: Stage, since: datetime, until: datetime) -> Reckoning:
    """Go through everybody whose hour came between these moments."""
    found = Reckoning()
    before, after, late = (_times(stage, sign) for sign in ("⏰", "🏁", "👋"))
    duties = [d for d in stage.watches.duties if since <= d.start - BEFORE and d.start + AFTER_END <= until]
    last = _last_of_waves(before, duties)
    for duty in duties:
        _before_start(found, duty, before, last[duty.start])
        _late(found, duty, late, stage, until)
    ends = [d for d in stage.watches.duties if since <= d.start - BEFORE and d.end + AFTER_END <= until]
    for duty in ends:
        _after_end(found, duty, after)
    for evening in stage.watches.evenings:
        if since <= evening.asked and evening.asked + timedelta(hours=3) <= until:
            _evening(found, evening, stage)
    _quiet(found, stage)
    _urgent(found, stage)
    return found


def _times(stage: Stage, sign: str) -> Times:
    times: Times = defaultdict(list)
    for call in stage.sent(sign):
        times[call.chat or 0].append(stage.moment(call))
    return times


def _within(times: Times, person: int, start: datetime, end: datetime) -> list[datetime]:
    return [at for at in times.get(FIRST_USER + person, ()) if start <= at <= end]


def _last_of_waves(before: Times, duties: list[Duty]) -> dict[datetime, datetime]:
    last: dict[datetime, datetime] = {}
    for duty in duties:
        got = _within(before, duty.person, duty.start - BEFORE, duty.start + STILL_OF_USE)
        last[duty.start] = max([last.get(duty.start, duty.start - BEFORE), *got])
    return last


def _before_start(found: Reckoning, duty: Duty, before: Times, last: datetime) -> None:
    """Everybody who has not come by then is reminded once; nobody who has."""
    got = _within(before, duty.person, duty.start - BEFORE, duty.start + STILL_OF_USE)
    if duty.come and duty.come < duty.start - BEFORE:
        found.expect("before the start", duty, len(got), 0, 0)
    elif duty.come is None or duty.come > last + UNDER_WAY:
        found.expect("before the start", duty, len(got), 1, 1)
    else:
        found.expect("before the start", duty, len(got), 0, 1)
        if got and got[0] > duty.come + UNDER_WAY:
            found.wrongs.append(f"reminded after coming: {duty} at {got[0]}")


def _late(found: Reckoning, duty: Duty, late: Times, stage: Stage, until: datetime) -> None:
    """Who is missing ten minutes after the start is asked once; at night, in the morning if still missing."""
    asked = duty.start + LATE_AFTER
    hour = asked.astimezone(stage.settings.work.zone).hour
    if hour >= QUIET_FROM or hour < QUIET_TO:
        asked += timedelta(hours=(QUIET_TO - hour) % 24, minutes=-asked.minute)
    if asked + LATE_AFTER > until:
        return
    missing = duty.come is None or duty.come >= asked + timedelta(minutes=2)
    got = _within(late, duty.person, duty.start, duty.end)
    found.expect("not checked in", duty, len(got), missing, missing)


def _after_end(found: Reckoning, duty: Duty, after: Times) -> None:
    """Whoever is still there at the end is reminded once to sign off."""
    got = _within(after, duty.person, duty.end, duty.end + AFTER_END)
    there = duty.come is not None and (duty.go is None or duty.go > duty.end)
    least = there and (duty.go is None or duty.go > duty.end + timedelta(minutes=9))
    found.expect("after the end", duty, len(got), least, there)


def _evening(found: Reckoning, evening: Evening, stage: Stage) -> None:
    """Every head is asked once, and who has not answered once more."""
    again, over = evening.asked + timedelta(minutes=90), evening.asked + timedelta(hours=3)
    times = stage.times_of(FIRST_USER + evening.person)
    first = sum(evening.asked <= at < again for at in times)
    found.expect("heads asked", evening, first, 1, 1)
    silent = evening.answer is None or evening.answer >= again
    found.expect("heads reminded", evening, sum(again <= at <= over for at in times), silent, silent)


def _quiet(found: Reckoning, stage: Stage) -> None:
    for call in stage.sent():
        hour = stage.moment(call).astimezone(stage.settings.work.zone).hour
        held = str(call.params.get("text", "")).startswith(HELD_SIGNS)
        if held and (hour >= QUIET_FROM or hour < QUIET_TO):
            found.wrongs.append(f"in quiet hours: {call}")


def _urgent(found: Reckoning, stage: Stage) -> None:
    arrived: dict[str, list[datetime]] = defaultdict(list)
    for call in stage.sent("!"):
        arrived[str(call.params["text"])].append(stage.moment(call))
    for words, asked in stage.told.items():
        found.expect("urgent", words, len(arrived[words]), 1, 1)
        found.urgent += [(at - asked).total_seconds() for at in arrived[words][:1]]
