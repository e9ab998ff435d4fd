"""What somebody says about a hazard in between: it changes nothing, and reaches whose turn it is."""

from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, labels
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
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


def remark(work: Work, hazard_id: int, words: str, voice: str) -> Facts:
    """Keep words or a voice note (Telegram's file id) with a hazard; what the actor is answered: what it is
    called, and who hears of it. Raises Refused once it is over."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, REMARK, repository.thing(work.session, row))
    repository.require_in(row, *repository.OPEN)
    repository.note(work.session, work.actor, row, HazardStep.REMARKED, work.now, words=words, voice=voice)
    return _lay_before(work, row)


def show(work: Work, hazard_id: int, sent: ReceivedPhoto) -> Facts:
    """The same with a photo and what stands below it, from whoever has not put it right: it shows how it is
    now. Raises Refused once it is over."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, REMARK, repository.thing(work.session, row))
    repository.require_in(row, *repository.OPEN)
    there = [each for numbers in repository.photos_of(work.session, row.id).values() for each in numbers]
    event = repository.note(work.session, work.actor, row, HazardStep.REMARKED, work.now, words=sent.words)
    if not photos.among(work.session, there, sent.unique):
        kept = photos.keep(work.session, work.actor, sent, now=work.now)
        shows = PhotoOf.AFTER if row.state == HazardState.FIXED else PhotoOf.BEFORE
        repository.attach(work.session, row.id, [kept], shows, event)
    return _lay_before(work, row) | {"photo": True}


def _lay_before(work: Work, row: Row[Any]) -> Facts:
    """Whose turn it is reads it; what the actor is answered."""
    asked = [
        person for person in _turn_of(work.session, row, work.settings) if person != work.actor.person_id
    ]
    cards.show_changed(work, row.id, rings=asked, by=work.actor)
    return cards.brief(row) | {"told": labels.named(work.session, asked)[:3]}


def reworded(work: Work, hazard_id: int, change: Change) -> list[int] | None:
    """A message about it says something else now: a step of its own, laid before whose turn it is; who these
    are. None once it is over."""
    row = repository.read(work.session, hazard_id)
    if row is None or row.state not in repository.OPEN:
        return None
    if not access.allows(work.actor, REMARK, repository.thing(work.session, row)):
        return None
    edits.put(work.session, Hazard.words, change, col(Hazard.id) == hazard_id)
    edits.put(work.session, Hazard.place, change, col(Hazard.id) == hazard_id)
    repository.note(work.session, work.actor, row, HazardStep.REWORDED, work.now, words=change.words)
    asked = _turn_of(work.session, row, work.settings)
    cards.show_changed(work, hazard_id, rings=asked, by=work.actor)
    return asked


def _turn_of(session: Session, row: Row[Any], settings: Settings) -> list[int]:
    """Who is to do something next: look at the work, do it, or name who does."""
    if row.state == HazardState.FIXED:
        return cards.verifiers(session, row)
    return cards.assignees_all(session, row) or cards.to_notify(session, row, settings)
