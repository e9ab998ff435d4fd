"""What somebody says about a hazard in between: it changes nothing, and reaches whose turn it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, labels
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.photos import photos
from bot.photos.photos import Sent
from bot.settings import Settings
from bot.words import edits
from bot.words.edits import Change
from models import Hazard, HazardState, HazardStep, PhotoOf

REMARK = "hazard.remark"


def about(session: Session, actor: Actor, chat_id: int, message_id: int) -> int | None:
    """The hazard of a message in the actor's chat that is not over, and that the actor may say something
    about; else None."""
    row = _of_message(session, actor, chat_id, message_id)
    return int(row.id) if row is not None and row.state in repository.OPEN else None


def over(session: Session, actor: Actor, chat_id: int, message_id: int) -> str:
    """The sentence for whoever says something about a hazard that is over; empty where it is not."""
    row = _of_message(session, actor, chat_id, message_id)
    return repository.over_key(row.state) if row is not None and row.state not in repository.OPEN else ""


def _of_message(session: Session, actor: Actor, chat_id: int, message_id: int) -> Row[Any] | None:
    number = repository.of_message(session, actor.bot, chat_id, message_id)
    row = repository.read(session, number) if number else None
    return row if row is not None and access.allows(actor, REMARK, repository.thing(session, row)) else None


def remark(
    session: Session, actor: Actor, hazard_id: int, words: str, voice: str,
    *, now: datetime, settings: Settings,
) -> Facts:  # fmt: skip
    """Keep words or a voice note (Telegram's file id) with a hazard; what the actor is answered: what it is
    called, and who hears of it. Raises Refused once it is over."""
    row = repository.the(session, hazard_id)
    access.require(actor, REMARK, repository.thing(session, row))
    repository.require_in(row, *repository.OPEN)
    repository.note(session, actor, row, HazardStep.REMARKED, now, words=words, voice=voice)
    return _lay_before(session, actor, row, now, settings)


def show(
    session: Session, actor: Actor, hazard_id: int, sent: Sent, *, now: datetime, settings: Settings
) -> Facts:
    """The same with a photo and what stands below it, from whoever has not put it right: it shows how it is
    now. Raises Refused once it is over."""
    row = repository.the(session, hazard_id)
    access.require(actor, REMARK, repository.thing(session, row))
    repository.require_in(row, *repository.OPEN)
    there = [each for numbers in repository.photos_of(session, row.id).values() for each in numbers]
    event = repository.note(session, actor, row, HazardStep.REMARKED, now, words=sent.words)
    if not photos.among(session, there, sent.unique):
        kept = photos.keep(session, actor, sent, now=now)
        shows = PhotoOf.AFTER if row.state == HazardState.FIXED else PhotoOf.BEFORE
        repository.attach(session, row.id, [kept], shows, event)
    return _lay_before(session, actor, row, now, settings) | {"photo": True}


def _lay_before(session: Session, actor: Actor, row: Row[Any], now: datetime, settings: Settings) -> Facts:
    """Whose turn it is reads it; what the actor is answered."""
    asked = [person for person in _turn_of(session, row, settings) if person != actor.person_id]
    cards.show_changed(session, row.id, now, settings, rings=asked, by=actor)
    return cards.brief(row) | {"told": labels.named(session, asked)[:3]}


def reworded(
    session: Session, actor: Actor, hazard_id: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """A message about it says something else now: a step of its own, laid before whose turn it is; who these
    are. None once it is over."""
    row = repository.read(session, hazard_id)
    if row is None or row.state not in repository.OPEN:
        return None
    if not access.allows(actor, REMARK, repository.thing(session, row)):
        return None
    edits.put(session, Hazard.words, change, col(Hazard.id) == hazard_id)
    edits.put(session, Hazard.place, change, col(Hazard.id) == hazard_id)
    repository.note(session, actor, row, HazardStep.REWORDED, now, words=change.words)
    asked = _turn_of(session, row, settings)
    cards.show_changed(session, hazard_id, now, settings, rings=asked, by=actor)
    return asked


def _turn_of(session: Session, row: Row[Any], settings: Settings) -> list[int]:
    """Who is to do something next: look at the work, do it, or name who does."""
    if row.state == HazardState.FIXED:
        return cards.verifiers(session, row)
    return cards.hands(session, row) or cards.receivers(session, row, settings)
