"""隐患: told once, numbered, laid before those who see to it; taken back, added to, found again."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select
from sqlmodel import col

from bot import access
from bot.access import Actor, ActorKind, Relation, Resource, Work, labels, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.base.geometry import metres
from bot.features.hazards import cards, escalation, location, repository
from bot.features.hazards.repository import TO_FIX, NewHazard
from bot.outbox import outbox
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from bot.settings import Settings
from bot.settings.cases import Category
from bot.words import said
from models import Area, Hazard, HazardState, HazardStep, PhotoOf, Severity

__all__ = [
    "NewHazard",
    "add_late_photo",
    "album",
    "find",
    "join",
    "near",
    "receipt",
    "report",
    "waiting",
    "withdraw",
]

REPORT, READ = "hazard.report", "hazard.read"
MOST_WORDS, MOST_PLACE, MOST_WAITING = 500, 100, 20
# One degree of latitude in metres, a little more than there are.
_DEGREE = 111_400


def report(work: Work, found: NewHazard) -> int:
    """Open a hazard and lay it before those who see to it; its number in the table.

    Raises Refused for who reports none.
    """
    access.require(work.actor, REPORT, self_of(work.actor))
    # Nobody speaks for another but the clock, which ends a forgotten patrol.
    by = found.by if work.actor.kind is ActorKind.SYSTEM and found.by else work.actor.person_id
    kind = work.settings.hazards.category(found.category)
    spot = location.where(work, found)
    at = found.found_at or work.now
    values = {
        "year": (year := work.now.astimezone(work.settings.work.zone).year),
        "number": repository.HAZARD.next_number(work.session, year), "area_id": spot.area_id,
        "post_id": found.post_id, "checkpoint_id": found.checkpoint_id, "patrol_id": found.patrol_id,
        "category": kind.code, "label": kind.label,
        "severity": Severity.URGENT if found.urgent else kind.severity, "latitude": spot.latitude,
        "longitude": spot.longitude, "place": found.place[:MOST_PLACE],
        "words": said.with_captions(work.session, found.words, found.photos),
        "voice": next(iter(found.voices), ""), "found_at": at, "reported_by": by,
        "reported_at": work.now,
        "state": HazardState.REPORTED, "due_at": _due(kind, found.urgent, work.now, work.settings),
        "outcome": "", "reopened": 0, "version": 1,
    }  # fmt: skip
    made = work.session.connection().execute(insert(Hazard).returning(col(Hazard.id)), values)
    number = made.scalar_one() or 0
    row = repository.get(work.session, number)
    event = repository.note(
        work.session, work.actor, row, HazardStep.REPORTED, work.now, words=row.words, voice=row.voice
    )
    _note_more(work, row, found)
    repository.attach(work.session, number, found.photos, PhotoOf.BEFORE, event)
    cards.show_new(work, number)
    escalation.start_new(work, number)
    return number


def _note_more(work: Work, row: Row[Any], found: NewHazard) -> None:
    """A step has one voice note: each further one is a remark of its own."""
    for voice in found.voices[1:]:
        repository.note(work.session, work.actor, row, HazardStep.REMARKED, work.now, voice=voice)


def _due(kind: Category, urgent: bool, now: datetime, settings: Settings) -> datetime:
    """When it is to be right: what is urgent never later than its hours."""
    due = kind.due.of(now, settings.work.zone, settings.hazards.closing_time, settings.workdays)
    return min(due, now + timedelta(hours=settings.hazards.urgent_hours)) if urgent else due


def near(work: Work, found: NewHazard) -> Row[Any] | None:
    """An open one of the same kind, near the same place and told lately, that this may be: id, year,
    number, reported_at; None where there is none."""
    access.require(work.actor, REPORT, self_of(work.actor))
    spot = location.where(work, found)
    same = (
        col(Hazard.category) == work.settings.hazards.category(found.category).code,
        col(Hazard.state).in_(repository.OPEN),
        col(Hazard.reported_at) >= work.now - timedelta(days=work.settings.hazards.near_days),
    )
    chosen = select(
        col(Hazard.id), col(Hazard.year), col(Hazard.number), col(Hazard.reported_at), col(Hazard.latitude),
        col(Hazard.longitude),
    )  # fmt: skip
    newest = chosen.where(*same).order_by(col(Hazard.reported_at).desc()).limit(200)
    if spot.latitude is None or spot.longitude is None:
        if not found.place.strip():
            return None
        in_words = col(Hazard.place) == found.place.strip(), col(Hazard.area_id) == spot.area_id
        return work.session.execute(newest.where(*in_words)).first()
    reach = work.settings.hazards.near_metres
    wide = reach / _DEGREE
    belt = col(Hazard.latitude).between(spot.latitude - wide, spot.latitude + wide)
    close = [
        (metres(spot.latitude, spot.longitude, row.latitude, row.longitude), row)
        for row in work.session.execute(newest.where(belt))
    ]
    return min((pair for pair in close if pair[0] <= reach), key=lambda pair: pair[0], default=(0, None))[1]


def join(work: Work, hazard_id: int, found: NewHazard) -> None:
    """The same was seen again: photos and words go to the one that is there. Raises Refused once that is
    closed."""
    access.require(work.actor, REPORT, self_of(work.actor))
    row = repository.get(work.session, hazard_id)
    repository.require_in(row, *repository.OPEN)
    words = said.with_captions(work.session, found.words, found.photos)
    first = next(iter(found.voices), "")
    event = repository.note(
        work.session, work.actor, row, HazardStep.JOINED, work.now, words=words, voice=first
    )
    _note_more(work, row, found)
    repository.attach(work.session, hazard_id, found.photos, PhotoOf.BEFORE, event)
    cards.show_changed(work, hazard_id)


def add_late_photo(work: Work, sent: ReceivedPhoto) -> None:
    """One more part of an album that is filed under a hazard already (`hazard:12`, `hazard:12:after`)."""
    filed = album(work, sent.media_group)
    if filed is None:
        raise Refused("hazard-unknown")
    _, number, *after = filed.split(":")
    row = repository.get(work.session, int(number))
    access.require(work.actor, READ, repository.thing(work.session, row))
    shows = PhotoOf.AFTER if after else PhotoOf.BEFORE
    add_photo(work, row, sent, shows)


def add_photo(work: Work, row: Row[Any], sent: ReceivedPhoto, shows: PhotoOf) -> None:
    """One more photo of a hazard, with its caption; of one that is there already, the caption alone."""
    access.require(work.actor, READ, repository.thing(work.session, row))
    there = [each for numbers in repository.photos_of(work.session, row.id).values() for each in numbers]
    known = photos.among(work.session, there, sent.unique)
    if known and not sent.words:
        return
    event = repository.note(work.session, work.actor, row, HazardStep.ADDED, work.now, words=sent.words)
    if not known:
        repository.attach(
            work.session, row.id, [photos.keep(work.session, work.actor, sent, now=work.now)], shows, event
        )
    cards.show_changed(work, row.id)


def album(work: Work, mark: str) -> str | None:
    """What an album's other photos are filed under, where that is a hazard told or rectified just now."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    since = work.now - timedelta(seconds=work.settings.hazards.album_seconds)
    filed = photos.album_of(work.session, work.actor, mark, since) if mark else None
    return filed if filed and filed.startswith("hazard:") else None


def withdraw(work: Work, hazard_id: int) -> str:
    """Take back what the actor has just told; what it was called. Raises Refused after the minute, or once
    somebody has taken it up."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, "hazard.withdraw", Resource(row.path, {Relation.SELF: (row.reported_by,)}))
    repository.require_in(row, HazardState.REPORTED)
    if (work.now - row.reported_at).total_seconds() > work.settings.hazards.undo_seconds:
        raise Refused("hazard-undo-too-late", seconds=work.settings.hazards.undo_seconds)
    repository.move(work.session, row, state=HazardState.WITHDRAWN, closed_at=work.now)
    repository.note(work.session, work.actor, row, HazardStep.WITHDRAWN, work.now, to=HazardState.WITHDRAWN)
    cards.show_changed(work, hazard_id)
    return repository.reference(row.year, row.number)


def receipt(work: Work, hazard_id: int) -> Facts:
    """What the actor is answered: what it is called, when it is due, before whom it lies."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    fixed = row.state == HazardState.FIXED
    asked = cards.verifiers(work.session, row) if fixed else cards.to_notify(work.session, row, work.settings)
    apart = [person for person in asked if person != work.actor.person_id]
    kept = outbox.quiet_until(work.settings, work.now) if row.severity != Severity.URGENT else None
    return cards.brief(row) | {
        "due_at": row.due_at, "told": labels.named(work.session, apart)[:3],
        "undo": row.state == HazardState.REPORTED and row.reported_by == work.actor.person_id,
        "held_until": kept, "urgent": row.severity == Severity.URGENT,
    }  # fmt: skip


def find(work: Work, reference: str) -> int | None:
    """The hazard of this reference (`123`, `2026-123`, `H-2026-000123`) that the actor may see: without a
    year, the newest. None where there is none."""
    for number in repository.HAZARD.numbered(work.session, reference):
        row = repository.get(work.session, number)
        if access.allows(work.actor, READ, repository.thing(work.session, row)):
            return int(row.id)
    return None


def waiting(work: Work) -> list[Facts]:
    """What is the actor's to see to, the soonest due first, as a list tells it: MOST_WAITING, and one
    more where there are more."""
    mine = repository.HAZARD.named_for(work.actor)
    visible = access.visible(work.actor, "hazard.assign", col(Area.path))
    found = work.session.execute(
        cards.listed()
        .where((col(Hazard.state).in_(TO_FIX) & (mine | visible)) | _to_verify(work.actor))
        .order_by(col(Hazard.due_at), col(Hazard.id))
        .limit(MOST_WAITING + 1)
    )
    return [dict(row._mapping) for row in found]


def _to_verify(actor: Actor) -> Any:
    """What somebody else put right, in an area where the actor looks at that."""
    return (
        (col(Hazard.state) == HazardState.FIXED)
        & (col(Hazard.fixed_by) != actor.person_id)
        & access.visible(actor, "hazard.verify", col(Area.path))
    )
