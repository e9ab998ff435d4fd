"""Checkpoints reached: by a place that was sent, by code, by photo, by passing with a live location."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.base.fixes import Point
from bot.features.duty import check_in as duty_check_in
from bot.features.duty.grading import Place
from bot.features.duty.repository import open_at, recent_of
from bot.features.duty.taps import Report
from bot.features.patrols import cards, repository, tracks
from bot.features.patrols import marks as patrol_marks
from bot.features.patrols.marks import Mark
from bot.features.patrols.repository import Stop
from bot.features.patrols.starting import MAKE, begin_by_code, required
from bot.photos import photos
from models import Checkpoint, Evidence, MarkHow, Photo

# A photo is of the checkpoint where the person was known to be this short time ago.
FRESH = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of it: `kind` is `reached`, `again` (was reached before), `far` (no checkpoint is near),
    `live` (the way is followed from now on), `noted_place` (there is no checkpoint with a place) or `photo`
    (of one of the checkpoints `left`). `distance`: metres to the nearest one. `checkin`: it was one too."""

    kind: str
    name: str = ""
    distance: int | None = None
    left: tuple[Stop, ...] = ()
    patrol_id: int = 0
    photo_id: int = 0
    checkin: Report | None = None

    def facts(self) -> Facts:
        """For a notice."""
        return {
            "name": self.name, "distance": self.distance, "patrol_id": self.patrol_id,
            "photo_id": self.photo_id, "left": [{"id": stop.id, "name": stop.name} for stop in self.left],
        }  # fmt: skip


def at_place(work: Work, place: Place, at: datetime) -> Reached:
    """A place was sent: a point of the track, the checkpoint it lies at, a point of the open check-in; where
    none is open, it is the check-in."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work.session, work.actor)
    report = _keep_presence(work, patrol, place, at)
    reached = _at_place(work, patrol, place, at)
    return replace(reached, checkin=report)


def _at_place(work: Work, patrol: Row[Any], place: Place, at: datetime) -> Reached:
    patrol_marks.keep_point(work.session, patrol, place, at)
    near = patrol_marks.near(work.session, patrol, place, work.settings)
    for distance, stop in near.within:
        mark = Mark(at, _how(place), round(distance), None, place.evidence is Evidence.FORWARDED)
        if patrol_marks.reach(work.session, patrol, stop, mark):
            cards.show(work)
            return _reached(work.session, patrol, stop, round(distance))
    left = tuple(cards.stops_left(work.session, patrol))
    if near.nearest is None:
        return Reached("noted_place", left=left, patrol_id=patrol.id)
    distance, stop = near.nearest
    kind = "again" if near.within else "live" if place.evidence is Evidence.LIVE else "far"
    return Reached(kind, stop.name, round(distance), left, patrol.id)


def moved(work: Work, place: Place, at: datetime) -> None:
    """A live location has moved: a point of the track if the last one is old enough; checkpoints that it
    passes are reached by themselves. The open check-in gets its point too."""
    if not access.allows(work.actor, MAKE, self_of(work.actor)):
        return
    patrol = repository.open_of(work.session, work.actor.person_id)
    spots = patrol_marks.spots(work.session, patrol, work.settings) if patrol else ()
    duty_check_in.add_live_point(work, place, at, spots=spots)
    if patrol is None or not patrol.started_at <= at < patrol.close_at or not place.is_on_earth:
        return
    rules, last = tracks.rules_of(work.settings.patrol), patrol_marks.last_point(work.session, patrol)
    point = Point(at, place.latitude, place.longitude, place.accuracy)
    if tracks.keeps(last, point, rules):
        patrol_marks.keep_point(work.session, patrol, place, at)
    marks = [
        patrol_marks.reach(work.session, patrol, stop, Mark(passing.at, MarkHow.LIVE, round(passing.metres)))
        for passing, stop in patrol_marks.passed(work.session, patrol, last, point, work.settings)
    ]
    if any(marks):
        cards.show(work)


def by_code(work: Work, code: str, at: datetime) -> Reached:
    """The code on the spot was scanned; without an open patrol, one of its section is begun.

    Raises Refused for a code that no checkpoint has, or one of another section than the one walked.
    """
    access.require(work.actor, MAKE, self_of(work.actor))
    found = _by_code(work.session, code)
    section = repository.sections(work.session).get(found.section_id) if found else None
    stop = next((each for each in section.stops if found and each.id == found.id), None) if section else None
    if section is None or stop is None:
        raise Refused("patrol-code-unknown")
    patrol = repository.open_of(work.session, work.actor.person_id)
    if patrol is None:
        begin_by_code(work, section, at)
        patrol = required(work.session, work.actor)
    if patrol.section_id != section.id:
        raise Refused("patrol-code-elsewhere", section=section.name)
    return _mark_and_tell(work, patrol, stop, Mark(at, MarkHow.QR))


def by_photo(work: Work, photo_id: int, at: datetime) -> Reached:
    """A photo on the way: of the only checkpoint left, of the one just stood at, else it is asked which."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work.session, work.actor)
    left = cards.stops_left(work.session, patrol)
    last = patrol_marks.last_point(work.session, patrol)
    if len(left) != 1 and last is not None and at - last.at <= FRESH:
        here = Place(last.latitude, last.longitude, last.accuracy)
        near = {stop.id for _, stop in patrol_marks.near(work.session, patrol, here, work.settings).within}
        left = [stop for stop in left if stop.id in near] or left
    if len(left) == 1:
        mark = Mark(at, MarkHow.PHOTO, None, photo_id)
        return _mark_and_tell(work, patrol, left[0], mark)
    return Reached("photo", left=tuple(left), patrol_id=patrol.id, photo_id=photo_id)


def by_choice(work: Work, patrol_id: int, stop_id: int, photo_id: int, at: datetime) -> Reached:
    """It was told of which checkpoint a photo is. Raises Refused where that no longer applies."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work.session, work.actor, patrol_id)
    section = cards.section_of(work.session, patrol)
    stop = next((each for each in (section.stops if section else ()) if each.id == stop_id), None)
    if stop is None or not _is_own_photo(work.session, work.actor, photo_id):
        raise Refused("button-stale")
    mark = Mark(at, MarkHow.PHOTO, None, photo_id)
    return _mark_and_tell(work, patrol, stop, mark)


def _keep_presence(work: Work, patrol: Row[Any], place: Place, at: datetime) -> Report | None:
    """A point of the open check-in; else the check-in itself, which is to be told of. At a checkpoint one is
    where one should be."""
    spots = patrol_marks.spots(work.session, patrol, work.settings)
    if open_at(recent_of(work.session, work.actor.person_id, at), at) is not None:
        duty_check_in.add_live_point(work, place, at, spots=spots)
        return None
    return duty_check_in.check_in(work, place, at, spots=spots)


def _mark_and_tell(work: Work, patrol: Row[Any], stop: Stop, mark: Mark) -> Reached:
    if not patrol_marks.reach(work.session, patrol, stop, mark):
        left = tuple(cards.stops_left(work.session, patrol))
        return Reached("again", stop.name, None, left, patrol.id)
    if mark.photo_id:
        photos.use(work.session, [mark.photo_id], f"patrol:{patrol.id}")
    cards.show(work)
    return _reached(work.session, patrol, stop, mark.distance)


def _reached(session: Session, patrol: Row[Any], stop: Stop, distance: int | None) -> Reached:
    left = tuple(cards.stops_left(session, patrol))
    return Reached("reached", stop.name, distance, left, patrol.id)


def _how(place: Place) -> MarkHow:
    return MarkHow.LIVE if place.evidence is Evidence.LIVE else MarkHow.PIN


def _by_code(session: Session, code: str) -> Row[Any] | None:
    return session.execute(
        select(col(Checkpoint.id), col(Checkpoint.section_id)).where(
            col(Checkpoint.qr_code) == code, col(Checkpoint.removed_at).is_(None)
        )
    ).first()


def _is_own_photo(session: Session, actor: Actor, photo_id: int) -> bool:
    mine = (col(Photo.id) == photo_id, col(Photo.person_id) == actor.person_id)
    return session.execute(select(col(Photo.id)).where(*mine)).first() is not None
