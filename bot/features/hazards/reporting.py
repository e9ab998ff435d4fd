"""隐患: told once, numbered, laid before those who see to it; added to, found again."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import ActorKind, Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.base.geometry import metres
from bot.features.cases import cards, escalation
from bot.features.hazards import location, repository
from bot.features.hazards.repository import HAZARD, JOIN, REPORT, HazardRow, NewHazard
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from bot.settings import Settings
from bot.settings.cases import Category
from bot.storage.rows import all_of, first_of
from bot.words import said
from bot.words.said import Remark
from models import Hazard, HazardState, HazardStep, PhotoOf, Severity

MOST_WORDS, MOST_PLACE = 500, 100
# One degree of latitude in metres, a little more than there are.
_DEGREE = 111_400


class NearHazard(Struct):
    """An open one that may be the same."""

    id: int
    year: int
    number: int
    reported_at: datetime
    latitude: float | None
    longitude: float | None


def report(work: Work, found: NewHazard) -> int:
    """Open a hazard and lay it before those who see to it; its number in the table.

    Raises Refused for who reports none.
    """
    access.require(work.actor, REPORT, self_of(work.actor))
    # Nobody speaks for another but the clock, which ends a forgotten patrol.
    by = found.by if work.actor.kind is ActorKind.SYSTEM and found.by else work.actor.person_id
    kind = work.settings.hazards.category(found.category)
    spot = location.where(work, found)
    year = work.now.astimezone(work.settings.work.zone).year
    row = HAZARD.add(
        work.session, year=year, number=HAZARD.next_number(work.session, year), area_id=spot.area_id,
        post_id=found.post_id, checkpoint_id=found.checkpoint_id, patrol_id=found.patrol_id,
        category=kind.code, label=kind.label, severity=Severity.URGENT if found.urgent else kind.severity,
        latitude=spot.latitude, longitude=spot.longitude, place=found.place[:MOST_PLACE],
        words=said.with_captions(work.session, found.words, found.photos),
        voice=next(iter(found.voices), ""), found_at=found.found_at or work.now, reported_by=by,
        reported_at=work.now, state=HazardState.REPORTED,
        due_at=_due(kind, found.urgent, work.now, work.settings), outcome="", reopened=0, version=1,
    )  # fmt: skip
    event = HAZARD.note(work, row, HazardStep.REPORTED, Remark(row.words, row.voice))
    _add(work, row, found, event)
    cards.show_new(work, HAZARD, row)
    escalation.start_new(work, HAZARD, row)
    return row.id


def _add(work: Work, row: HazardRow, found: NewHazard, event: int) -> None:
    """Photos, and what was spoken besides: a step has one voice note, each further one is a remark of its
    own."""
    for voice in found.voices[1:]:
        HAZARD.note(work, row, HazardStep.REMARKED, Remark(voice=voice))
    repository.attach(work.session, row.id, found.photos, PhotoOf.BEFORE, event)


def _due(kind: Category, urgent: bool, now: datetime, settings: Settings) -> datetime:
    """When it is to be right: what is urgent never later than its hours."""
    due = kind.due.of(now, settings.work.zone, settings.hazards.closing_time, settings.workdays)
    return min(due, now + timedelta(hours=settings.hazards.urgent_hours)) if urgent else due


def near(work: Work, found: NewHazard) -> NearHazard | None:
    """An open one of the same kind, near the same place and told lately, that this may be; None where there
    is none."""
    access.require(work.actor, REPORT, self_of(work.actor))
    spot = location.where(work, found)
    same = (
        col(Hazard.category) == work.settings.hazards.category(found.category).code,
        col(Hazard.state).in_(HAZARD.life.open),
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
        return first_of(work.session, NearHazard, newest.where(*in_words))
    reach = work.settings.hazards.near_metres
    wide = reach / _DEGREE
    belt = col(Hazard.latitude).between(spot.latitude - wide, spot.latitude + wide)
    close = [
        (metres(spot.latitude, spot.longitude, each.latitude or 0, each.longitude or 0), each)
        for each in all_of(work.session, NearHazard, newest.where(belt))
    ]
    return min((pair for pair in close if pair[0] <= reach), key=lambda pair: pair[0], default=(0, None))[1]


def join(work: Work, hazard_id: int, found: NewHazard) -> None:
    """The same was seen again: photos and words go to the one that is there. Raises Refused once that is
    closed."""
    access.require(work.actor, REPORT, self_of(work.actor))
    row = HAZARD.get(work.session, hazard_id)
    HAZARD.require_in(row, *JOIN.states)
    words = said.with_captions(work.session, found.words, found.photos)
    event = HAZARD.note(work, row, JOIN.step, Remark(words, next(iter(found.voices), "")))
    _add(work, row, found, event)
    cards.show_changed(work, HAZARD, hazard_id)


def add_late_photo(work: Work, sent: ReceivedPhoto) -> None:
    """One more part of an album that is filed under a hazard already (`hazard:12`, `hazard:12:after`)."""
    filed = album(work, sent.media_group)
    if filed is None:
        raise Refused("hazard-unknown")
    _, number, *after = filed.split(":")
    add_photo(
        work, HAZARD.get(work.session, int(number)), sent, PhotoOf.AFTER if after else PhotoOf.BEFORE
    )  # fmt: skip


def add_photo(work: Work, row: HazardRow, sent: ReceivedPhoto, shows: PhotoOf) -> None:
    """One more photo of a hazard, with its caption; of one that is there already, the caption alone."""
    access.require(work.actor, HAZARD.action("read"), HAZARD.resource(work.session, row))
    if put_photo(work, row, sent, shows, HazardStep.ADDED):
        cards.show_changed(work, HAZARD, row.id)


def put_photo(work: Work, row: HazardRow, sent: ReceivedPhoto, shows: PhotoOf, step: str) -> bool:
    """The same, by this step; False where nothing of it is new."""
    there = [each for numbers in repository.photos_of(work.session, row.id).values() for each in numbers]
    known = photos.among(work.session, there, sent.unique)
    if known and step == HazardStep.ADDED and not sent.words:
        return False
    event = HAZARD.note(work, row, step, Remark(sent.words))
    if not known:
        kept = photos.keep(work.session, work.actor, sent, now=work.now)
        repository.attach(work.session, row.id, [kept], shows, event)
    return True


def album(work: Work, mark: str) -> str | None:
    """What an album's other photos are filed under, where that is a hazard told or rectified just now."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    since = work.now - timedelta(seconds=work.settings.hazards.album_seconds)
    filed = photos.album_of(work.session, work.actor, mark, since) if mark else None
    return filed if filed and filed.startswith("hazard:") else None
