"""Reminders by rule: of shifts, of what is due, and by the calendar. The rules are data of `config.toml`.

Each rule keeps a marker up to which moment it was done, so that nobody is reminded twice and an outage
leaves nobody out for whom the reminder is still of use.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.features.reminders.audience import Meant, Span, hazards, meant_by, of_shift, shifts
from bot.features.reminders.notices import Reminder
from bot.outbox import outbox
from bot.settings import Settings
from bot.settings.reminders import ReminderRule, usual_time
from bot.storage import values
from bot.storage.rows import Query
from models import Hazard, HazardAssignee, Role, Shift, ShiftMember

RUN = "reminder.run"
_OF_SHIFTS = ("shift_start", "shift_end")


def remind(
    work: Work, rule: ReminderRule, due_at: datetime, after: int, limit: int
) -> tuple[int, int | None]:
    """Remind the next people this rule means; how many these were, and the number to go on after."""
    access.require(work.actor, RUN, Resource())
    since = max(_since(work.session, rule, due_at), due_at - rule.until)
    version = str(values.roster_version(work.session))
    if rule.when in _OF_SHIFTS and values.get(work.session, _roster_marker(rule)) not in (None, version):
        # A shift may have been entered, or somebody put on it, after its moment: whoever was told is not told
        # again, for the key is the same.
        since = due_at - rule.until
    span = Span(since - rule.offset, due_at - rule.offset)
    people, following = meant_by(work.session, rule, span, after, limit, work.settings)
    _tell(work, rule, people)
    if following is None:
        values.put(work.session, _marker(rule), due_at.isoformat())
        values.put(work.session, _roster_marker(rule), version)
    return len(people), following


def load(session: Session, reader: Actor, told: Reminder) -> Reminder | None:
    """What the reminder says; None where it is no longer needed."""
    if not access.allows(reader, "person.read_own", access.self_of(reader)):
        return None
    asked = {"thing": told.id, "reader": reader.person_id}
    if told.about == "role":
        return told if session.execute(_one_role(), asked).first() else None
    if told.about == "hazard":
        row = session.execute(_one_hazard(), asked).first()
        return replace(told, what=row.words or "", place=row.place, due=row.moment) if row else None
    row = session.execute(_one_shift(told.who, at_end=told.at_end), asked).first()
    if row is None or row.moment != told.moment:
        return None
    return replace(told, place=row.place, start=row.starts_at, end=row.ends_at)


# Made once: one runs for every reminder that is sent, and making it takes longer than running it.
@cache
def _one_role() -> Query:
    mine = col(Role.person_id) == bindparam("reader")
    return select(col(Role.id)).where(col(Role.id) == bindparam("thing"), mine)


@cache
def _one_hazard() -> Query:
    mine = col(HazardAssignee.person_id) == bindparam("reader")
    return hazards().where(col(Hazard.id) == bindparam("thing"), mine)


@cache
def _one_shift(who: str, *, at_end: bool) -> Query:
    mine = col(ShiftMember.person_id) == bindparam("reader")
    return shifts(at_end=at_end).where(col(Shift.id) == bindparam("thing"), mine, *of_shift(who))


def _tell(work: Work, rule: ReminderRule, people: Sequence[Meant]) -> None:
    chats: dict[int, list[outbox.Recipient]] = {}
    for to in outbox.recipients_of(work.session, [each.person_id for each in people]):
        chats.setdefault(to.person_id or 0, []).append(to)
    about = {"cron": "role", "hazard_due": "hazard"}.get(rule.when, "shift")
    for each in people:
        deadline = each.moment + rule.until + (timedelta() if about == "role" else rule.offset)
        at_end, through = rule.when == "shift_end", rule.quiet == "through"
        notice = Reminder(
            rule.zh_CN, rule.en, about, rule.who, each.thing, each.moment, at_end, through,
            urgent=rule.lane == "urgent",
        )  # fmt: skip
        for to in chats.get(each.person_id, []) if deadline > work.now else []:
            occasion = _occasion(rule, each, work.settings)
            key = f"reminder:{rule.code}:{each.thing}:{occasion}:{to.bot}:{to.chat_id}"
            outbox.enqueue(work, notice, to, key, deadline=deadline)


def _since(session: Session, rule: ReminderRule, due_at: datetime) -> datetime:
    """Up to when this was done; now, where never or where the clock was put back."""
    kept = values.get(session, _marker(rule))
    if kept is None:
        return due_at - timedelta(minutes=1)
    return min(datetime.fromisoformat(kept), due_at)


def _occasion(rule: ReminderRule, meant: Meant, settings: Settings) -> str:
    """What tells one reminder from another. One that comes once a day does so also if its time is moved."""
    if rule.when == "cron" and usual_time(rule.cron):
        return f"{meant.moment.astimezone(settings.work.zone):%y%m%d}"
    return f"{meant.moment:%y%m%d%H%M}"


def _roster_marker(rule: ReminderRule) -> str:
    return f"reminder:{rule.code}:roster"


def _marker(rule: ReminderRule) -> str:
    return f"reminder:{rule.code}"
