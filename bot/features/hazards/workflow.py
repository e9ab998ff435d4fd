"""A hazard on its way: who is named, what they say of it, more time; and 复核, by somebody who did not put it
right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit
from bot.base.errors import Refused
from bot.features.cases import assignment, case
from bot.features.cases.assignment import Candidate
from bot.features.hazards import cards, escalation, repository
from bot.features.hazards.cards import ASSIGN, EXTEND, VERIFY
from bot.features.hazards.repository import TO_FIX
from bot.settings import Settings
from bot.words import said
from models import HazardState, HazardStep, PhotoOf

RECTIFY = "hazard.rectify"
MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Rectification:
    """What was done about it: `fixed`, `partly` or `cannot`. `more_days`: working days asked for besides."""

    outcome: HazardStep
    photos: Sequence[int] = ()
    words: str = ""
    voice: str = ""
    more_days: int = 0


def candidates(session: Session, actor: Actor, hazard_id: int, most: int) -> list[Candidate]:
    """Whom the actor may name, the nearest first: those of the place, units around it, then other units.
    Raises Refused once it is put right."""
    row = repository.get(session, hazard_id)
    access.require(actor, ASSIGN, repository.thing(session, row))
    repository.require_in(row, *TO_FIX)
    there = {each.area_id for each in repository.assignees(session, hazard_id) if not each.person_id}
    return assignment.candidates(session, actor, ASSIGN, row.path, there, most)


def assign(work: Work, hazard_id: int, to: Candidate, joint: bool = False) -> None:
    """Name who is to put it right; `joint`: besides those named already, who stay responsible.

    Raises Refused once it is put right, or where the unit is not the actor's to name.
    """
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, ASSIGN, repository.thing(work.session, row))
    path = assignment.path_to_name(work.session, work.actor, ASSIGN, to)
    repository.require_in(row, *TO_FIX)
    repository.move(work.session, row, state=HazardState.ASSIGNED)
    before = repository.assignees(work.session, hazard_id)
    if not joint:
        repository.HAZARD.release(work.session, hazard_id, work.now)
    responsible = not joint or not before
    repository.HAZARD.name(
        work.session, hazard_id, area_id=to.area_id, person_id=to.person_id, responsible=responsible,
        named_by=work.actor.person_id, named_at=work.now,
    )  # fmt: skip
    named = {"to": to.name, "person_id": to.person_id, "unit_id": to.area_id, "responsible": responsible}
    repository.note(
        work.session, work.actor, row, HazardStep.ASSIGNED, work.now, to=HazardState.ASSIGNED, facts=named
    )
    audit.record(
        work.session, work.actor, ASSIGN, repository.subject(hazard_id), work.now, to.person_id, joint=joint
    )
    rings = [to.person_id] if to.person_id else case.people_of(work.session, [path])
    if row.state == HazardState.REPORTED:
        rings = [*rings, *repository.reporters(work.session, row)]
    cards.show_changed(work, hazard_id, rings=rings, by=work.actor)


def rectify(work: Work, hazard_id: int, rectification: Rectification) -> HazardState:
    """Say what was done about it, with photos of the work; the state it is in now.

    Raises Refused where it was said already, or is over.
    """
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, RECTIFY, repository.thing(work.session, row))
    repository.require_in(row, *TO_FIX)
    fixed = rectification.outcome is HazardStep.FIXED
    state = (
        HazardState.FIXED if fixed else HazardState.ASSIGNED if _is_named(work.session, row) else row.state
    )
    done = {"fixed_by": work.actor.person_id, "fixed_at": work.now} if fixed else {}
    wished = _wished(row, rectification, work.actor, work.now, work.settings)
    repository.move(work.session, row, state=state, outcome=rectification.outcome, **done, **wished)
    words = said.with_captions(work.session, rectification.words, rectification.photos)
    event = repository.note(
        work.session,
        work.actor,
        row,
        rectification.outcome,
        work.now,
        to=state,
        words=words,
        voice=rectification.voice,
    )
    repository.attach(work.session, hazard_id, rectification.photos, PhotoOf.AFTER, event)
    if wished:
        until = {"until": str(wished["wished_due_at"])}
        repository.note(work.session, work.actor, row, HazardStep.WISHED, work.now, facts=until)
    if fixed:
        escalation.start_check(work, hazard_id)
    rings = _to_ring(work.session, repository.get(work.session, hazard_id), rectification, work.actor)
    cards.show_changed(work, hazard_id, rings=rings, by=work.actor)
    return HazardState(state)


def _is_named(session: Session, row: Row[Any]) -> bool:
    return bool(repository.assignees(session, row.id))


def _wished(
    row: Row[Any], rectification: Rectification, actor: Actor, now: datetime, settings: Settings
) -> dict[str, datetime | int | None]:
    """More time, counted from when it is due, or from today where that is past. Done: nothing is wished
    for any more."""
    if rectification.outcome is HazardStep.FIXED:
        return {"wished_due_at": None, "wished_by": None} if row.wished_due_at else {}
    if not rectification.more_days:
        return {}
    until = settings.later(row.due_at, rectification.more_days, now, settings.hazards.closing_time)
    return {"wished_due_at": until, "wished_by": actor.person_id}


def _to_ring(session: Session, row: Row[Any], rectification: Rectification, actor: Actor) -> list[int]:
    """Who is to do something now: look at the work, say whether there is more time, or name another."""
    if rectification.outcome is HazardStep.FIXED:
        return cards.verifiers(session, row)
    asked = (
        access.nearest_with(session, EXTEND, row.path, but=[actor.person_id])
        if rectification.more_days
        else []
    )
    if rectification.outcome is HazardStep.CANNOT:
        asked = [*asked, *access.nearest_with(session, ASSIGN, row.path, but=[actor.person_id])]
    return asked


def decide_more_time(work: Work, hazard_id: int, version: int, yes: bool) -> None:
    """Grant the time that was asked for, or not. `version`: of the card that was read.

    Raises Refused for who asked, and where it was decided or is over.
    """
    row = repository.get(work.session, hazard_id)
    wisher = row.wished_by
    access.require(work.actor, EXTEND, Resource(row.path, {Relation.SELF: (wisher,) if wisher else ()}))
    repository.require_in(row, *TO_FIX)
    if row.wished_due_at is None or row.version != version:
        raise Refused("hazard-wish-decided")
    granted = {"due_at": row.wished_due_at} if yes else {}
    repository.move(work.session, row, wished_due_at=None, wished_by=None, **granted)
    times = {"until": str(row.wished_due_at), "before": str(row.due_at)}
    step = HazardStep.GRANTED if yes else HazardStep.NOT_GRANTED
    repository.note(work.session, work.actor, row, step, work.now, facts=times)
    audit.record(work.session, work.actor, EXTEND, repository.subject(hazard_id), work.now, wisher, yes=yes)
    cards.show_changed(work, hazard_id, rings=[wisher], by=work.actor)


def open_of(session: Session, actor: Actor, chat_id: int, message_id: int) -> int | None:
    """The hazard of a message in the actor's chat that the actor can put right by replying; None where the
    message is about none, or the work is done."""
    number = repository.of_message(session, actor.bot, chat_id, message_id)
    row = repository.read(session, number) if number else None
    if row is None or row.state not in TO_FIX:
        return None
    return int(row.id) if access.allows(actor, RECTIFY, repository.thing(session, row)) else None


def require_to_fix(session: Session, actor: Actor, hazard_id: int) -> Row[Any]:
    """One that the actor may put right, and that is not right yet. Raises Refused."""
    row = repository.get(session, hazard_id)
    access.require(actor, RECTIFY, repository.thing(session, row))
    repository.require_in(row, *TO_FIX)
    return row


def accept(work: Work, hazard_id: int, version: int) -> None:
    """It is right: closed. `version`: of the card that was read. Raises Refused for whoever worked on it,
    and where somebody was faster."""
    row = repository.get(work.session, hazard_id)
    require_to_verify(work.session, work.actor, hazard_id, version)
    repository.move(
        work.session, row, state=HazardState.CLOSED, verified_by=work.actor.person_id, closed_at=work.now,
        wished_due_at=None, wished_by=None,
    )  # fmt: skip
    repository.note(work.session, work.actor, row, HazardStep.CLOSED, work.now, to=HazardState.CLOSED)
    audit.record(
        work.session, work.actor, VERIFY, repository.subject(hazard_id), work.now, row.fixed_by, accepted=True
    )
    rings = {row.fixed_by, *repository.reporters(work.session, row)}
    cards.show_changed(work, hazard_id, rings=rings, by=work.actor)


def reopen(work: Work, hazard_id: int, version: int, words: str, voice: str = "") -> None:
    """It is not right: back to who is to put it right, with the reason. Raises Refused as `accept` does."""
    row = repository.get(work.session, hazard_id)
    require_to_verify(work.session, work.actor, hazard_id, version)
    named = repository.assignees(work.session, hazard_id)
    state = HazardState.ASSIGNED if named else HazardState.REPORTED
    repository.move(
        work.session, row, state=state, outcome=HazardStep.REOPENED, reopened=row.reopened + 1, fixed_by=None,
        fixed_at=None,
    )  # fmt: skip
    repository.note(
        work.session,
        work.actor,
        row,
        HazardStep.REOPENED,
        work.now,
        to=state,
        words=words[:MOST_WORDS],
        voice=voice,
    )
    audit.record(
        work.session,
        work.actor,
        VERIFY,
        repository.subject(hazard_id),
        work.now,
        row.fixed_by,
        accepted=False,
    )
    rings = {row.fixed_by, *cards.assignees_all(work.session, row)}
    cards.show_changed(work, hazard_id, rings=rings, by=work.actor)


def require_to_verify(session: Session, actor: Actor, hazard_id: int, version: int) -> None:
    """It waits for somebody to look at it, as it did when the card was read, and the actor may. Raises
    Refused."""
    row = repository.get(session, hazard_id)
    thing = repository.thing(session, row)
    if actor.person_id in repository.fixers(session, hazard_id):
        raise Refused("hazard-own-work")
    access.require(actor, VERIFY, thing)
    repository.require_in(row, HazardState.FIXED)
    if row.version != version:
        raise Refused("hazard-changed")
