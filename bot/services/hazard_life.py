"""A hazard on its way: who is named, what they say of it, how much more time they get."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from bot import access, audit, hazards, matters, said
from bot.access import Actor, Relation, Thing
from bot.errors import Refused
from bot.hazards import TO_FIX
from bot.services import hazard_cards, hazard_ladders, naming
from bot.services.hazard_cards import ASSIGN, EXTEND
from bot.services.naming import Candidate
from bot.settings import Settings
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
    row = hazards.the(session, hazard_id)
    access.require(actor, ASSIGN, hazards.thing(session, row))
    hazards.require_in(row, *TO_FIX)
    there = {each.area_id for each in hazards.assignees(session, hazard_id) if not each.person_id}
    return naming.candidates(session, actor, ASSIGN, row.path, there, most)


def assign(
    session: Session, actor: Actor, hazard_id: int, to: Candidate, joint: bool = False,
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """Name who is to put it right; `joint`: besides those named already, who stay responsible.

    Raises Refused once it is put right, or where the unit is not the actor's to name.
    """
    row = hazards.the(session, hazard_id)
    access.require(actor, ASSIGN, hazards.thing(session, row))
    path = naming.path_to_name(session, actor, ASSIGN, to)
    hazards.require_in(row, *TO_FIX)
    hazards.move(session, row, state=HazardState.ASSIGNED)
    before = hazards.assignees(session, hazard_id)
    if not joint:
        hazards.HAZARD.release(session, hazard_id, now)
    responsible = not joint or not before
    hazards.HAZARD.name(
        session, hazard_id, area_id=to.area_id, person_id=to.person_id, responsible=responsible,
        named_by=actor.person_id, named_at=now,
    )  # fmt: skip
    named = {"to": to.name, "person_id": to.person_id, "unit_id": to.area_id, "responsible": responsible}
    hazards.note(session, actor, row, HazardStep.ASSIGNED, now, to=HazardState.ASSIGNED, facts=named)
    audit.record(session, actor, ASSIGN, hazards.subject(hazard_id), now, to.person_id, joint=joint)
    rings = [to.person_id] if to.person_id else matters.people_of(session, [path])
    if row.state == HazardState.REPORTED:
        rings = [*rings, *hazards.tellers(session, row)]
    hazard_cards.show_changed(session, hazard_id, now, settings, rings=rings, by=actor)


def rectify(
    session: Session,
    actor: Actor,
    hazard_id: int,
    rectification: Rectification,
    *,
    now: datetime,
    settings: Settings,
) -> HazardState:
    """Say what was done about it, with photos of the work; the state it is in now.

    Raises Refused where it was said already, or is over.
    """
    row = hazards.the(session, hazard_id)
    access.require(actor, RECTIFY, hazards.thing(session, row))
    hazards.require_in(row, *TO_FIX)
    fixed = rectification.outcome is HazardStep.FIXED
    state = HazardState.FIXED if fixed else HazardState.ASSIGNED if _is_named(session, row) else row.state
    done = {"fixed_by": actor.person_id, "fixed_at": now} if fixed else {}
    wished = _wished(row, rectification, actor, now, settings)
    hazards.move(session, row, state=state, outcome=rectification.outcome, **done, **wished)
    words = said.with_captions(session, rectification.words, rectification.photos)
    event = hazards.note(
        session, actor, row, rectification.outcome, now, to=state, words=words, voice=rectification.voice
    )
    hazards.attach(session, hazard_id, rectification.photos, PhotoOf.AFTER, event)
    if wished:
        until = {"until": str(wished["wished_due_at"])}
        hazards.note(session, actor, row, HazardStep.WISHED, now, facts=until)
    if fixed:
        hazard_ladders.start_check(session, actor, hazard_id, now=now, settings=settings)
    rings = _to_ring(session, hazards.the(session, hazard_id), rectification, actor)
    hazard_cards.show_changed(session, hazard_id, now, settings, rings=rings, by=actor)
    return HazardState(state)


def _is_named(session: Session, row: Row[Any]) -> bool:
    return bool(hazards.assignees(session, row.id))


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
        return hazard_cards.verifiers(session, row)
    asked = (
        access.nearest(session, EXTEND, row.path, but=[actor.person_id]) if rectification.more_days else []
    )
    if rectification.outcome is HazardStep.CANNOT:
        asked = [*asked, *access.nearest(session, ASSIGN, row.path, but=[actor.person_id])]
    return asked


def decide_more_time(
    session: Session, actor: Actor, hazard_id: int, version: int, yes: bool,
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """Grant the time that was asked for, or not. `version`: of the card that was read.

    Raises Refused for who asked, and where it was decided or is over.
    """
    row = hazards.the(session, hazard_id)
    wisher = row.wished_by
    access.require(actor, EXTEND, Thing(row.path, {Relation.SELF: (wisher,) if wisher else ()}))
    hazards.require_in(row, *TO_FIX)
    if row.wished_due_at is None or row.version != version:
        raise Refused("hazard-wish-decided")
    granted = {"due_at": row.wished_due_at} if yes else {}
    hazards.move(session, row, wished_due_at=None, wished_by=None, **granted)
    times = {"until": str(row.wished_due_at), "before": str(row.due_at)}
    step = HazardStep.GRANTED if yes else HazardStep.NOT_GRANTED
    hazards.note(session, actor, row, step, now, facts=times)
    audit.record(session, actor, EXTEND, hazards.subject(hazard_id), now, wisher, yes=yes)
    hazard_cards.show_changed(session, hazard_id, now, settings, rings=[wisher], by=actor)


def open_of(session: Session, actor: Actor, chat_id: int, message_id: int) -> int | None:
    """The hazard of a message in the actor's chat that the actor can put right by replying; None where the
    message is about none, or the work is done."""
    number = hazards.of_message(session, actor.bot, chat_id, message_id)
    row = hazards.read(session, number) if number else None
    if row is None or row.state not in TO_FIX:
        return None
    return int(row.id) if access.allows(actor, RECTIFY, hazards.thing(session, row)) else None


def require_to_fix(session: Session, actor: Actor, hazard_id: int) -> Row[Any]:
    """One that the actor may put right, and that is not right yet. Raises Refused."""
    row = hazards.the(session, hazard_id)
    access.require(actor, RECTIFY, hazards.thing(session, row))
    hazards.require_in(row, *TO_FIX)
    return row
