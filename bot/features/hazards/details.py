"""Looking into a hazard: its voice notes, its photos, what happened so far. Looks of others are audited."""

from bot import access
from bot.access import Work, audit, labels
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.features.hazards.reporting import READ
from models import PhotoOf

MOST_EVENTS, MOST_PHOTOS = 60, 10


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
