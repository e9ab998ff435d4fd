"""诉求: taken down once, numbered, answered on the spot or laid before those who see to it; found again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, labels, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.households import help as household_help
from bot.features.requests import cards, escalation, repository
from bot.features.requests.cards import CONTACT, READ
from bot.features.requests.repository import REQUEST, TO_DO
from bot.outbox import outbox
from models import (
    Area,
    RequestMode,
    RequestStage,
    RequestStep,
    ResidentAnswer,
    ResidentRequest,
)

REGISTER = "request.register"
MOST_WORDS, MOST_CONTACT, MOST_HOUSEHOLD, MOST_WAITING = 500, 60, 999, 20


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What a resident asks for. `voice` is Telegram's file id; `household` the number of a linked household,
    and `mark_id` what its head has marked it with."""

    category: str
    mode: RequestMode
    words: str = ""
    voice: str = ""
    household: int | None = None
    mark_id: int | None = None


def register(work: Work, asked: NewRequest) -> int:
    """Take a request down; its number in the table. What is answered on the spot is closed, the rest lies
    before those who name who is to see to it.

    Raises Refused for who registers none.
    """
    access.require(work.actor, REGISTER, self_of(work.actor))
    made = work.session.connection().execute(
        insert(ResidentRequest).returning(col(ResidentRequest.id)), _new(work, asked)
    )
    number = int(made.scalar_one() or 0)
    row = repository.get(work.session, number)
    REQUEST.note(
        work.session, work.actor, row, RequestStep.REGISTERED, work.now, words=row.words, voice=row.voice
    )
    if asked.mark_id:
        reference = REQUEST.reference(row.year, row.number)
        household_help.registered(work, asked.mark_id, reference)
    if asked.mode is RequestMode.SPOT:
        REQUEST.note(work.session, work.actor, row, RequestStep.SOLVED, work.now)
    else:
        cards.show_new(work, row)
        escalation.start_new(work, number)
    return number


def _new(work: Work, asked: NewRequest) -> dict[str, Any]:
    """The row of one that is taken down."""
    kind, spot = work.settings.requests.category(asked.category), asked.mode is RequestMode.SPOT
    due = kind.due.of(
        work.now, work.settings.work.zone, work.settings.requests.closing_time, work.settings.workdays
    )
    values: dict[str, Any] = {
        "year": (year := work.now.astimezone(work.settings.work.zone).year),
        "number": REQUEST.next_number(work.session, year),
        "area_id": work.actor.area_id, "category": kind.code, "label": kind.label, "mode": asked.mode,
        "words": asked.words[:MOST_WORDS], "voice": asked.voice, "household": asked.household,
        "registered_by": work.actor.person_id, "registered_at": work.now, "due_at": due, "repeats": 0,
        "version": 1,
        "state": RequestStage.REGISTERED, "answer": "",
    }  # fmt: skip
    if spot:
        values |= {
            "state": RequestStage.CLOSED, "done_by": work.actor.person_id, "done_at": work.now,
            "closed_at": work.now,
            "answer": ResidentAnswer.SOLVED, "asked_by": work.actor.person_id,
        }  # fmt: skip
    return values


def withdraw(work: Work, request_id: int) -> str:
    """Take back what the actor has just registered; what it was called. Raises Refused after the minute, or
    once somebody has taken it up."""
    row = repository.get(work.session, request_id)
    access.require(work.actor, "request.withdraw", Resource(row.path, {Relation.SELF: (row.registered_by,)}))
    if row.mode != RequestMode.SPOT:
        repository.require_in(row, RequestStage.REGISTERED)
    elif row.state != RequestStage.CLOSED:
        raise Refused(repository.over_key(row.state))
    if (work.now - row.registered_at).total_seconds() > work.settings.requests.undo_seconds:
        raise Refused("request-undo-too-late", seconds=work.settings.requests.undo_seconds)
    repository.move(
        work.session, row, state=RequestStage.WITHDRAWN, closed_at=work.now, contact=None, household=None
    )
    REQUEST.note(work.session, work.actor, row, RequestStep.WITHDRAWN, work.now, to=RequestStage.WITHDRAWN)
    cards.show_changed(work, request_id)
    return REQUEST.reference(row.year, row.number)


def require_own(session: Session, actor: Actor, request_id: int) -> None:
    """Raise Refused unless the actor registered it and it is open: after that no contact is kept."""
    row = repository.get(session, request_id)
    access.require(actor, "request.withdraw", Resource(row.path, {Relation.SELF: (row.registered_by,)}))
    repository.require_in(row, *repository.OPEN)


def add_contact(work: Work, request_id: int, contact: str, household: int | None) -> None:
    """Say how the resident can be reached, and of which linked household; what is left empty stays as it was.

    The event tells that it was added, never what it is. Raises Refused for who has not registered it, and
    once it is over.
    """
    require_own(work.session, work.actor, request_id)
    row = repository.get(work.session, request_id)
    values: dict[str, Any] = {"contact": contact[:MOST_CONTACT]} if contact else {}
    values |= {"household": household} if household else {}
    if not values:
        return
    repository.move(work.session, row, **values)
    REQUEST.note(work.session, work.actor, row, RequestStep.CONTACT, work.now)
    cards.show_changed(work, request_id)


def contact(session: Session, actor: Actor, request_id: int, *, now: datetime) -> str:
    """How the resident can be reached, in full; every look of somebody else's is written down. Raises Refused
    where there is none (any more)."""
    row = repository.get(session, request_id)
    access.require(actor, CONTACT, repository.thing(session, row))
    if not row.contact:
        raise Refused("request-no-contact")
    if actor.person_id != row.registered_by:
        filed = repository.subject(request_id)
        audit.record(session, actor, CONTACT, filed, now, row.registered_by)
    return str(row.contact)


def receipt(work: Work, request_id: int) -> Facts:
    """What the actor is answered: what it is called, when it is due, before whom it lies."""
    row = repository.get(work.session, request_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    done = row.state == RequestStage.DONE
    asked = cards.to_ask(work.session, row) if done else cards.to_notify(work.session, row, work.settings)
    apart = [person for person in asked if person != work.actor.person_id]
    return cards.brief(row) | {
        "due_at": row.due_at, "told": labels.named(work.session, apart)[:3], "mode": row.mode,
        "state": row.state, "held_until": outbox.quiet_until(work.settings, work.now),
        "registrar": row.registrar,
        "self": row.registered_by == work.actor.person_id, "answer": row.answer,
    }  # fmt: skip


def find(work: Work, said: str) -> int | None:
    """The request of this reference (`123`, `2026-123`, `R-2026-000123`) that the actor may see: without a
    year, the newest. None where there is none."""
    for number in REQUEST.numbered(work.session, said):
        row = repository.get(work.session, number)
        if access.allows(work.actor, READ, repository.thing(work.session, row)):
            return number
    return None


def waiting(work: Work) -> list[Facts]:
    """What is the actor's to see to or to ask about, the soonest due first, as a list tells it: MOST_WAITING,
    and one more where there are more."""
    state = col(ResidentRequest.state)
    mine = REQUEST.named_for(work.actor) | access.visible(work.actor, cards.ASSIGN, col(Area.path))
    to_ask = (state == RequestStage.DONE) & (col(ResidentRequest.registered_by) == work.actor.person_id)
    found = work.session.execute(
        cards.listed()
        .where(col(ResidentRequest.closed_at).is_(None), (state.in_(TO_DO) & mine) | to_ask)
        .order_by(col(ResidentRequest.due_at), col(ResidentRequest.id))
        .limit(MOST_WAITING + 1)
    )
    return [dict(row._mapping) for row in found]
