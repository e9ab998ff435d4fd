"""A request as each person concerned sees it: one living message, made anew at the end of the chat where
something is to be done."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work
from bot.base.facts import Facts
from bot.features.cases import assignment, case
from bot.features.escalation import ladders
from bot.features.requests import repository
from bot.features.requests.repository import REQUEST, TO_DO, subject
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.settings import Settings
from models import (
    Area,
    Ladder,
    RequestMode,
    RequestStage,
    RequestStep,
    ResidentRequest,
    ResidentRequestEvent,
)

READ, ASSIGN, HANDLE = "request.read", "request.assign", "request.handle"
ASK, EXTEND, CONTACT = "request.ask", "request.extend", "request.contact"
# Words and numbers of a contact; numbers as long as a telephone's keep both ends.
_RUNS, _LONG = re.compile(r"\d+|[^\W\d_]+"), 7
# What somebody said that whoever looks at it now should read.
_SPOKEN = (
    RequestStep.STUCK,
    RequestStep.DONE,
    RequestStep.SOLVED,
    RequestStep.PARTLY,
    RequestStep.NOT,
    RequestStep.REWORDED,
)


def notice(row: Row[Any], *, own: bool = False) -> Notice:
    """What its living messages show; the rest is read when they are sent. `own`: for who acts just now."""
    return Told("request.card_own" if own else "request.card", {"request_id": row.id})


def show_new(work: Work, row: Row[Any]) -> None:
    """Lay a new one before those who name who is to see to it."""
    _show(work, row, to_notify(work.session, row, work.settings))


def show_changed(
    work: Work, request_id: int, *, rings: Iterable[int | None] = (), by: Actor | None = None
) -> None:
    """Let everyone concerned see how it stands; for those who `rings`, at the end of the chat. `by` has just
    acted and needs no ring."""
    row = repository.get(work.session, request_id)
    told = {person for person in rings if person}
    # Until the new message is there, the old one stands.
    rung_at = outbox.quiet_until(work.settings, work.now) or work.now
    for person in sorted(told - {by.person_id if by else 0}):
        outbox.retire(work.session, subject(row.id), _moved(row), rung_at, person)
        _show(work, row, [person])
    if by and by.person_id in told:
        for to in outbox.recipients_of(work.session, [by.person_id]):
            outbox.show(work, subject(row.id), notice(row, own=True), to)
    outbox.show_again(work.session, subject(row.id), notice(row), work.now)
    if row.state == RequestStage.WITHDRAWN:
        outbox.drop_held(work.session, subject(row.id), work.now)
    _follow(work.session, row, work.now)


def show_to(work: Work, request_id: int) -> None:
    """Bring its message to the end of the actor's chat."""
    row = repository.get(work.session, request_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    outbox.retire(work.session, subject(row.id), _moved(row), work.now, work.actor.person_id)
    to = outbox.recipient_of(work.actor)
    outbox.show(work, subject(row.id), notice(row, own=True), to)


def to_notify(session: Session, row: Row[Any], settings: Settings) -> list[int]:
    """Before whom a new one is laid: those who name others at the level of its category, or the nearest
    above who can be reached. What takes several units lies before the township at least."""
    level = settings.requests.category(row.category).assign_to
    if row.mode == RequestMode.JOINT and level == "village":
        level = "township"
    return access.nearest_with(session, ASSIGN, assignment.level_around(session, row.path, level))


def to_ask(session: Session, row: Row[Any]) -> list[int]:
    """Who asks the resident: who registered it; where that one cannot be reached, the nearest above."""
    if outbox.recipients_of(session, [row.registered_by]):
        return [row.registered_by]
    return access.nearest_with(session, ASK, row.path)


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """How it stands now, and what this reader may do; None for who may not see it (any more)."""
    row = repository.read(session, facts["request_id"])
    if row is None:
        return None
    thing = repository.thing(session, row)
    if not access.allows(reader, READ, thing):
        return None
    spoken = _last_spoken(session, row.id)
    named = REQUEST.assignees(session, row.id)
    return facts | {
        **_told(row), "named": case.told(session, named),
        "said": spoken.words if spoken else "", "said_voice": bool(spoken and spoken.voice),
        "said_step": spoken.step if spoken else "", "acts": _acts(reader, row, thing),
        "own": row.registered_by == reader.person_id,
    }  # fmt: skip


def brief(row: Row[Any]) -> Facts:
    """What it is called, and of what kind, in every language."""
    return {"request_id": row.id, "year": row.year, "number": row.number, "label": row.label}


def listed() -> Any:
    """Requests as lists tell them, with their area."""
    return select(
        col(ResidentRequest.id), col(ResidentRequest.year), col(ResidentRequest.number),
        col(ResidentRequest.label), col(ResidentRequest.state), col(ResidentRequest.due_at),
        col(Area.name).label("area"),
    ).join(Area, col(Area.id) == col(ResidentRequest.area_id))  # fmt: skip


def _told(row: Row[Any]) -> Facts:
    plain = (
        "year", "number", "state", "mode", "area", "words", "household", "registrar", "registered_at",
        "due_at", "doer", "done_at", "answer", "asker", "closed_at", "repeats", "label", "wished_due_at",
        "wisher", "version",
    )  # fmt: skip
    return {name: row._mapping[name] for name in plain} | {
        "voice": bool(row.voice),
        "contact": masked(row.contact),
    }


def masked(contact: str | None) -> str:
    """A contact as everybody may see it: of words the first letter, of numbers the ends."""
    return _RUNS.sub(_masked_run, contact or "")


def _masked_run(found: re.Match[str]) -> str:
    run = found[0]
    return f"{run[:3]}****{run[-2:]}" if len(run) >= _LONG and run.isdigit() else f"{run[0]}*"


def _acts(reader: Actor, row: Row[Any], thing: Resource) -> list[str]:
    """The buttons this reader gets."""
    acts: list[str] = []
    if row.state in TO_DO:
        acts += ["handle"] if access.allows(reader, HANDLE, thing) else []
        acts += ["assign"] if access.allows(reader, ASSIGN, thing) else []
        wish = Resource(row.path, {Relation.SELF: (row.wished_by,)})
        acts += ["extend"] if row.wished_due_at and access.allows(reader, EXTEND, wish) else []
    if row.state == RequestStage.DONE and access.allows(reader, ASK, thing):
        acts.append("ask")
    if row.contact and access.allows(reader, CONTACT, thing):
        acts.append("contact")
    return acts


def _last_spoken(session: Session, request_id: int) -> Row[Any] | None:
    event = ResidentRequestEvent
    return session.execute(
        select(col(event.step), col(event.words), col(event.voice))
        .where(col(event.request_id) == request_id, col(event.step).in_(_SPOKEN))
        .order_by(col(event.id).desc())
        .limit(1)
    ).first()


def _show(work: Work, row: Row[Any], person_ids: Collection[int]) -> None:
    for to in outbox.recipients_of(work.session, list(person_ids)):
        outbox.show(work, subject(row.id), notice(row), to)


def _moved(row: Row[Any]) -> Notice:
    """Stands where the living message was."""
    return Told("request.moved", brief(row))


def _follow(session: Session, row: Row[Any], now: datetime) -> None:
    """What those above were told says how it stands now."""
    before = f"{row.id}:{row.version - 1}"
    names = [f"request_new:{row.id}", f"request_new:{before}", f"request_ask:{before}"]
    if row.told_due_at:
        names.append(f"request_due:{row.id}:{row.told_due_at:%y%m%d%H%M}")
    found = session.execute(select(col(Ladder.id)).where(col(Ladder.subject).in_(names)))
    numbers = [number or 0 for number in found.scalars()]
    for card in ladders.told_cards(session, numbers, "request") if numbers else ():
        outbox.refresh(session, card.subject, now)
