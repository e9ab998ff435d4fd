"""Writes rotations out as shifts, as far ahead as is planned. What is there already is never touched."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.base.facts import Struct
from bot.features.shifts import crews
from bot.features.shifts.change_notices import telling_changes
from bot.features.shifts.rotation_pattern import CycleData, PlannedTurn, cycle_of, planned
from bot.storage.rows import all_of, columns
from models import Area, Person, Post, Rotation, RotationMember, Shift, ShiftMember


class StandingRotation(Struct):
    """A rotation whose post and area stand."""

    id: int
    code: str
    area_id: int
    post_id: int | None
    duty_type: str
    cycle: CycleData
    first_day: date
    until: date | None
    path: str


def write(work: Work, rotation_ids: Sequence[int]) -> int:
    """Write the shifts of these rotations up to the horizon; how many are new.

    A turn for which the post has another shift already, or that is over, is left out.
    """
    today = work.now.astimezone(work.settings.work.zone).date()
    last = today + timedelta(days=work.settings.crews.horizon_days)
    rows = _rotations(work.session, rotation_ids)
    for path in {row.path for row in rows}:
        access.require(work.actor, "rotation.set", Resource(path))
    written = 0
    for row in rows:
        written += _write_one(work, row, today, last)
    if written:
        crews.forget_roster(work.session)
    ids = [row.id for row in rows]
    work.session.execute(update(Rotation).where(col(Rotation.id).in_(ids)).values(planned_until=last))
    return written


def extend(work: Work, after: int, limit: int) -> tuple[int, int | None]:
    """Write the next rotations that the horizon has moved ahead of; how many shifts are new, and the
    number to go on after (None: these were all)."""
    access.require(work.actor, "rotation.set", Resource())
    today = work.now.astimezone(work.settings.work.zone).date()
    last = today + timedelta(days=work.settings.crews.horizon_days)
    behind = or_(col(Rotation.planned_until).is_(None), col(Rotation.planned_until) < last)
    running = or_(col(Rotation.until).is_(None), col(Rotation.until) >= today)
    found = work.session.execute(
        select(col(Rotation.id))
        .where(col(Rotation.id) > after, behind, running)
        .order_by(col(Rotation.id))
        .limit(limit)
    )
    numbers = [number or 0 for number in found.scalars()]
    if not numbers:
        return 0, None
    with telling_changes(work, _people(work.session, numbers)):
        written = write(work, numbers)
    return written, numbers[-1] if len(numbers) == limit else None


def duty_type_of(session: Session, post_id: int) -> str | None:
    """The kind of duty last planned at a post."""
    newest = select(col(Shift.duty_type)).where(col(Shift.post_id) == post_id)
    return session.execute(newest.order_by(col(Shift.starts_at).desc()).limit(1)).scalar()


def day_of(code: str) -> date:
    """The local day on which a rotation's shift starts, by its code."""
    return datetime.strptime(code.rpartition("/")[2][:8], "%Y%m%d").date()


def _rotations(session: Session, ids: Sequence[int]) -> list[StandingRotation]:
    found = (
        select(*columns(StandingRotation, Rotation, Area))
        .join(Area, col(Area.id) == col(Rotation.area_id))
        .join(Post, col(Post.id) == col(Rotation.post_id), isouter=True)
        .where(col(Rotation.id).in_(ids), col(Area.removed_at).is_(None), col(Post.removed_at).is_(None))
    )
    return all_of(session, StandingRotation, found)


def _write_one(work: Work, row: StandingRotation, today: date, last: date) -> int:
    zone = work.settings.work.zone
    turns = planned(cycle_of(row.cycle), row.first_day, row.until, today - timedelta(days=1), last, zone)
    open_ = [turn for turn in turns if turn.ends_at > work.now]
    new = _not_there(work.session, row, open_)
    shifts = [
        {
            "code": f"{row.code}/{turn.name}", "area_id": row.area_id, "post_id": row.post_id,
            "duty_type": row.duty_type, "starts_at": turn.starts_at, "ends_at": turn.ends_at,
            "rotation_id": row.id,
        }
        for turn in new
    ]  # fmt: skip
    if not shifts:
        return 0
    work.session.execute(insert(Shift), shifts)
    by_code = {f"{row.code}/{turn.name}": turn.crew for turn in new}
    members = _crews(work.session, row.id)
    mine = (col(Shift.rotation_id) == row.id, col(Shift.starts_at) >= new[0].starts_at)
    people = [
        {"shift_id": made.id, "person_id": person, "is_lead": is_lead}
        for made in work.session.execute(select(col(Shift.id), col(Shift.code)).where(*mine))
        if made.code in by_code
        for person, is_lead in members.get(by_code[made.code], ())
    ]
    if people:
        work.session.execute(insert(ShiftMember), people)
    return len(new)


def _not_there(session: Session, row: StandingRotation, turns: list[PlannedTurn]) -> list[PlannedTurn]:
    """The turns that are not written yet and in whose time the post has no shift of another's making."""
    if not turns:
        return []
    here = or_(col(Shift.rotation_id) == row.id, col(Shift.post_id) == row.post_id)
    latest = max(turn.ends_at for turn in turns)
    found = list(
        session.execute(
            select(
                col(Shift.code), col(Shift.rotation_id), col(Shift.starts_at), col(Shift.ends_at),
                col(Shift.removed_at),
            ).where(here, col(Shift.ends_at) > turns[0].starts_at, col(Shift.starts_at) < latest)
        )
    )  # fmt: skip
    # A removed one counts as written: somebody has taken it away.
    written = {shift.code for shift in found if shift.rotation_id == row.id}
    others = [shift for shift in found if shift.rotation_id != row.id and shift.removed_at is None]
    return [
        turn
        for turn in turns
        if f"{row.code}/{turn.name}" not in written
        and not any(s.starts_at < turn.ends_at and turn.starts_at < s.ends_at for s in others)
    ]


def _crews(session: Session, rotation_id: int) -> dict[int, list[tuple[int, bool]]]:
    found: dict[int, list[tuple[int, bool]]] = {}
    rows = session.execute(
        select(col(RotationMember.crew), col(RotationMember.person_id), col(RotationMember.is_lead))
        .join(Person, col(Person.id) == col(RotationMember.person_id))
        .where(col(RotationMember.rotation_id) == rotation_id, col(Person.removed_at).is_(None))
        .order_by(col(RotationMember.id))
    )
    for row in rows:
        found.setdefault(row.crew, []).append((row.person_id, row.is_lead))
    return found


def _people(session: Session, rotation_ids: Sequence[int]) -> set[int]:
    found = select(col(RotationMember.person_id)).where(col(RotationMember.rotation_id).in_(rotation_ids))
    return set(session.execute(found).scalars())
