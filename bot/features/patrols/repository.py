"""Sections to be patrolled and their checkpoints, remembered until the roster changes; who is on patrol."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlmodel import Session, col

from bot.access import Actor
from bot.base.facts import Struct
from bot.base.geometry import metres
from bot.features.duty.grading import Place
from bot.features.duty.known_duty import Duty
from bot.features.duty.shift_match import PlannedShift
from bot.storage.rows import Query, all_of, columns, first_of
from bot.storage.values import OfRoster
from models import Area, Checkpoint, Patrol, PatrolSection, PersonPost, Post

# Sections offered at once.
MOST_OFFERED = 12
_AHEAD = "on_patrol"


class Stop(Struct):
    """A checkpoint. `radius` in metres, None: the default one; no place: reached by code or photo alone."""

    id: int
    name: str
    latitude: float | None = None
    longitude: float | None = None
    radius: int | None = None

    def distance(self, place: Place) -> float | None:
        """Metres from a place; None where it cannot be measured."""
        if self.latitude is None or self.longitude is None or not place.is_on_earth:
            return None
        return metres(place.latitude, place.longitude, self.latitude, self.longitude)


class Section(Struct):
    """A stretch to be patrolled; `line` is the line of defence of its post."""

    id: int
    name: str
    area_id: int
    path: str
    post_id: int | None = None
    line: str | None = None
    checklist: str = ""
    times: str = ""
    stops: tuple[Stop, ...] = ()


class PatrolRow(Struct):
    """A patrol as it is kept: see `models/patrol.py`."""

    id: int
    person_id: int
    area_id: int
    shift_id: int | None
    post_id: int | None
    section_id: int | None
    checklist: str
    started_at: datetime
    ended_at: datetime | None
    close_at: datetime
    state: str
    page: str
    about: str
    words: str
    voice: str | None
    metres: int | None
    minutes: int | None
    coverage: int | None
    reached: int
    total: int
    missed: list[str]


def sections(session: Session) -> dict[int, Section]:
    """Every section by its number, in order of name."""
    return _SECTIONS.read(session)


def sections_for(
    session: Session, actor: Actor, duty: Duty, shift: PlannedShift | None
) -> tuple[Section, ...]:
    """What a person may patrol: the sections of the shift's post, else those of the own posts and of the
    areas around and below the own one."""
    known = sections(session).values()
    if shift and shift.post_id:
        at_post = tuple(section for section in known if section.post_id == shift.post_id)
        if at_post:
            return at_post
    near = [section for section in known if section.post_id in duty.post_ids or _is_own(section, actor)]
    return tuple(near[:MOST_OFFERED])


def any_for(session: Session, actor: Actor) -> bool:
    """Whether there is anything for a person to patrol, whatever the shift."""
    known = sections(session).values()
    at_posts = {section.post_id for section in known if section.post_id}
    if any(_is_own(section, actor) for section in known):
        return True
    usual = (col(PersonPost.person_id) == actor.person_id, col(PersonPost.post_id).in_(at_posts))
    return bool(at_posts) and session.execute(select(col(PersonPost.id)).where(*usual)).first() is not None


def _is_own(section: Section, actor: Actor) -> bool:
    """Of the own area or one around it; of one below it."""
    own = actor.path
    return section.post_id is None and (own.startswith(section.path) or section.path.startswith(own))


def _read(session: Session) -> dict[int, Section]:
    stops: dict[int, list[Stop]] = {}
    table = Checkpoint
    found = select(
        col(table.section_id), col(table.id), col(table.name), col(table.latitude), col(table.longitude),
        col(table.radius),
    )  # fmt: skip
    in_order = found.where(col(table.removed_at).is_(None)).order_by(col(table.position), col(table.id))
    for section_id, number, name, latitude, longitude, radius in session.execute(in_order):
        stops.setdefault(section_id, []).append(Stop(number or 0, name, latitude, longitude, radius))
    laid_down = (
        select(*columns(Section, PatrolSection, Post, path=col(Area.path), post_id=col(Post.id)))
        .join(Area, col(Area.id) == col(PatrolSection.area_id))
        .join(Post, col(Post.id) == col(PatrolSection.post_id), isouter=True)
        .where(col(PatrolSection.removed_at).is_(None))
        .order_by(col(PatrolSection.name), col(PatrolSection.id))
    )
    known = all_of(session, Section, laid_down)
    return {each.id: replace(each, stops=tuple(stops.get(each.id, ()))) for each in known}


_SECTIONS = OfRoster(_read)
_PATROLS = Patrol.__table__  # type: ignore[attr-defined]
# Every patrol, whole.
ALL: Query = select(_PATROLS)
_OPEN = ALL.where(_PATROLS.c.person_id == bindparam("person_id"), text("ended_at IS NULL"))
_WALKING = select(_PATROLS.c.person_id).where(
    _PATROLS.c.person_id.in_(bindparam("ids", expanding=True)), text("ended_at IS NULL")
)


def preload(session: Session, person_ids: Sequence[int]) -> None:
    """Read who of many people is on patrol, at once."""
    found = session.connection().execute(_WALKING, {"ids": person_ids}) if person_ids else ()
    session.info[_AHEAD] = {row[0] for row in found}


def is_on(session: Session, person_id: int) -> bool:
    """Whether a person is on patrol, as far as was read ahead; of others it is asked."""
    ahead: set[int] | None = session.info.get(_AHEAD)
    if ahead is not None:
        return person_id in ahead
    return open_of(session, person_id) is not None


def open_of(session: Session, person_id: int) -> PatrolRow | None:
    """The patrol a person is on; None where there is none."""
    return first_of(session, PatrolRow, _OPEN, {"person_id": person_id})


def read(session: Session, patrol_id: int) -> PatrolRow | None:
    """One patrol; None where there is no such one."""
    return first_of(session, PatrolRow, ALL.where(col(Patrol.id) == patrol_id))
