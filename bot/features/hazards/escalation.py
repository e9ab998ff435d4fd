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
from bot.access import Actor, Thing
from bot.base.facts import Facts
from bot.features.escalation import ladders
from bot.features.hazards import cards, repository
from bot.features.hazards.repository import TO_FIX
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.settings.reminders import SKIPPED
from models import Hazard, HazardState, HazardStep, Severity

ESCALATE, READ = "hazard.escalate", "hazard.read"
NEW, DUE, CHECK = "hazard_new", "hazard_due", "hazard_check"


def start_new(session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings) -> None:
    """Nobody is named yet: those who name others are reminded, then those above."""
    row = repository.the(session, hazard_id)
    access.require(actor, "hazard.report", Thing(row.path, repository.thing(session, row).relations))
    _start(session, actor, row, NEW, str(row.id), (), now, settings)


def start_again(session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings) -> None:
    """Who was named left, and nobody is: the same as for a new one, counted from now."""
    access.require(actor, ESCALATE, Thing())
    row = repository.the(session, hazard_id)
    _start(session, actor, row, NEW, f"{row.id}:{row.version}", (), now, settings)


def start_check(session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings) -> None:
    """It is put right, and nobody has looked: who was asked is reminded, then those above."""
    row = repository.the(session, hazard_id)
    access.require(actor, "hazard.rectify", repository.thing(session, row))
    # Who worked on it is not asked, however high.
    fixers = repository.fixers(session, hazard_id)
    _start(session, actor, row, CHECK, f"{row.id}:{row.version}", fixers, now, settings)


def begin_due(session: Session, actor: Actor, limit: int, *, now: datetime, settings: Settings) -> int:
    """Set up ladders for what is past due and not right; how many."""
    access.require(actor, ESCALATE, Thing())
    untold = or_(col(Hazard.told_due_at).is_(None), col(Hazard.told_due_at) != col(Hazard.due_at))
    due = session.execute(
        select(col(Hazard.id))
        .where(col(Hazard.state).in_(TO_FIX), col(Hazard.due_at) <= now, untold)
        .order_by(col(Hazard.due_at))
        .limit(limit)
    ).scalars()
    numbers = [number or 0 for number in due.all()]
    for number in numbers:
        row = repository.the(session, number)
        session.execute(update(Hazard).where(col(Hazard.id) == number).values(told_due_at=row.due_at))
        repository.note(session, actor, row, HazardStep.OVERDUE, now)
        name, hands = f"{number}:{row.due_at:%y%m%d%H%M}", cards.hands(session, row)
        _start(session, actor, row, DUE, name, hands, row.due_at, settings)
        cards.show_changed(session, number, now, settings)
    return len(numbers)


def remind(
    session: Session, actor: Actor, since: datetime, until: datetime, after: int, limit: int,
    *, now: datetime, settings: Settings,
) -> tuple[int, int | None]:  # fmt: skip
    """Tell those who have it what is due soon: later than `since` and up to `until`. How many hazards, and
    the number to go on after."""
    access.require(actor, ESCALATE, Thing())
    due = (col(Hazard.due_at) > since, col(Hazard.due_at) <= until, col(Hazard.due_at) > now)
    found = session.execute(
        select(col(Hazard.id))
        .where(col(Hazard.state).in_(TO_FIX), *due, col(Hazard.id) > after)
        .order_by(col(Hazard.id))
        .limit(limit)
    ).scalars()
    numbers = [number or 0 for number in found.all()]
    for number in numbers:
        row = repository.the(session, number)
        subject = f"{DUE}:{number}:{row.due_at:%y%m%d%H%M}"
        notice = Notice("hazard.soon", {"level": 0, "subjects": [subject]})
        for to in outbox.recipients_of(session, cards.hands(session, row)):
            key = f"hazard.soon:{subject}:{to.bot}:{to.chat_id}"
            outbox.enqueue(session, notice, to, key, now, settings, deadline=row.due_at)
    return len(numbers), numbers[-1] if len(numbers) == limit else None


def load_soon(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The same as `load`; None where it is right, or due at another time by now."""
    told = load(session, reader, facts)
    return told if told and any(each["open"] for each in told["rows"]) else None


def _start(
    session: Session, actor: Actor, row: Row[Any], kind: str, name: str, people: Sequence[int],
    since: datetime, settings: Settings,
) -> None:  # fmt: skip
    """From who has it to the nearest above the place, then area by area: urgent ones by minutes, through
    quiet hours; others by the working days of their category."""
    urgent = row.severity == Severity.URGENT
    waits = settings.hazards.urgent_minutes if urgent else settings.hazards.category(row.category).waits
    if kind != DUE and not urgent:
        # Who is to see to it was given the card just now.
        waits = tuple(max(1, days) for days in waits)
    first = 0 if kind == DUE else SKIPPED
    ladders.start(
        session, actor, f"{kind}_urgent" if urgent else kind, f"{kind}:{name}", row.path, people,
        now=since, settings=settings, since=since, waits=[first, SKIPPED, *waits], working_days=not urgent,
    )  # fmt: skip


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
