"""The own coming shifts, and with whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.access.own_data import Line, OwnData, line
from bot.base.facts import Facts
from bot.features.shifts import crews
from bot.settings import Settings
from models import Area, MemberState, Post, Rotation, RotationMember, Shift, ShiftMember

PAGE = 5


@dataclass(frozen=True, slots=True)
class Page:
    """A page of shifts; `before` and `after` are the offsets of its neighbours (None: there is none)."""

    entries: list[Facts]
    before: int | None
    after: int | None


def coming(work: Work, offset: int) -> Page:
    """The own shifts that are not over, the next one first, with their crews. What somebody else has
    taken over is left out; those one is away from are shown as such."""
    access.require(work.actor, "person.read_own", access.self_of(work.actor))
    rows = work.session.execute(
        select(
            col(Shift.id), col(Shift.starts_at), col(Shift.ends_at), col(Shift.duty_type),
            func.coalesce(col(Post.name), col(Area.name)).label("place"), col(ShiftMember.state),
            col(ShiftMember.away_kind),
        )
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
    ).all()  # fmt: skip
    shown = rows[:PAGE]
    members = crews.crew_of(work.session, [row.id for row in shown])
    entries = [_entry(row, members[row.id], work.actor, work.settings) for row in shown]
    before = max(0, offset - PAGE) if offset else None
    return Page(entries, before, offset + PAGE if len(rows) > PAGE else None)


def load_change(session: Session, actor: Actor, facts: Facts) -> Facts | None:
    """A notice of a changed next shift, just before it is sent; None where that one has changed again:
    another notice tells of it."""
    access.require(actor, "person.read_own", access.self_of(actor))
    if not facts["shift_id"]:
        return facts
    starts_at = session.execute(
        select(col(Shift.starts_at))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .where(
            col(Shift.id) == facts["shift_id"], col(Shift.removed_at).is_(None), crews.coming(),
            col(ShiftMember.person_id) == actor.person_id,
        )
    ).scalar()  # fmt: skip
    return facts if starts_at and starts_at == _moment(facts["now"]["starts_at"]) else None


def _moment(told: str | datetime) -> datetime:
    return datetime.fromisoformat(told) if isinstance(told, str) else told


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`, what else is kept of the actor's shifts: being away, and each rotation."""
    access.require(own.actor, "person.read_own", access.self_of(own.actor))
    away = select(func.count()).where(
        col(ShiftMember.person_id) == own.actor.person_id, col(ShiftMember.away_kind).is_not(None)
    )
    turns = own.session.execute(
        select(
            func.coalesce(col(Post.name), col(Area.name)).label("place"), col(RotationMember.crew),
            col(Rotation.first_day),
        )
        .join(Rotation, col(Rotation.id) == col(RotationMember.rotation_id))
        .join(Area, col(Area.id) == col(Rotation.area_id))
        .join(Post, col(Post.id) == col(Rotation.post_id), isouter=True)
        .where(col(RotationMember.person_id) == own.actor.person_id)
        .order_by(col(Rotation.first_day), col(Rotation.id))
    )  # fmt: skip
    if count := own.session.execute(away).scalar_one():
        yield line("away", count=count)
    for place, crew, first_day in turns:
        yield line("rotation", place=place, crew=crew + 1, day=first_day)


def mate(row: Row[Any]) -> Facts:
    """Somebody of a crew, for a notice."""
    return {"name": row.name, "lead": row.is_lead}


def _entry(row: Row[Any], members: list[Row[Any]], actor: Actor, settings: Settings) -> Facts:
    duty = settings.duty_type(row.duty_type)
    own = next(member for member in members if member.person_id == actor.person_id)
    others = [m for m in members if m.state == MemberState.PLANNED and m.person_id != actor.person_id]
    return {
        "shift_id": row.id, "starts_at": row.starts_at, "ends_at": row.ends_at, "place": row.place,
        "duty": {"zh_CN": duty.zh_CN, "en": duty.en}, "lead": own.is_lead, "away": row.away_kind or "",
        "crew": [mate(member) for member in others],
        "substitute": next((m.name for m in others if m.stands_for == actor.person_id), ""),
    }  # fmt: skip
