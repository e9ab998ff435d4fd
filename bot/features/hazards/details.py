"""Looking into a hazard: its voice notes, its photos, what happened so far. Looks of others are audited."""

from datetime import datetime

from sqlmodel import Session

from bot import access
from bot.access import Actor, audit, labels
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.features.hazards.reporting import READ
from bot.settings import Settings
from models import PhotoOf

MOST_EVENTS, MOST_PHOTOS = 60, 10


def voices(
    session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings
) -> list[Facts]:
    """Every voice note of it, oldest first: who spoke, and Telegram's file id."""
    row = repository.the(session, hazard_id)
    _require(session, actor, hazard_id, now)
    spoken = repository.HAZARD.voices(session, hazard_id)
    # What the clock told of was said by whoever found it.
    finder = next(iter(labels.named(session, [row.reported_by])), "")
    named = {"hazard_id": hazard_id, "year": row.year, "number": row.number}
    return [named | {"voice": each.voice, "name": each.name or finder} for each in spoken]


def pictures(
    session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings
) -> list[Facts]:
    """Its photos, those of before first."""
    row = repository.the(session, hazard_id)
    _require(session, actor, hazard_id, now)
    found = repository.photos_of(session, hazard_id)
    named = {"hazard_id": hazard_id, "year": row.year, "number": row.number}
    # Of the work the newest: what was sent back earlier has been looked at.
    before, after = found[PhotoOf.BEFORE][:MOST_PHOTOS], found[PhotoOf.AFTER][-MOST_PHOTOS:]
    shown = [(PhotoOf.BEFORE, number) for number in before] + [(PhotoOf.AFTER, number) for number in after]
    return [named | {"photo": number, "shows": shows} for shows, number in shown]


def history(session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings) -> Facts:
    """What happened so far, step by step."""
    row = repository.the(session, hazard_id)
    _require(session, actor, hazard_id, now)
    return cards.brief(row) | {"events": repository.HAZARD.history(session, hazard_id, MOST_EVENTS)}


def _require(session: Session, actor: Actor, hazard_id: int, now: datetime) -> None:
    """The actor may see it; who told of it can see that somebody did."""
    row = repository.the(session, hazard_id)
    access.require(actor, READ, repository.thing(session, row))
    if actor.person_id != row.reported_by:
        audit.record(session, actor, READ, repository.subject(hazard_id), now, row.reported_by)
