"""A hazard looked into and spoken of. Looks of others are audited: voice notes, photos, what happened so far.
What is said in between changes nothing, and reaches whose turn it is."""

from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, audit, labels
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.features.hazards.reporting import READ
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from bot.settings import Settings
from bot.words import edits
from bot.words.edits import Change
from models import Hazard, HazardState, HazardStep, PhotoOf

MOST_EVENTS, MOST_PHOTOS = 60, 10
REMARK = "hazard.remark"


def voices(work: Work, hazard_id: int) -> list[Facts]:
    """Every voice note of it, oldest first: who spoke, and Telegram's file id."""
    row = repository.get(work.session, hazard_id)
    _require(work, hazard_id)
    spoken = repository.HAZARD.voices(work.session, hazard_id)
    # What the clock told of was said by whoever found it.
    finder = next(iter(labels.named(work.session, [row.reported_by])), "")
    named = {"hazard_id": hazard_id, "year": row.year, "number": row.number}
    return [named | {"voice": each.voice, "name": each.name or finder} for each in spoken]


def pictures(work: Work, hazard_id: int) -> list[Facts]:
    """Its photos, those of before first."""
    row = repository.get(work.session, hazard_id)
    _require(work, hazard_id)
    found = repository.photos_of(work.session, hazard_id)
    named = {"hazard_id": hazard_id, "year": row.year, "number": row.number}
    # Of the work the newest: what was sent back earlier has been looked at.
    before, after = found[PhotoOf.BEFORE][:MOST_PHOTOS], found[PhotoOf.AFTER][-MOST_PHOTOS:]
    shown = [(PhotoOf.BEFORE, number) for number in before] + [(PhotoOf.AFTER, number) for number in after]
    return [named | {"photo": number, "shows": shows} for shows, number in shown]


def history(work: Work, hazard_id: int) -> Facts:
    """What happened so far, step by step."""
    row = repository.get(work.session, hazard_id)
    _require(work, hazard_id)
    return cards.brief(row) | {"events": repository.HAZARD.history(work.session, hazard_id, MOST_EVENTS)}


def _require(work: Work, hazard_id: int) -> None:
    """The actor may see it; who told of it can see that somebody did."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    if work.actor.person_id != row.reported_by:
        audit.record(work.session, work.actor, READ, repository.subject(hazard_id), work.now, row.reported_by)


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
