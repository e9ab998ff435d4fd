"""Holds what Telegram was sent against what everybody did: to the person, without asking the bot."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from benchmarks import tallies
from benchmarks.mail import THROUGH, Mail, is_quiet, morning_after
from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Duty, Evening, Many

BEFORE, LATE_AFTER = timedelta(minutes=10), timedelta(minutes=10)
STILL_OF_USE, AFTER_END = timedelta(minutes=20), timedelta(minutes=60)
CLOSED_AFTER = timedelta(hours=2)
# A message is made before it arrives: so much later somebody may have come meanwhile.
UNDER_WAY = timedelta(seconds=2)
URGENT_SECONDS = 5
ANSWERED_WITHIN = timedelta(minutes=5)
# Those held for the morning are many: so long it takes until the last has theirs.
MORNING = timedelta(minutes=15)


@dataclass
class Reckoning:
    """What came, by name, and everything in which it differs from what was expected."""

    counts: Counter[str] = field(default_factory=Counter)
    wrongs: list[str] = field(default_factory=list)
    # Seconds that urgent messages took; those while something went to everybody.
    urgent: list[float] = field(default_factory=list)
    urgent_meanwhile: list[float] = field(default_factory=list)

    def expect(self, name: str, what: object, got: int, least: int, most: int) -> None:
        """So many are to have come."""
        self.counts[name] += got
        if not least <= got <= most:
            self.wrongs.append(f"{name}: {got} instead of {least}..{most}: {what}")

    def same(self, name: str, what: object, got: object, wanted: object) -> None:
        """Something is to be exactly so."""
        self.counts[name] += 1
        if got != wanted:
            self.wrongs.append(f"{name}: {got} instead of {wanted}: {what}")


def reckon(stage: Stage, since: datetime, until: datetime) -> Reckoning:
    """Go through everybody whose hour came between these moments."""
    found, mail = Reckoning(), Mail(stage)
    duties = [d for d in stage.watches.duties if since <= d.start - BEFORE]
    begun = [d for d in duties if d.start + AFTER_END <= until]
    last = _last_of_waves(mail, begun)
    for duty in begun:
        _before_start(found, duty, mail, last[duty.start])
        _late(found, duty, mail, stage, until)
    for duty in duties:
        if duty.end + AFTER_END <= until:
            _after_end(found, duty, mail)
        _closed(found, duty, mail, stage, until)
        _answers(found, duty, mail, min(until, stage.lived))
    for evening in stage.watches.evenings:
        if since <= evening.asked and evening.asked + timedelta(hours=3) <= until:
            _evening(found, evening, mail)
    for many in stage.watches.many:
        if since <= many.at and many.over <= until:
            _many(found, many, mail, stage)
    _at_six(found, mail, stage)
    _urgent(found, mail, stage)
    _quiet(found, mail, stage)
    tallies.reckon(found, stage, mail, since, until)
    found.wrongs += [f"nobody knows what this is: {letter}" for letter in mail.unknown]
    return found


def _chat(duty: Duty | Evening) -> int:
    return FIRST_USER + duty.person


def _last_of_waves(mail: Mail, duties: list[Duty]) -> dict[datetime, datetime]:
    """When the last reminder of each watch's start arrived."""
    last: dict[datetime, datetime] = {}
    for duty in duties:
        got = mail.got("before the start", _chat(duty), duty.start - BEFORE, duty.start + STILL_OF_USE)
        times = [letter.at for letter in got]
        last[duty.start] = max([last.get(duty.start, duty.start - BEFORE), *times])
    return last


def _before_start(found: Reckoning, duty: Duty, mail: Mail, last: datetime) -> None:
    """Everybody who has not come by then is reminded once; nobody who has."""
    got = mail.got("before the start", _chat(duty), duty.start - BEFORE, duty.start + STILL_OF_USE)
    if duty.come and duty.come < duty.start - BEFORE:
        found.expect("before the start", duty, len(got), 0, 0)
    elif duty.come is None or duty.come > last + UNDER_WAY:
        found.expect("before the start", duty, len(got), 1, 1)
    else:
        found.expect("before the start", duty, len(got), 0, 1)
        if got and got[0].at > duty.come + UNDER_WAY:
            found.wrongs.append(f"reminded after coming: {duty} at {got[0].at}")


def _late(found: Reckoning, duty: Duty, mail: Mail, stage: Stage, until: datetime) -> None:
    """Who is missing ten minutes after the start is asked once; at night, in the morning if still missing."""
    asked = duty.start + LATE_AFTER
    if is_quiet(asked, stage):
        asked = morning_after(asked, stage)
    if asked + LATE_AFTER > until:
        return
    missing = duty.come is None or duty.come >= asked + timedelta(minutes=2)
    got = mail.got("not checked in", _chat(duty), duty.start, duty.end)
    found.expect("not checked in", duty, len(got), missing, missing)
    if got and got[0].at < asked:
        found.wrongs.append(f"asked too early: {duty} at {got[0].at}")


def _after_end(found: Reckoning, duty: Duty, mail: Mail) -> None:
    """Whoever is still there at the end is reminded once to sign off."""
    got = mail.got("after the end", _chat(duty), duty.end, duty.end + AFTER_END)
    there = duty.come is not None and (duty.go is None or duty.go > duty.end)
    least = there and (duty.go is None or duty.go > duty.end + timedelta(minutes=9))
    found.expect("after the end", duty, len(got), least, there)
    if got and duty.go and got[0].at > duty.go + UNDER_WAY:
        found.wrongs.append(f"reminded after going: {duty} at {got[0].at}")


def _closed(found: Reckoning, duty: Duty, mail: Mail, stage: Stage, until: datetime) -> None:
    """Who forgot to sign off is told so once, not at night."""
    told = duty.end + CLOSED_AFTER
    if is_quiet(told, stage):
        told = morning_after(told, stage)
    # Who has had too much that day may have to wait for the next morning.
    over = duty.end + timedelta(hours=23) if duty.person in stage.watches.often else told + MORNING
    if over > until:
        return
    forgotten = duty.come is not None and duty.go is None
    got = mail.got("closed by the system", _chat(duty), duty.end, over)
    found.expect("closed by the system", duty, len(got), forgotten, forgotten)


def _answers(found: Reckoning, duty: Duty, mail: Mail, until: datetime) -> None:
    """Whatever somebody does is answered once, and soon."""
    for kind, deed in (("answers to who came", duty.come), ("answers to who went", duty.go)):
        if deed and deed + ANSWERED_WITHIN <= until:
            got = mail.got(kind, _chat(duty), deed, deed + ANSWERED_WITHIN)
            found.expect(kind, duty, len(got), 1, 1)


def _evening(found: Reckoning, evening: Evening, mail: Mail) -> None:
    """Every head is asked once, and who has not answered once more."""
    again, over = evening.asked + timedelta(minutes=90), evening.asked + timedelta(hours=3)
    first = mail.got("heads asked", _chat(evening), evening.asked, over)
    found.expect("heads asked", evening, len(first), 1, 1)
    silent = evening.answer is None or evening.answer >= again
    got = mail.got("heads reminded", _chat(evening), evening.asked, over)
    found.expect("heads reminded", evening, len(got), silent, silent)
    found.wrongs += [f"reminded too early: {evening} at {each.at}" for each in got if each.at < again]


def _many(found: Reckoning, many: Many, mail: Mail, stage: Stage) -> None:
    """What was said to many is there once for each, or `times`; what is too much for a day comes in the
    morning."""
    for person in many.people:
        # Who has had too much that day gets it the next morning.
        waits = person in stage.watches.often and not many.held
        over = morning_after(many.at.replace(hour=23), stage) + MORNING if waits else many.over
        if over > stage.lived:
            continue
        got = mail.got(many.kind, FIRST_USER + person, many.at, over)
        got = [letter for letter in got if letter.text == many.words]
        found.expect(many.kind, (many.words, person), len(got), many.times, many.times)
        if many.times > 1:
            today = sum(letter.at.date() == many.at.date() for letter in got)
            found.expect("of it, on that day", person, today, 1, stage.settings.reminders.daily_cap)


def _at_six(found: Reckoning, mail: Mail, stage: Stage) -> None:
    """In the morning, what is urgent of what was said at night goes first."""
    mornings: dict[date, dict[str, list[datetime]]] = {}
    for _, letter in mail.all(["said at night, urgent", "said at night"]):
        kinds = mornings.setdefault(letter.at.date(), {"急": [], "": []})
        kinds["急" if "急" in letter.text else ""].append(letter.at)
    for day, kinds in mornings.items():
        if not kinds["急"] or not kinds[""]:
            continue
        began = datetime.combine(day, stage.settings.quiet.end, stage.settings.work.zone)
        in_turn = began <= min(kinds["急"]) and max(kinds["急"]) <= min(kinds[""]) + UNDER_WAY
        found.same("mornings in their order", day, in_turn, True)


def _quiet(found: Reckoning, mail: Mail, stage: Stage) -> None:
    """Nothing is heard at night but answers, what is urgent, and what a watch at night needs."""
    for kind, letter in mail.all():
        if kind not in THROUGH and is_quiet(letter.at, stage):
            found.wrongs.append(f"in quiet hours: {kind}: {letter}")


def _urgent(found: Reckoning, mail: Mail, stage: Stage) -> None:
    """What is urgent is there at once, also while something goes to everybody."""
    arrived = mail.by_words("urgent")
    everybody = [(min(times), max(times)) for times in mail.by_words("broadcast").values()]
    for words, asked in stage.told.items():
        got = arrived.get(words, [])
        found.expect("urgent", words, len(got), 1, 1)
        taken = [(at - asked).total_seconds() for at in got[:1]]
        found.urgent += taken
        if any(first <= asked <= last for first, last in everybody):
            found.urgent_meanwhile += taken
        found.wrongs += [
            f"urgent after {seconds} s: {words}" for seconds in taken if seconds > URGENT_SECONDS
        ]
