"""What somebody says about a hazard in between: it changes nothing, and reaches whose turn it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from bot import access, edits, hazards, labels
from bot.access import Actor
from bot.edits import Change
from bot.notices import Facts
from bot.services import hazard_cards
from bot.settings import Settings
from models import Hazard, HazardState, HazardStep

REMARK = "hazard.remark"


def about(session: Session, actor: Actor, chat_id: int, message_id: int) -> int | None:
    """The hazard of a message in the actor's chat that the actor may say something about; else None."""
    number = hazards.of_message(session, actor.bot, chat_id, message_id)
    row = hazards.read(session, number) if number else None
    if row is None or not access.allows(actor, REMARK, hazards.thing(session, row)):
        return None
    return int(row.id)


def remark(
    session: Session, actor: Actor, hazard_id: int, words: str, voice: str,
    *, now: datetime, settings: Settings,
) -> Facts:  # fmt: skip
    """Keep words or a voice note (Telegram's file id) with a hazard; what the actor is answered: what it is
    called, and who hears of it. Raises Refused once it is over."""
    row = hazards.the(session, hazard_id)
    access.require(actor, REMARK, hazards.thing(session, row))
    hazards.require_in(row, *hazards.OPEN)
    hazards.note(session, actor, row, HazardStep.REMARKED, now, words=words, voice=voice)
    asked = [person for person in _turn_of(session, row, settings) if person != actor.person_id]
    hazard_cards.show_changed(session, hazard_id, now, settings, rings=asked, by=actor)
    return hazard_cards.brief(row) | {"told": labels.named(session, asked)[:3]}


def reworded(
    session: Session, actor: Actor, hazard_id: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """A message about it says something else now: a step of its own, laid before whose turn it is; who these
    are. None once it is over."""
    row = hazards.read(session, hazard_id)
    if row is None or row.state not in hazards.OPEN:
        return None
    if not access.allows(actor, REMARK, hazards.thing(session, row)):
        return None
    edits.put(session, Hazard.words, change, col(Hazard.id) == hazard_id)
    edits.put(session, Hazard.place, change, col(Hazard.id) == hazard_id)
    hazards.note(session, actor, row, HazardStep.REWORDED, now, words=change.words)
    asked = _turn_of(session, row, settings)
    hazard_cards.show_changed(session, hazard_id, now, settings, rings=asked, by=actor)
    return asked


def _turn_of(session: Session, row: Row[Any], settings: Settings) -> list[int]:
    """Who is to do something next: look at the work, do it, or name who does."""
    if row.state == HazardState.FIXED:
        return hazard_cards.verifiers(session, row)
    return hazard_cards.hands(session, row) or hazard_cards.receivers(session, row, settings)
