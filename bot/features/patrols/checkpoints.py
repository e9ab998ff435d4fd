"""Checkpoints reached: by a place that was sent, by code, by photo, by passing with a live location."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.base.fixes import Point
from bot.features.duty import check_in as duty_check_in
from bot.features.duty.grading import Place
from bot.features.duty.repository import open_at, recent_of
from bot.features.duty.taps import Report
from bot.features.patrols import cards, notices, repository, tracks
from bot.features.patrols import marks as patrol_marks
from bot.features.patrols.marks import Mark
from bot.features.patrols.repository import PatrolRow, Stop
from bot.features.patrols.starting import MAKE, begin_by_code, required
from bot.outbox.notices import Notice
from bot.photos import photos
from models import Checkpoint, Evidence, MarkHow, Photo

# A photo is of the checkpoint where the person was known to be this short time ago.
FRESH = timedelta(minutes=3)


class Reached(Struct):
    """What came of it, and the check-in that it was, too."""

    notice: Notice
    checkin: Report | None = None


def at_place(work: Work, place: Place, at: datetime) -> Reached:
    """A place was sent: a point of the track, the checkpoint it lies at, a point of the open check-in; where
    none is open, it is the check-in."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work)
    report = _keep_presence(work, patrol, place, at)
    return Reached(_at_place(work, patrol, place, at), report)


def _at_place(work: Work, patrol: PatrolRow, place: Place, at: datetime) -> Notice:
    patrol_marks.keep_point(work.session, patrol, place, at)
    near = patrol_marks.near(work, patrol, place)
    how = MarkHow.LIVE if place.evidence is Evidence.LIVE else MarkHow.PIN
    for distance, stop in near.within:
        mark = Mark(at, how, round(distance), None, place.evidence is Evidence.FORWARDED)
        if patrol_marks.reach(work.session, patrol, stop, mark):
            cards.show(work)
            return _reached(work.session, patrol, stop)
    if near.nearest is None:
        return notices.PatrolNotedPlace()
    distance, stop = near.nearest
    if near.within:
        return notices.PatrolAgain(stop.name, _left(work.session, patrol))
    if place.evidence is Evidence.LIVE:
        return notices.PatrolLive()
    return notices.PatrolFar(stop.name, round(distance))


def moved(work: Work, place: Place, at: datetime) -> None:
    """A live location has moved: a point of the track if the last one is old enough; checkpoints that it
    passes are reached by themselves. The open check-in gets its point too."""
    if not access.allows(work.actor, MAKE, self_of(work.actor)):
        return
    patrol = repository.open_of(work.session, work.actor.person_id)
    spots = patrol_marks.spots(work, patrol) if patrol else ()
    duty_check_in.add_live_point(work, place, at, spots=spots)
    if patrol is None or not patrol.started_at <= at < patrol.close_at or not place.is_on_earth:
        return
    rules, last = tracks.rules_of(work.settings.patrol), patrol_marks.last_point(work.session, patrol)
    point = Point(at, place.latitude, place.longitude, place.accuracy)
    if tracks.keeps(last, point, rules):
        patrol_marks.keep_point(work.session, patrol, place, at)
    marks = [
        patrol_marks.reach(work.session, patrol, stop, Mark(passing.at, MarkHow.LIVE, round(passing.metres)))
        for passing, stop in patrol_marks.passed(work, patrol, last, point)
    ]
    if any(marks):
        cards.show(work)


def by_code(work: Work, code: str, at: datetime) -> Notice:
    """The code on the spot was scanned; without an open patrol, one of its section is begun.

    Raises Refused for a code that no checkpoint has, or one of another section than the one walked.
    """
    access.require(work.actor, MAKE, self_of(work.actor))
    here = (col(Checkpoint.qr_code) == code, col(Checkpoint.removed_at).is_(None))
    number = work.session.execute(select(col(Checkpoint.id)).where(*here)).scalar()
    known = repository.sections(work.session).values()
    found = next(((each, stop) for each in known for stop in each.stops if stop.id == number), None)
    if found is None:
        raise Refused("patrol-code-unknown")
    section, stop = found
    patrol = repository.open_of(work.session, work.actor.person_id)
    if patrol is None:
        begin_by_code(work, section, at)
        patrol = required(work)
    if patrol.section_id != section.id:
        raise Refused("patrol-code-elsewhere", section=section.name)
    return _mark_and_tell(work, patrol, stop, Mark(at, MarkHow.QR))


def by_photo(work: Work, photo_id: int, at: datetime) -> Notice:
    """A photo on the way: of the only checkpoint left, of the one just stood at, else it is asked which."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work)
    left = cards.stops_left(work.session, patrol)
    last = patrol_marks.last_point(work.session, patrol)
    if len(left) != 1 and last is not None and at - last.at <= FRESH:
        here = Place(last.latitude, last.longitude, last.accuracy)
        near = {stop.id for _, stop in patrol_marks.near(work, patrol, here).within}
        left = [stop for stop in left if stop.id in near] or left
    if len(left) == 1:
        mark = Mark(at, MarkHow.PHOTO, None, photo_id)
        return _mark_and_tell(work, patrol, left[0], mark)
    return notices.PatrolPhoto(patrol.id, photo_id, _choices(left))


def by_choice(work: Work, patrol_id: int, stop_id: int, photo_id: int, at: datetime) -> Notice:
    """It was told of which checkpoint a photo is. Raises Refused where that no longer applies."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work, patrol_id)
    stop = next((each for each in cards.stops_of(work.session, patrol) if each.id == stop_id), None)
    if stop is None or not is_own_photo(work, photo_id):
        raise Refused("button-stale")
    mark = Mark(at, MarkHow.PHOTO, None, photo_id)
    return _mark_and_tell(work, patrol, stop, mark)


def _keep_presence(work: Work, patrol: PatrolRow, place: Place, at: datetime) -> Report | None:
    """A point of the open check-in; else the check-in itself, which is to be told of. At a checkpoint one is
    where one should be."""
    spots = patrol_marks.spots(work, patrol)
    if open_at(recent_of(work.session, work.actor.person_id, at), at) is not None:
        duty_check_in.add_live_point(work, place, at, spots=spots)
        return None
    return duty_check_in.check_in(work, place, at, spots=spots)


def _mark_and_tell(work: Work, patrol: PatrolRow, stop: Stop, mark: Mark) -> Notice:
    if not patrol_marks.reach(work.session, patrol, stop, mark):
        return notices.PatrolAgain(stop.name, _left(work.session, patrol))
    if mark.photo_id:
        photos.use(work.session, [mark.photo_id], f"patrol:{patrol.id}")
    cards.show(work)
    return _reached(work.session, patrol, stop)


def _reached(session: Session, patrol: PatrolRow, stop: Stop) -> Notice:
    return notices.PatrolReached(stop.name, _left(session, patrol))


def _left(session: Session, patrol: PatrolRow) -> tuple[notices.Choice, ...]:
    return _choices(cards.stops_left(session, patrol))


def _choices(stops: Iterable[Stop]) -> tuple[notices.Choice, ...]:
    return tuple(notices.Choice(stop.id, stop.name) for stop in stops)


def is_own_photo(work: Work, photo_id: int) -> bool:
    """Whether the actor sent this photo."""
    mine = (col(Photo.id) == photo_id, col(Photo.person_id) == work.actor.person_id)
    return work.session.execute(select(col(Photo.id)).where(*mine)).first() is not None
