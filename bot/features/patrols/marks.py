"""What is written down on the way: points of the track, and checkpoints reached."""

from dataclasses import field
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlmodel import Session, col

from bot.access import Work
from bot.base.facts import Struct
from bot.base.fixes import Point
from bot.features.duty.grading import DutySpot, Place
from bot.features.patrols import cards, tracks
from bot.features.patrols.repository import PatrolRow, Stop
from bot.features.patrols.tracks import Passing, TrackTarget
from bot.storage.database import insert_new
from bot.storage.rows import Query
from models import CheckpointVisit, Evidence, MarkHow, PatrolPoint

_INSERT_POINT = insert(PatrolPoint)
_LAST_POINT: Query = (
    select(
        col(PatrolPoint.at), col(PatrolPoint.latitude), col(PatrolPoint.longitude), col(PatrolPoint.accuracy)
    )
    .where(col(PatrolPoint.patrol_id) == bindparam("patrol_id"))
    .order_by(col(PatrolPoint.at).desc())
    .limit(1)
)


class Mark(Struct):
    """How a checkpoint is reached."""

    at: datetime
    how: MarkHow
    distance: int | None = None
    photo_id: int | None = None
    forwarded: bool = False


class Near(Struct):
    """Checkpoints within reach, the nearest first, with their distances; and the nearest of all."""

    within: list[tuple[float, Stop]] = field(default_factory=list)
    nearest: tuple[float, Stop] | None = None


def spots(work: Work, patrol: PatrolRow) -> list[DutySpot]:
    """The checkpoints, as places where the person may rightly be."""
    return [
        DutySpot(stop.name, stop.latitude, stop.longitude, stop.radius or work.settings.patrol.radius_metres)
        for stop in cards.stops_of(work.session, patrol)
        if stop.latitude is not None and stop.longitude is not None
    ]


def reach(session: Session, patrol: PatrolRow, stop: Stop, mark: Mark) -> bool:
    """Write it down; False where it was reached before."""
    known = (col(CheckpointVisit.patrol_id) == patrol.id, col(CheckpointVisit.checkpoint_id) == stop.id)
    if session.execute(select(col(CheckpointVisit.id)).where(*known)).first():
        return False
    row = {
        "patrol_id": patrol.id, "checkpoint_id": stop.id, "at": mark.at, "how": mark.how,
        "photo_id": mark.photo_id, "distance": mark.distance, "forwarded": mark.forwarded,
    }  # fmt: skip
    insert_new(session, CheckpointVisit, [row])
    return True


def near(work: Work, patrol: PatrolRow, place: Place) -> Near:
    """A poor fix reaches a little further, but never more than the radius once again."""
    stops = cards.stops_of(work.session, patrol)
    measured = [(way, stop) for stop in stops if (way := stop.distance(place)) is not None]
    measured.sort(key=lambda pair: pair[0])
    within = []
    for way, stop in measured:
        radius = stop.radius or work.settings.patrol.radius_metres
        if way <= radius + min(place.accuracy or 0, radius):
            within.append((way, stop))
    return Near(within, measured[0] if measured else None)


def passed(work: Work, patrol: PatrolRow, last: Point | None, point: Point) -> list[tuple[Passing, Stop]]:
    """The checkpoints on the way from the last point to this one."""
    settings = work.settings.patrol
    stops = {stop.id: stop for stop in cards.stops_of(work.session, patrol)}
    targets = [
        TrackTarget(stop.id, stop.latitude, stop.longitude, stop.radius or settings.radius_metres)
        for stop in stops.values()
        if stop.latitude is not None and stop.longitude is not None
    ]
    passed = tracks.passed(last, point, targets, tracks.rules_of(settings))
    return [(passing, stops[passing.number]) for passing in passed]


def keep_point(session: Session, patrol: PatrolRow, place: Place, at: datetime) -> None:
    """Keep one point of the track."""
    if not place.is_on_earth or at >= patrol.close_at:
        # Whatever the phone sends, the track ends with the shift.
        return
    row = {
        "patrol_id": patrol.id, "at": at, "latitude": place.latitude, "longitude": place.longitude,
        "accuracy": place.accuracy, "live": place.evidence is Evidence.LIVE,
    }  # fmt: skip
    session.connection().execute(_INSERT_POINT, row)


def last_point(session: Session, patrol: PatrolRow) -> Point | None:
    """Where the patrol was last; None where nothing is known yet."""
    row = session.connection().execute(_LAST_POINT, {"patrol_id": patrol.id}).first()
    return Point(row.at, row.latitude, row.longitude, row.accuracy) if row else None
