"""Whether what leads, supervisors and figures say adds up: each name and each number, by what people did."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from benchmarks.mail import Letter, Mail, is_quiet, morning_after
from benchmarks.stage import Stage
from benchmarks.watches import FIRST_USER, Duty, Watches

if TYPE_CHECKING:
    from benchmarks.reckoning import Reckoning

LEAD_AFTER, ABOVE_AFTER = timedelta(minutes=30), timedelta(minutes=60)
WITHIN = timedelta(minutes=2)
WORK_DAY_BEGINS = timedelta(hours=4)
_NUMBERS = re.compile(r"\d+")


def reckon(found: "Reckoning", stage: Stage, mail: Mail, since: datetime, until: datetime) -> None:
    """Hold lists, boards, figures and the outbox against what everybody did between these moments."""
    for start, missing in _missing_by_start(stage, since, until).items():
        _leads(found, stage, mail, start, missing)
        _supervisors(found, stage, mail, start, missing)
    for day in range(stage.watches.days):
        midnight = stage.watches.midnight + timedelta(days=day)
        if since <= midnight + timedelta(hours=7.5) and midnight + timedelta(hours=10.2) <= until:
            _boards_of_duty(found, stage.watches, mail, midnight)
        if since <= midnight + timedelta(hours=18.5) and midnight + timedelta(hours=21.2) <= until:
            _boards_of_heads(found, stage.watches, mail, midnight)
        if since <= midnight and midnight + timedelta(hours=34) <= until:
            _figures(found, stage, midnight)
    _settled(found, stage)


def _missing_by_start(stage: Stage, since: datetime, until: datetime) -> dict[datetime, list[Duty]]:
    """Who never came, by start of the watch, where those above were told between these moments."""
    missing: dict[datetime, list[Duty]] = defaultdict(list)
    for duty in stage.watches.duties:
        if duty.come is None and since <= duty.start - WITHIN and _told_by(duty.start, stage) <= until:
            missing[duty.start].append(duty)
    return missing


def _told_by(start: datetime, stage: Stage) -> datetime:
    """By when leads and supervisors have been told of a watch: at night, in the morning."""
    if is_quiet(start + LEAD_AFTER, stage):
        return morning_after(start + LEAD_AFTER, stage) + WITHIN
    return start + ABOVE_AFTER + WITHIN


def _named(letters: list[Letter]) -> list[int]:
    return sorted(number for letter in letters for number in letter.named)


def _told(mail: Mail, kind: str, person: int, start: datetime, stage: Stage) -> list[Letter]:
    return mail.got(kind, FIRST_USER + person, start + LEAD_AFTER, _told_by(start, stage))


def _leads(found: "Reckoning", stage: Stage, mail: Mail, start: datetime, missing: list[Duty]) -> None:
    """Every lead reads once who of the crew is missing, and every such name."""
    crews: dict[int, list[int]] = defaultdict(list)
    for duty in missing:
        if duty.person != stage.watches.lead_of(duty.person):
            crews[stage.watches.lead_of(duty.person)].append(duty.person)
    for lead, people in crews.items():
        letters = _told(mail, "told to leads", lead, start, stage)
        found.expect("told to leads", (lead, start), len(letters), 1, 1)
        found.same("names to leads", (lead, start), _named(letters), people)


def _supervisors(found: "Reckoning", stage: Stage, mail: Mail, start: datetime, missing: list[Duty]) -> None:
    """Every supervisor reads each name of the township once."""
    watches = stage.watches
    for township in range(watches.townships):
        people = [duty.person for duty in missing if watches.township_of(duty.person) == township]
        letters = _told(mail, "told to supervisors", watches.supervisor_of(township), start, stage)
        found.counts["names to supervisors"] += len(people)
        # Leads who are missing themselves are told of earlier than the others.
        found.expect("told to supervisors", (township, start), len(letters), bool(people), 2)
        found.same("lists of supervisors", (township, start), _named(letters), people)


def _boards_of_duty(found: "Reckoning", watches: Watches, mail: Mail, midnight: datetime) -> None:
    """At ten: how many were to come by now, and how many of them have not."""
    begun = [
        d for d in watches.duties if midnight + WORK_DAY_BEGINS <= d.start <= midnight + timedelta(hours=10)
    ]
    for township in range(watches.townships):
        here = [duty for duty in begun if watches.township_of(duty.person) == township]
        wanted = [len(here), sum(duty.come is None for duty in here)]
        _board(found, mail, "boards of duty", watches.supervisor_of(township), midnight, wanted)


def _boards_of_heads(found: "Reckoning", watches: Watches, mail: Mail, midnight: datetime) -> None:
    """At nine in the evening: how many heads there are, and how many have said nothing."""
    evenings = [evening for evening in watches.evenings if evening.asked.date() == midnight.date()]
    for township in range(watches.townships):
        here = [evening for evening in evenings if watches.township_of(evening.person) == township]
        wanted = [len(here), sum(evening.answer is None for evening in here)]
        _board(found, mail, "boards of heads", watches.supervisor_of(township), midnight, wanted)


def _board(
    found: "Reckoning", mail: Mail, kind: str, person: int, midnight: datetime, wanted: list[int]
) -> None:
    letters = mail.got(kind, FIRST_USER + person, midnight, midnight + timedelta(days=1))
    told = [[int(number) for number in _NUMBERS.findall(letter.text)[-2:]] for letter in letters]
    found.same(kind, (person, midnight), told, [wanted] if wanted[1] else [])


def _figures(found: "Reckoning", stage: Stage, midnight: datetime) -> None:
    """The day's roll-up of the prefecture."""
    begins = midnight + WORK_DAY_BEGINS
    duties = [d for d in stage.watches.duties if begins <= d.start < begins + timedelta(days=1)]
    heads = [e for e in stage.watches.evenings if e.asked.date() == midnight.date() and e.answer]
    wanted = (len(duties), sum(duty.come is not None for duty in duties), 10 * len(heads))
    found.same("figures of a day", midnight, _rolled_up(stage, midnight.date()), wanted)


def _rolled_up(stage: Stage, day: date) -> tuple[int, ...]:
    asked = text("SELECT planned, present, households_reached FROM rollup WHERE area_id = 1 AND day = :day")
    with stage.db.read() as session:
        return tuple(session.execute(asked, {"day": day.isoformat()}).one())


def _settled(found: "Reckoning", stage: Stage) -> None:
    """Nothing was given up, and nothing is unknown."""
    with stage.db.read() as session:
        boxes = session.execute(text("SELECT state, count(*) FROM outbox GROUP BY 1")).all()
        inbox = session.execute(text("SELECT state, count(*) FROM inbox GROUP BY 1")).all()
        jobs = session.execute(text("SELECT rule, occasion FROM slot WHERE state = 'failed'")).all()
    found.wrongs += [
        f"outbox: {n} {state}" for state, n in boxes if state in ("failed", "unknown", "sending")
    ]
    found.wrongs += [f"inbox: {n} {state}" for state, n in inbox if state != "done"]
    found.wrongs += [f"failed: {rule} {occasion}" for rule, occasion in jobs]
    found.counts |= {f"outbox, {state}": number for state, number in boxes}
