"""Hours in which a post should be manned, by its rotation, and no shift at all is planned for it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, literal, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.base.facts import Struct
from bot.features.attendance.notices import Gap
from bot.features.shifts.rotation_pattern import CycleData, cycle_of, planned
from bot.settings import Settings
from bot.storage.rows import Query, all_of, columns
from models import LONGEST_SHIFT, Area, Post, Rotation, Shift
from models.columns import MOMENT

BOARD = "shift.board"
# A shift begins or ends a little off its turn: that is no gap.
LEAST = timedelta(minutes=30)
DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


class _Rotation(Struct):
    """A rotation that goes on, and where."""

    post_id: int
    cycle: CycleData
    first_day: date
    until: date | None
    planned_until: date
    area: str
    place: str


def uncovered(work: Work, until: datetime) -> list[Gap]:
    """Of every post below whose rotation goes on, the hours from now on that no shift covers and a turn of
    the rotation should; in the order of the roster. Up to where the rotation is written out."""
    rotations = _rotations(work.session, work.actor, work.now.astimezone(work.settings.work.zone).date())
    holes = _holes(work.session, [row.post_id for row in rotations], work.now, until)
    return [
        Gap(0, *bare, (), (), 0, (), row.area, row.place)
        for row in rotations
        for hole in holes.get(row.post_id, ())
        for bare in _bare(row, hole, work.settings)
    ]


def _rotations(session: Session, actor: Actor, today: date) -> list[_Rotation]:
    found = (
        select(*columns(_Rotation, Rotation, area=col(Area.name), place=col(Post.name)))
        .join(Post, col(Post.id) == col(Rotation.post_id))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(
            access.visible(actor, BOARD, col(Area.path)), col(Post.removed_at).is_(None),
            or_(col(Rotation.until).is_(None), col(Rotation.until) >= today),
            col(Rotation.planned_until).is_not(None),
        )
        .order_by(col(Area.position), col(Area.id), col(Post.code), col(Rotation.first_day))
    )  # fmt: skip
    return all_of(session, _Rotation, found)


def _holes(
    session: Session, post_ids: Iterable[int], now: datetime, until: datetime
) -> dict[int, list[Span]]:
    """When these posts have no shift at all: before, between and after those they have."""
    holes: dict[int, list[Span]] = {post_id: [] for post_id in post_ids}
    last = dict.fromkeys(holes, now)
    here = _planned_here(now, until)
    for post_id, starts_at, before in session.execute(_steps(here, now)):
        if post_id in holes and starts_at > before:
            holes[post_id].append((before, starts_at))
    ends = select(col(Shift.post_id), func.max(col(Shift.ends_at))).where(*here).group_by(col(Shift.post_id))
    last |= {post_id: ends_at for post_id, ends_at in session.execute(ends) if post_id in holes}
    for post_id, ends_at in last.items():
        if ends_at < until:
            holes[post_id].append((ends_at, until))
    return holes


def _planned_here(now: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Shift.removed_at).is_(None), col(Shift.post_id).is_not(None), col(Shift.ends_at) > now,
        col(Shift.starts_at).between(now - LONGEST_SHIFT, until),
    )  # fmt: skip


def _steps(here: tuple[ColumnElement[bool], ...], now: datetime) -> Query:
    """Shifts that start after all those before them at their post have ended: post, start, that end."""
    before = func.coalesce(
        func.max(col(Shift.ends_at)).over(
            partition_by=col(Shift.post_id), order_by=(col(Shift.starts_at), col(Shift.id)), rows=(None, -1)
        ),
        literal(now, MOMENT),
        type_=MOMENT,
    )
    steps = select(col(Shift.post_id), col(Shift.starts_at), before.label("before")).where(*here).subquery()
    return (
        select(steps).where(steps.c.starts_at > steps.c.before).order_by(steps.c.post_id, steps.c.starts_at)
    )


def _bare(row: _Rotation, hole: Span, settings: Settings) -> Iterator[Span]:
    """The parts of a hole in which a turn of the rotation should be, those that meet as one."""
    zone = settings.work.zone
    since, last = (moment.astimezone(zone).date() for moment in hole)
    last = min(last, row.planned_until)
    turns = planned(cycle_of(row.cycle), row.first_day, row.until, since - 2 * DAY, last, zone)
    begun: datetime | None = None
    ended = hole[0]
    for turn in turns:
        starts, ends = max(turn.starts_at, hole[0]), min(turn.ends_at, hole[1])
        if starts >= ends:
            continue
        if begun is not None and starts > ended:
            yield from _worth(begun, ended)
            begun = None
        begun, ended = begun or starts, max(ended, ends)
    if begun is not None:
        yield from _worth(begun, ended)


def _worth(begun: datetime, ended: datetime) -> Iterator[Span]:
    if ended - begun >= LEAST:
        yield begun, ended
