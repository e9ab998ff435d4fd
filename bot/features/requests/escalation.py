"""Requests that nobody sees to go up: those without anybody named, past due, or done and not asked about.

The ladders' subjects are `request_new:ID`, `request_due:ID:DUE` and `request_ask:ID:VERSION`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.base.facts import Facts
from bot.features.escalation import ladders
from bot.features.requests import cards, repository
from bot.features.requests.cards import HANDLE, READ
from bot.features.requests.repository import REQUEST, TO_DO
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.settings import Settings
from bot.settings.reminders import SKIPPED
from models import RequestStage, RequestStep, ResidentRequest

ESCALATE = "request.escalate"
NEW, DUE, ASK = "request_new", "request_due", "request_ask"


def start_new(work: Work, request_id: int) -> None:
    """Nobody is named yet: those who name others are reminded, then those above."""
    row = repository.get(work.session, request_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    _start(work, row, f"{NEW}:{row.id}", (), work.now)


def start_again(work: Work, request_id: int) -> None:
    """Who was named left, and nobody is: the same as for a new one, counted from now."""
    access.require(work.actor, ESCALATE, Resource())
    row = repository.get(work.session, request_id)
    _start(work, row, f"{NEW}:{row.id}:{row.version}", (), work.now)


def start_ask(work: Work, request_id: int) -> None:
    """It is done, and nobody has asked the resident: who registered it is reminded, then those above."""
    row = repository.get(work.session, request_id)
    access.require(work.actor, HANDLE, repository.thing(work.session, row))
    _start(work, row, f"{ASK}:{row.id}:{row.version}", [row.registered_by], work.now)


def begin_due(work: Work, limit: int) -> int:
    """Set up ladders for what is past due and not done; how many."""
    access.require(work.actor, ESCALATE, Resource())
    told_due, due_at = col(ResidentRequest.told_due_at), col(ResidentRequest.due_at)
    numbers = _to_do(
        work.session, due_at, limit, due_at <= work.now, or_(told_due.is_(None), told_due != due_at)
    )
    for number in numbers:
        row = repository.get(work.session, number)
        told = update(ResidentRequest).where(col(ResidentRequest.id) == number)
        work.session.execute(told.values(told_due_at=row.due_at))
        REQUEST.note(work.session, work.actor, row, RequestStep.OVERDUE, work.now)
        hands = sorted(repository.assignees_all(work.session, row))
        _start(work, row, _due_subject(row), hands, row.due_at)
        cards.show_changed(work, number)
    return len(numbers)


def remind(work: Work, since: datetime, until: datetime, after: int, limit: int) -> tuple[int, int | None]:
    """Tell those who have it what is due soon: later than `since` and up to `until`. How many requests, and
    the number to go on after."""
    access.require(work.actor, ESCALATE, Resource())
    due = (col(ResidentRequest.due_at) > max(since, work.now), col(ResidentRequest.due_at) <= until)
    numbers = _to_do(work.session, col(ResidentRequest.id), limit, *due, col(ResidentRequest.id) > after)
    for number in numbers:
        row = repository.get(work.session, number)
        notice = Told("request.soon", {"level": 0, "subjects": [_due_subject(row)]})
        for to in outbox.recipients_of(work.session, sorted(repository.assignees_all(work.session, row))):
            key = f"request.soon:{_due_subject(row)}:{to.bot}:{to.chat_id}"
            outbox.enqueue(work, notice, to, key, deadline=row.due_at)
    return len(numbers), numbers[-1] if len(numbers) == limit else None


def needed(session: Session, subjects: Sequence[str], now: datetime, _: Settings) -> set[str]:
    """Of these, those that still stand as they did."""
    request = ResidentRequest
    rows = session.execute(
        select(col(request.id), col(request.state), col(request.due_at), col(request.version)).where(
            col(request.id).in_({_number(subject) for subject in subjects})
        )
    )
    known = {row.id: row for row in rows}
    return {subject for subject in subjects if _stands(subject, known.get(_number(subject)))}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """What of it the reader may see, as it stands now; None where nothing is."""
    told = []
    for subject in facts["subjects"]:
        row = repository.read(session, _number(subject))
        if row is None or not access.allows(reader, READ, repository.thing(session, row)):
            continue
        named = [each.person or each.area for each in REQUEST.assignees(session, row.id)]
        told.append(
            cards.brief(row) | {
                "why": subject.split(":")[0], "open": _stands(subject, row), "area": row.area,
                "due_at": row.due_at, "registrar": row.registrar, "named": named,
            }
        )  # fmt: skip
    return facts | {"rows": told} if told else None


def load_soon(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The same as `load`; None where it is done, or due at another time by now."""
    told = load(session, reader, facts)
    return told if told and any(each["open"] for each in told["rows"]) else None


def _to_do(session: Session, order: Any, limit: int, *where: Any) -> list[int]:
    found = select(col(ResidentRequest.id)).where(
        col(ResidentRequest.closed_at).is_(None), col(ResidentRequest.state).in_(TO_DO), *where
    )
    rows = session.execute(found.order_by(order).limit(limit)).scalars()
    return [number or 0 for number in rows]


def _start(work: Work, row: Row[Any], subject: str, people: Iterable[int], since: datetime) -> None:
    """From who has it to the nearest above the place, then area by area, by the working days of the
    category. Who is to see to it, or to ask, was given the card just now."""
    kind, waits = subject.split(":", maxsplit=1)[0], work.settings.requests.category(row.category).waits
    if kind != DUE:
        waits = tuple(max(1, days) for days in waits)
    first = {NEW: SKIPPED, DUE: 0, ASK: 1}[kind]
    ladders.start(
        work.at(since),
        kind,
        subject,
        row.path,
        list(people),
        since=since,
        waits=[first, SKIPPED, *waits],
        working_days=True,
    )


def _stands(subject: str, row: Row[Any] | None) -> bool:
    kind, *rest = subject.split(":")
    if row is None:
        return False
    if kind == NEW:
        return bool(row.state == RequestStage.REGISTERED)
    if kind == DUE:
        return row.state in TO_DO and f"{row.due_at:%y%m%d%H%M}" == rest[1]
    return row.state == RequestStage.DONE and str(row.version) == rest[1]


def _due_subject(row: Row[Any]) -> str:
    return f"{DUE}:{row.id}:{row.due_at:%y%m%d%H%M}"


def _number(subject: str) -> int:
    return int(subject.split(":")[1])
