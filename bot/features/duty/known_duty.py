"""What duty a person keeps: posts, grid and coming shifts, remembered until the roster changes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from bot.access import Actor, Work
from bot.base.facts import Struct
from bot.features.duty.grading import DutySpot
from bot.features.duty.shift_match import PlannedShift
from bot.settings import CheckinSettings
from bot.storage.rows import Query
from bot.storage.values import OfRoster
from models import Area, MemberState, PersonPost, Post, Shift, ShiftMember

MOST_REMEMBERED = 100_000
BEFORE, AFTER = timedelta(days=2), timedelta(days=3)


class Duty(Struct):
    """A person's usual posts, the centre of the own grid, and shifts around a day."""

    posts: tuple[DutySpot, ...] = ()
    post_ids: frozenset[int] = frozenset()
    centre: DutySpot | None = None
    shifts: tuple[PlannedShift, ...] = ()

    def spots(self, shift: PlannedShift | None) -> list[DutySpot]:
        """Where the person may rightly be: the shift's post and the own ones, else the grid's centre."""
        at_posts = [*self.posts, shift.spot] if shift and shift.spot else list(self.posts)
        return at_posts or ([self.centre] if self.centre else [])


def _nobody(_: Session) -> dict[tuple[int, int], Duty]:
    return {}


# By person and day.
_remembered = OfRoster(_nobody)


def duty_of(work: Work, at: datetime) -> Duty:
    """The duty that the actor keeps around a moment."""
    duties, key = _remembered.read(work.session), (work.actor.person_id, at.toordinal())
    if key not in duties:
        preload(work.session, [work.actor], at, work.settings.checkin)
    return duties[key]


def preload(session: Session, actors: Iterable[Actor], at: datetime, settings: CheckinSettings) -> None:
    """Read the duties of many people at once, those not remembered."""
    duties, day = _remembered.read(session), at.toordinal()
    missing = [a for a in actors if a.person_id and (a.person_id, day) not in duties]
    if not missing:
        return
    if len(duties) > MOST_REMEMBERED:
        duties.clear()
    ids = sorted({actor.person_id for actor in missing})
    posts = _posts(session, ids, settings)
    centres = _centres(session, sorted({actor.area_id for actor in missing}), settings)
    shifts = _shifts(session, ids, at, settings)
    for actor in missing:
        own = posts.get(actor.person_id, [])
        duties[actor.person_id, day] = Duty(
            tuple(spot for _, spot in own if spot),
            frozenset(post_id for post_id, _ in own),
            centres.get(actor.area_id),
            tuple(shifts.get(actor.person_id, ())),
        )


def shifts_of(
    session: Session, person_ids: Sequence[int], at: datetime, settings: CheckinSettings
) -> dict[int, tuple[PlannedShift, ...]]:
    """The shifts of these people around a moment; nobody's roster is remembered."""
    found = _shifts(session, sorted(set(person_ids)), at, settings)
    return {person_id: tuple(found.get(person_id, ())) for person_id in person_ids}


def spot_of_post(
    post_id: int, name: str, latitude: float | None, longitude: float | None, radius: int | None, default: int
) -> DutySpot | None:
    """A post as a spot; None where its coordinates are not known."""
    if latitude is None or longitude is None:
        return None
    return DutySpot(name, latitude, longitude, radius or default, post_id)


_POSTS: Query = (
    select(
        col(PersonPost.person_id), col(Post.id), col(Post.name), col(Post.latitude), col(Post.longitude),
        col(Post.radius),
    )
    .join(Post, col(Post.id) == col(PersonPost.post_id))
    .where(
        col(PersonPost.person_id).in_(bindparam("ids", expanding=True)), col(Post.removed_at).is_(None)
    )
    .order_by(col(Post.id))
)  # fmt: skip
_CENTRES: Query = select(
    col(Area.id), col(Area.name), col(Area.latitude), col(Area.longitude), col(Area.radius)
).where(
    col(Area.id).in_(bindparam("ids", expanding=True)),
    col(Area.latitude).is_not(None),
    col(Area.longitude).is_not(None),
)
_SHIFTS: Query = (
    select(
        col(ShiftMember.person_id), col(Shift.id), col(Shift.area_id), col(Shift.duty_type),
        col(Shift.starts_at), col(Shift.ends_at), col(Post.id).label("post_id"), col(Post.name),
        col(Post.latitude), col(Post.longitude), col(Post.radius),
    )
    .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
    .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
    .where(
        col(ShiftMember.person_id).in_(bindparam("ids", expanding=True)), col(Shift.removed_at).is_(None),
        col(ShiftMember.state) == MemberState.PLANNED,
        col(Shift.ends_at) > bindparam("after"), col(Shift.starts_at) < bindparam("before"),
    )
    .order_by(col(Shift.starts_at), col(Shift.id))
)  # fmt: skip


def _posts(
    session: Session, ids: Sequence[int], settings: CheckinSettings
) -> dict[int, list[tuple[int, DutySpot | None]]]:
    found: dict[int, list[tuple[int, DutySpot | None]]] = {}
    rows = session.connection().execute(_POSTS, {"ids": ids})
    for person_id, post_id, name, latitude, longitude, radius in rows:
        spot = spot_of_post(post_id, name, latitude, longitude, radius, settings.radius_metres)
        found.setdefault(person_id, []).append((post_id, spot))
    return found


def _centres(session: Session, ids: Sequence[int], settings: CheckinSettings) -> dict[int, DutySpot]:
    rows = session.connection().execute(_CENTRES, {"ids": ids})
    return {
        area_id: DutySpot(name, latitude, longitude, radius or settings.radius_metres)
        for area_id, name, latitude, longitude, radius in rows
    }


def _shifts(
    session: Session, ids: Sequence[int], at: datetime, settings: CheckinSettings
) -> dict[int, list[PlannedShift]]:
    found: dict[int, list[PlannedShift]] = {}
    window = {"ids": ids, "after": at - BEFORE, "before": at + AFTER}
    for row in session.connection().execute(_SHIFTS, window):
        place = (row.name, row.latitude, row.longitude, row.radius)
        spot = spot_of_post(row.post_id, *place, settings.radius_metres) if row.post_id else None
        when = (row.starts_at, row.ends_at)
        planned = PlannedShift(row.id, row.area_id, row.duty_type, *when, row.post_id, row.name or "", spot)
        found.setdefault(row.person_id, []).append(planned)
    return found
