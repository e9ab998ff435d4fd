"""The own coming shifts, and with whom."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.access.own_data import Line, OwnData, line
from bot.base.facts import Struct
from bot.features.shifts import crews
from bot.features.shifts.crews import Member
from bot.features.shifts.notices import CrewName, OwnShift, ShiftsChanged, ShiftsList
from bot.storage.rows import all_of, columns
from models import Area, MemberState, Post, Rotation, RotationMember, Shift, ShiftMember

PAGE = 5


class _Coming(Struct):
    """A shift that somebody is on, and whether they are away from it."""

    id: int
    starts_at: datetime
    ends_at: datetime
    place: str
    away_kind: str | None


def coming(work: Work, offset: int) -> ShiftsList:
    """The own shifts that are not over, the next one first, with their crews. What somebody else has
    taken over is left out; those one is away from are shown as such."""
    access.require(work.actor, "person.read_own", access.self_of(work.actor))
    found = (
        select(*columns(_Coming, Shift, ShiftMember, place=crews.PLACE))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(
            col(ShiftMember.person_id) == work.actor.person_id, col(Shift.ends_at) > work.now,
            col(Shift.removed_at).is_(None), col(ShiftMember.state) != MemberState.REPLACED,
        )
        .order_by(col(Shift.starts_at), col(Shift.id))
        .offset(offset)
        .limit(PAGE + 1)
    )  # fmt: skip
    rows = all_of(work.session, _Coming, found)
    shown = rows[:PAGE]
    members = crews.crew_of(work.session, [row.id for row in shown])
    entries = [_entry(row, members[row.id], work.actor) for row in shown]
    before = max(0, offset - PAGE) if offset else None
    return ShiftsList(entries, offset, before, offset + PAGE if len(rows) > PAGE else None)


def load_change(session: Session, actor: Actor, told: ShiftsChanged) -> ShiftsChanged | None:
    """A notice of a changed next shift, just before it is sent; None where that one has changed again:
    another notice tells of it."""
    access.require(actor, "person.read_own", access.self_of(actor))
    if told.now is None or not told.shift_id:
        return told
    starts_at = session.execute(
        select(col(Shift.starts_at))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .where(
            col(Shift.id) == told.shift_id, col(Shift.removed_at).is_(None), crews.coming(),
            col(ShiftMember.person_id) == actor.person_id,
        )
    ).scalar()  # fmt: skip
    return told if starts_at == told.now.starts_at else None


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`, what else is kept of the actor's shifts: being away, and each rotation."""
    access.require(own.actor, "person.read_own", access.self_of(own.actor))
    away = select(func.count()).where(
        col(ShiftMember.person_id) == own.actor.person_id, col(ShiftMember.away_kind).is_not(None)
    )
    turns = own.session.execute(
        select(crews.PLACE, col(RotationMember.crew), col(Rotation.first_day))
        .join(Rotation, col(Rotation.id) == col(RotationMember.rotation_id))
        .join(Area, col(Area.id) == col(Rotation.area_id))
        .join(Post, col(Post.id) == col(Rotation.post_id), isouter=True)
        .where(col(RotationMember.person_id) == own.actor.person_id)
        .order_by(col(Rotation.first_day), col(Rotation.id))
    )
    if count := own.session.execute(away).scalar_one():
        yield line("away", count=count)
    for place, crew, first_day in turns:
        yield line("rotation", place=place, crew=crew + 1, day=first_day)


def _entry(row: _Coming, members: list[Member], actor: Actor) -> OwnShift:
    own = next(member for member in members if member.person_id == actor.person_id)
    others = [m for m in members if m.state == MemberState.PLANNED and m.person_id != actor.person_id]
    return OwnShift(
        row.starts_at, row.ends_at, row.place, row.id, own.is_lead, row.away_kind or "",
        crew=[CrewName(member.name, member.is_lead) for member in others],
        substitute=next((m.name for m in others if m.stands_for == actor.person_id), ""),
    )  # fmt: skip
