"""Where a hazard is: in which area, and as what point; what a reporter is offered to tap."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, self_of
from bot.base.facts import Struct
from bot.base.geometry import metres
from bot.features.duty import known_duty
from bot.features.duty import repository as duty_repository
from bot.features.hazards.repository import NewHazard
from bot.features.patrols import repository as patrol_repository
from bot.features.patrols.repository import Section
from models import Area, AreaKind, Checkpoint, PatrolSection, Person, Post

# A pin is put to the nearest grid or village whose centre is this near (metres, and about as many degrees).
REACH, _WIDE = 3_000, 0.03
MOST_OFFERED = 5
MOST_CHECKPOINTS = 12


class HazardSpot(Struct):
    """The area something is in, and its coordinates where they are known."""

    area_id: int
    latitude: float | None = None
    longitude: float | None = None


def where(work: Work, found: NewHazard) -> HazardSpot:
    """Where it is: as told, else as the checkpoint or the post stands, else near which grid the pin is,
    else the own area."""
    access.require(work.actor, "hazard.report", self_of(work.actor))
    known = _of_checkpoint(work.session, found.checkpoint_id) or _of_post(work.session, found.post_id)
    latitude, longitude = found.latitude, found.longitude
    if known and (latitude is None or longitude is None):
        latitude, longitude = known.latitude, known.longitude
    area_id = found.area_id or (known.area_id if known else None)
    if area_id is None and latitude is not None and longitude is not None:
        area_id = _nearest_area(work.session, latitude, longitude)
    return HazardSpot(area_id or _home(work.session, work.actor, found), latitude, longitude)


def checkpoints(work: Work, at: datetime) -> list[tuple[int, str]]:
    """The checkpoints that may be tapped, number and name: of the section being patrolled, else of the
    sections that belong to the shift being kept."""
    access.require(work.actor, "hazard.report", self_of(work.actor))
    patrol = patrol_repository.open_of(work.session, work.actor.person_id)
    if patrol is not None:
        walked = patrol_repository.sections(work.session).get(patrol.section_id or 0)
        sections: tuple[Section, ...] = (walked,) if walked else ()
    else:
        keeps = known_duty.duty_of(work, at)
        shift = next((each for each in keeps.shifts if each.starts_at <= at < each.ends_at), None)
        sections = patrol_repository.sections_for(work.session, work.actor, keeps, shift) if shift else ()
    stops = [(stop.id, stop.name) for section in sections for stop in section.stops]
    return stops[:MOST_CHECKPOINTS]


def offered(work: Work, at: datetime) -> tuple[list[tuple[int, str]], str]:
    """What may be tapped: posts (number and name), that of the open check-in and the own ones; and the name
    of the own area."""
    access.require(work.actor, "hazard.report", self_of(work.actor))
    keeps = known_duty.duty_of(work, at)
    ids = set(keeps.post_ids) | {
        row.post_id
        for row in duty_repository.recent_of(work.session, work.actor.person_id)
        if row.out_at is None and row.post_id
    }
    now_on = [
        shift.post_id for shift in keeps.shifts if shift.post_id and shift.starts_at <= at < shift.ends_at
    ]
    chosen = [*dict.fromkeys([*now_on, *sorted(ids)])][:MOST_OFFERED]
    named = select(col(Post.id), col(Post.name)).where(
        col(Post.id).in_(chosen), col(Post.removed_at).is_(None)
    )
    names = {row.id: row.name for row in work.session.execute(named)}
    own = select(col(Area.name)).where(col(Area.id) == work.actor.area_id)
    area = work.session.execute(own).scalar_one()
    return [(number, names[number]) for number in chosen if number in names], area


def _of_checkpoint(session: Session, checkpoint_id: int | None) -> HazardSpot | None:
    if checkpoint_id is None:
        return None
    row = session.execute(
        select(col(PatrolSection.area_id), col(Checkpoint.latitude), col(Checkpoint.longitude))
        .join(PatrolSection, col(PatrolSection.id) == col(Checkpoint.section_id))
        .where(col(Checkpoint.id) == checkpoint_id)
    ).first()
    return HazardSpot(*row) if row else None


def _of_post(session: Session, post_id: int | None) -> HazardSpot | None:
    if post_id is None:
        return None
    row = session.execute(
        select(col(Post.area_id), col(Post.latitude), col(Post.longitude)).where(col(Post.id) == post_id)
    ).first()
    return HazardSpot(*row) if row else None


def _nearest_area(session: Session, latitude: float, longitude: float) -> int | None:
    """The grid whose centre is nearest, else the village; None where none is near."""
    rows = session.execute(
        select(col(Area.id), col(Area.kind), col(Area.latitude), col(Area.longitude)).where(
            col(Area.kind).in_([AreaKind.GRID, AreaKind.VILLAGE]), col(Area.removed_at).is_(None),
            col(Area.latitude).between(latitude - _WIDE, latitude + _WIDE),
            col(Area.longitude).between(longitude - 2 * _WIDE, longitude + 2 * _WIDE),
        )
    )  # fmt: skip
    near = [
        (row.kind != AreaKind.GRID, away, row.id)
        for row in rows
        if (away := metres(latitude, longitude, row.latitude, row.longitude)) <= REACH
    ]
    return min(near)[2] if near else None


def _home(session: Session, actor: Actor, found: NewHazard) -> int:
    """The area of who found it."""
    if actor.area_id:
        return actor.area_id
    home = select(col(Person.area_id)).where(col(Person.id) == found.by)
    return int(session.execute(home).scalar_one())
