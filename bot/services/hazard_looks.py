"""Looking into a hazard: its voice notes, its photos, what happened so far. Looks of others are audited."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access, audit, hazards
from bot.access import Actor
from bot.notices import Facts
from bot.services import hazard_cards
from bot.services.hazards import READ
from bot.settings import Settings
from models import HazardEvent, Person, PhotoOf

MOST_EVENTS, MOST_PHOTOS = 60, 10


def voices(
    session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings
) -> list[Facts]:
    """Every voice note of it, oldest first: who spoke, and Telegram's file id."""
    row = hazards.the(session, hazard_id)
    _require(session, actor, hazard_id, now)
    spoken = session.execute(
        select(col(HazardEvent.voice), col(Person.name))
        .join(Person, col(Person.id) == col(HazardEvent.person_id))
        .where(col(HazardEvent.hazard_id) == hazard_id, col(HazardEvent.voice) != "")
        .order_by(col(HazardEvent.id))
    ).all()
    named = {"year": row.year, "number": row.number}
    return [named | {"hazard_id": hazard_id, "voice": each.voice, "name": each.name} for each in spoken]


def pictures(
    session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings
) -> list[Facts]:
    """Its photos, those of before first."""
    row = hazards.the(session, hazard_id)
    _require(session, actor, hazard_id, now)
    found = hazards.photos_of(session, hazard_id)
    named = {"hazard_id": hazard_id, "year": row.year, "number": row.number}
    shown = [(shows, number) for shows in PhotoOf for number in found[shows]]
    return [named | {"photo": number, "shows": shows} for shows, number in shown[:MOST_PHOTOS]]


def history(session: Session, actor: Actor, hazard_id: int, *, now: datetime, settings: Settings) -> Facts:
    """What happened so far, step by step."""
    row = hazards.the(session, hazard_id)
    _require(session, actor, hazard_id, now)
    events = session.execute(
        select(HazardEvent, col(Person.name))
        .join(Person, col(Person.id) == col(HazardEvent.person_id), isouter=True)
        .where(col(HazardEvent.hazard_id) == hazard_id)
        .order_by(col(HazardEvent.id))
        .limit(MOST_EVENTS)
    ).all()
    told = [
        {
            "at": event.at, "name": name or "", "step": event.step, "words": event.words,
            "voice": bool(event.voice), "to": event.facts.get("to", ""),
            "until": event.facts.get("until", ""),
        }
        for event, name in events
    ]  # fmt: skip
    return hazard_cards.brief(row) | {"events": told}


def _require(session: Session, actor: Actor, hazard_id: int, now: datetime) -> None:
    """The actor may see it; who told of it can see that somebody did."""
    row = hazards.the(session, hazard_id)
    access.require(actor, READ, hazards.thing(session, row))
    if actor.person_id != row.reported_by:
        audit.record(session, actor, READ, hazards.subject(hazard_id), now, row.reported_by)
