"""Hazards that nobody sees to go up: those without anybody named, past due, or put right and not looked at.

The ladders' subjects are `hazard_new:ID` (`hazard_new:ID:VERSION` once who was named left),
`hazard_due:ID:DUE` and `hazard_check:ID:VERSION`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.base.facts import Facts
from bot.features.escalation import ladders
from bot.features.hazards import cards, repository
from bot.features.hazards.repository import TO_FIX
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.settings import Settings
from bot.settings.reminders import SKIPPED
from models import Hazard, HazardState, HazardStep, Severity

ESCALATE, READ = "hazard.escalate", "hazard.read"
NEW, DUE, CHECK = "hazard_new", "hazard_due", "hazard_check"


def start_new(work: Work, hazard_id: int) -> None:
    """Nobody is named yet: those who name others are reminded, then those above."""
    row = repository.get(work.session, hazard_id)
    access.require(
        work.actor, "hazard.report", Resource(row.path, repository.thing(work.session, row).relations)
    )
    _start(work, row, NEW, str(row.id), (), work.now)


def start_again(work: Work, hazard_id: int) -> None:
    """Who was named left, and nobody is: the same as for a new one, counted from now."""
    access.require(work.actor, ESCALATE, Resource())
    row = repository.get(work.session, hazard_id)
    _start(work, row, NEW, f"{row.id}:{row.version}", (), work.now)


def start_check(work: Work, hazard_id: int) -> None:
    """It is put right, and nobody has looked: who was asked is reminded, then those above."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, "hazard.rectify", repository.thing(work.session, row))
    # Who worked on it is not asked, however high.
    fixers = repository.fixers(work.session, hazard_id)
    _start(work, row, CHECK, f"{row.id}:{row.version}", fixers, work.now)


def begin_due(work: Work, limit: int) -> int:
    """Set up ladders for what is past due and not right; how many."""
    access.require(work.actor, ESCALATE, Resource())
    untold = or_(col(Hazard.told_due_at).is_(None), col(Hazard.told_due_at) != col(Hazard.due_at))
    due = work.session.execute(
        select(col(Hazard.id))
        .where(col(Hazard.state).in_(TO_FIX), col(Hazard.due_at) <= work.now, untold)
        .order_by(col(Hazard.due_at))
        .limit(limit)
    ).scalars()
    numbers = [number or 0 for number in due.all()]
    for number in numbers:
        row = repository.get(work.session, number)
        work.session.execute(update(Hazard).where(col(Hazard.id) == number).values(told_due_at=row.due_at))
        repository.note(work.session, work.actor, row, HazardStep.OVERDUE, work.now)
        name, hands = f"{number}:{row.due_at:%y%m%d%H%M}", cards.assignees_all(work.session, row)
        _start(work, row, DUE, name, hands, row.due_at)
        cards.show_changed(work, number)
    return len(numbers)


def remind(work: Work, since: datetime, until: datetime, after: int, limit: int) -> tuple[int, int | None]:
    """Tell those who have it what is due soon: later than `since` and up to `until`. How many hazards, and
    the number to go on after."""
    access.require(work.actor, ESCALATE, Resource())
    due = (col(Hazard.due_at) > since, col(Hazard.due_at) <= until, col(Hazard.due_at) > work.now)
    found = work.session.execute(
        select(col(Hazard.id))
        .where(col(Hazard.state).in_(TO_FIX), *due, col(Hazard.id) > after)
        .order_by(col(Hazard.id))
        .limit(limit)
    ).scalars()
    numbers = [number or 0 for number in found.all()]
    for number in numbers:
        row = repository.get(work.session, number)
        subject = f"{DUE}:{number}:{row.due_at:%y%m%d%H%M}"
        notice = Told("hazard.soon", {"level": 0, "subjects": [subject]})
        for to in outbox.recipients_of(work.session, cards.assignees_all(work.session, row)):
            key = f"hazard.soon:{subject}:{to.bot}:{to.chat_id}"
            outbox.enqueue(work, notice, to, key, deadline=row.due_at)
    return len(numbers), numbers[-1] if len(numbers) == limit else None


def load_soon(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The same as `load`; None where it is right, or due at another time by now."""
    told = load(session, reader, facts)
    return told if told and any(each["open"] for each in told["rows"]) else None


def _start(work: Work, row: Row[Any], kind: str, name: str, people: Sequence[int], since: datetime) -> None:
    """From who has it to the nearest above the place, then area by area: urgent ones by minutes, through
    quiet hours; others by the working days of their category."""
    urgent = row.severity == Severity.URGENT
    waits = (
        work.settings.hazards.urgent_minutes if urgent else work.settings.hazards.category(row.category).waits
    )
    if kind != DUE and not urgent:
        # Who is to see to it was given the card just now.
        waits = tuple(max(1, days) for days in waits)
    first = 0 if kind == DUE else SKIPPED
    ladders.start(
        work.at(since),
        f"{kind}_urgent" if urgent else kind,
        f"{kind}:{name}",
        row.path,
        people,
        since=since,
        waits=[first, SKIPPED, *waits],
        working_days=not urgent,
    )


def needed(session: Session, subjects: Sequence[str], now: datetime, _: Settings) -> set[str]:
    """Of these, those that still stand as they did."""
    ids = {_number(subject) for subject in subjects}
    rows = session.execute(
        select(col(Hazard.id), col(Hazard.state), col(Hazard.due_at), col(Hazard.version)).where(
            col(Hazard.id).in_(ids)
        )
    )
    known = {row.id: row for row in rows}
    return {subject for subject in subjects if _stands(subject, known.get(_number(subject)))}


def _stands(subject: str, row: Row[Any] | None) -> bool:
    kind, *rest = subject.split(":")
    if row is None:
        return False
    if kind == NEW:
        return bool(row.state == HazardState.REPORTED)
    if kind == DUE:
        return row.state in TO_FIX and f"{row.due_at:%y%m%d%H%M}" == rest[1]
    return row.state == HazardState.FIXED and str(row.version) == rest[1]


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """What of it the reader may see, as it stands now; None where nothing is."""
    told = []
    for subject in facts["subjects"]:
        row = repository.read(session, _number(subject))
        if row is None or not access.allows(reader, READ, repository.thing(session, row)):
            continue
        named = repository.assignees(session, row.id)
        told.append(
            cards.brief(row) | {
                "why": subject.split(":")[0], "open": _stands(subject, row), "area": row.area,
                "post": row.post, "checkpoint": row.checkpoint, "place": row.place, "due_at": row.due_at,
                "fixer": row.fixer or "", "state": row.state,
                "named": [each.person or each.area for each in named],
            }
        )  # fmt: skip
    return facts | {"rows": told} if told else None


def _number(subject: str) -> int:
    return int(subject.split(":")[1])
