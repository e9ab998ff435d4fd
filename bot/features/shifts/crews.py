"""Crews: who is to come to a shift, and who could come instead.

Whoever changes a crew goes through here, so that caches and audit follow.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Work, audit, labels
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.storage.database import chunks
from bot.storage.rows import Expression, Query, all_of, columns, first_of
from bot.storage.values import raise_roster_version
from models import Area, MemberState, Person, PersonPost, Post, Role, Shift, ShiftMember

# Where a shift is: at its post, or in its area.
PLACE: Expression = func.coalesce(col(Post.name), col(Area.name))
# Who was away this near to a shift is not asked to stand in.
RECOVERY = timedelta(days=1)
# How near in time others' shifts at the same post make them colleagues.
_COLLEAGUES = timedelta(days=30)


class FreePerson(Struct):
    """Someone who could take a shift."""

    person_id: int
    name: str
    area: str


class StandingShift(Struct):
    """A shift that stands, and where."""

    id: int
    area_id: int
    post_id: int | None
    starts_at: datetime
    ends_at: datetime
    path: str
    place: str


class CrewPerson(Struct):
    """Somebody who may be put on a crew."""

    id: int
    code: str
    name: str
    titles: str


class Membership(Struct):
    """How somebody stands on a shift."""

    state: str
    is_lead: bool
    away_kind: str | None
    away_at: datetime | None
    stands_for: int | None


def coming() -> ColumnElement[bool]:
    """Who is to come: on the crew and neither away nor replaced."""
    return col(ShiftMember.state) == MemberState.PLANNED


def led_by(person_id: int) -> Query:
    """The shifts that a person leads and will be at."""
    mine = (col(ShiftMember.person_id) == person_id, col(ShiftMember.is_lead).is_(True), coming())
    return select(col(ShiftMember.shift_id)).where(*mine)


def shift_of(session: Session, shift_id: int) -> StandingShift | None:
    """A shift that stands; locked until the transaction ends."""
    found = (
        select(*columns(StandingShift, Shift, Area, place=PLACE))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(col(Shift.id) == shift_id, col(Shift.removed_at).is_(None))
        .with_for_update(of=Shift)
    )
    return first_of(session, StandingShift, found)


class Member(Struct):
    """Somebody on a shift's crew; `name` is what they are called among all that were asked for."""

    shift_id: int
    person_id: int
    name: str
    titles: str
    is_lead: bool
    state: str
    away_kind: str | None
    away_at: datetime | None
    stands_for: int | None
    # As it stands in the roster, whoever else has it.
    plain_name: str = ""


def crew_of(session: Session, shift_ids: Collection[int]) -> dict[int, list[Member]]:
    """Everybody on these shifts' crews, leads first."""
    rows = [row for chunk in chunks(shift_ids) for row in _members_of(session, chunk)]
    told = labels.among(session, {row.person_id: row.name for row in rows})
    found: dict[int, list[Member]] = {shift_id: [] for shift_id in shift_ids}
    for row in rows:
        found[row.shift_id].append(replace(row, name=told[row.person_id], plain_name=row.name))
    return found


def _members_of(session: Session, shift_ids: Sequence[int]) -> list[Member]:
    found = (
        select(*columns(Member, ShiftMember, Person))
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .where(col(ShiftMember.shift_id).in_(shift_ids), col(Person.removed_at).is_(None))
        .order_by(col(ShiftMember.is_lead).desc(), col(ShiftMember.id))
    )
    return all_of(session, Member, found)


def people_around(
    session: Session, path: str, post_id: int | None, *, only_usual: bool = False
) -> list[CrewPerson]:
    """Who may be put on a crew there, those of the post first.

    `only_usual`: just those whose usual post it is.
    """
    usual = _usual(post_id)
    found = (
        select(*columns(CrewPerson, Person))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(
            col(Person.removed_at).is_(None), usual if only_usual else or_(usual, _keeps_duty_around(path))
        )
        .order_by(usual.desc(), col(Area.position), col(Person.code))
    )
    return all_of(session, CrewPerson, found)


def free_people(session: Session, shift_id: int) -> list[FreePerson]:
    """Who could take this shift: keeps duty around it or at its post, has nothing else at that time, and
    is not on leave about it. Colleagues of the post first, then in the order of the roster.

    Empty where the shift stands no more.
    """
    shift = shift_of(session, shift_id)
    if shift is None:
        return []
    colleague = or_(_usual(shift.post_id), _colleague(shift))
    found = (
        select(*columns(FreePerson, Person, person_id=col(Person.id), area=col(Area.name)))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(
            col(Person.removed_at).is_(None), or_(colleague, _keeps_duty_around(shift.path)),
            ~_is_bound(shift, col(Person.id)),
        )
        .order_by(colleague.desc(), col(Area.position), col(Person.code))
    )  # fmt: skip
    return all_of(session, FreePerson, found)


def is_free(session: Session, shift_id: int, person_id: int, giving: Collection[int] = ()) -> bool:
    """Whether a person has nothing else at the time of a shift; `giving` are shifts they hand over."""
    shift = shift_of(session, shift_id)
    if shift is None:
        return False
    bound = select(col(Person.id)).where(
        col(Person.id) == person_id, _is_bound(shift, col(Person.id), giving)
    )
    return session.execute(bound).first() is None


def move_member(
    work: Work, shift_id: int, out_id: int, in_id: int, *, why: str, giving: Collection[int] = ()
) -> None:
    """Let one person come to a shift for another, who stays on it as replaced (or away); a lead's place
    is taken with its lead. `giving` are shifts that the one who comes hands over in return.

    Tells nobody: wrap it in `telling_changes`. `why` goes to the audit (`swap`, `substitute`). Raises
    Refused where the one is not on the shift any more, or the other is not free.
    """
    shift = shift_of(work.session, shift_id)
    leaving = member_of(work.session, shift_id, out_id)
    if shift is None or shift.ends_at <= work.now or leaving is None or leaving.state == MemberState.REPLACED:
        raise Refused("crews-not-on-shift")
    if substitute_of(work.session, shift_id, out_id) or not is_free(work.session, shift_id, in_id, giving):
        raise Refused("crews-not-free")
    if leaving.state == MemberState.PLANNED:
        _set_member(work.session, shift_id, out_id, state=MemberState.REPLACED)
    _let_come(work.session, shift_id, in_id, is_lead=leaving.is_lead, stands_for=out_id)
    for person_id in (out_id, in_id):
        audit.record(work, "shift.move", f"shift:{shift_id}", person_id, out=out_id, into=in_id, why=why)


def add_member(work: Work, shift_id: int, in_id: int, *, why: str) -> None:
    """Let one more person come to a shift that has too few.

    Tells nobody, as `move_member`. Raises Refused where the shift is over or the person is not free.
    """
    shift = shift_of(work.session, shift_id)
    if shift is None or shift.ends_at <= work.now:
        raise Refused("crews-not-on-shift")
    if not is_free(work.session, shift_id, in_id):
        raise Refused("crews-not-free")
    _let_come(work.session, shift_id, in_id, is_lead=False, stands_for=None)
    audit.record(work, "shift.move", f"shift:{shift_id}", in_id, into=in_id, why=why)


def set_away(session: Session, shift_id: int, person_id: int, kind: str, now: datetime) -> None:
    """Mark a person of the crew as not coming."""
    _set_member(session, shift_id, person_id, state=MemberState.AWAY, away_kind=kind, away_at=now)
    mark_changed(session, shift_id)


def set_back(session: Session, shift_id: int, person_id: int) -> None:
    """Let a person who was away come after all."""
    _set_member(session, shift_id, person_id, state=MemberState.PLANNED, away_kind=None, away_at=None)
    mark_changed(session, shift_id)


def member_of(session: Session, shift_id: int, person_id: int) -> Membership | None:
    """How a person stands on a shift."""
    found = select(*columns(Membership, ShiftMember)).where(*_is(shift_id, person_id))
    return first_of(session, Membership, found)


def substitute_of(session: Session, shift_id: int, person_id: int) -> int | None:
    """Who comes to a shift for this person; None: nobody."""
    return session.execute(
        select(col(ShiftMember.person_id)).where(
            col(ShiftMember.shift_id) == shift_id, col(ShiftMember.stands_for) == person_id, coming()
        )
    ).scalar()


def mark_changed(session: Session, shift_id: int) -> None:
    """Keep rotations from writing over a shift, and let caches read it anew."""
    session.execute(update(Shift).where(col(Shift.id) == shift_id).values(changed_by_hand=True))
    forget_roster(session)


def forget_roster(session: Session) -> None:
    """Shifts have changed: this transaction and every cache read them anew."""
    raise_roster_version(session)
    session.info.pop("roster_version", None)


def _let_come(session: Session, shift_id: int, person_id: int, **values: object) -> None:
    """Put a person on the crew, or back on it."""
    values["state"] = MemberState.PLANNED
    if member_of(session, shift_id, person_id):
        _set_member(session, shift_id, person_id, **values)
    else:
        session.execute(insert(ShiftMember).values(shift_id=shift_id, person_id=person_id, **values))
    mark_changed(session, shift_id)


def _set_member(session: Session, shift_id: int, person_id: int, **values: object) -> None:
    session.execute(update(ShiftMember).where(*_is(shift_id, person_id)).values(**values))


def _is(shift_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(ShiftMember.shift_id) == shift_id, col(ShiftMember.person_id) == person_id


def _keeps_duty_around(path: str) -> ColumnElement[bool]:
    """Holds a role that stands on shifts, in an area around the path or within it."""
    codes = path.split("/")[:-1]
    above: Sequence[str] = ["/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1)]
    held = (
        select(col(Role.id))
        .join(Area, col(Area.id) == col(Role.area_id))
        .where(
            col(Role.person_id) == col(Person.id),
            col(Role.role).in_(access.roles_for("shift.stand")),
            or_(col(Area.path).in_(above), access.within(col(Area.path), path)),
        )
        .correlate(Person)
    )
    return exists(held)


def _usual(post_id: int | None) -> ColumnElement[bool]:
    mine = (col(PersonPost.person_id) == col(Person.id), col(PersonPost.post_id) == post_id)
    return exists(select(col(PersonPost.id)).where(*mine).correlate(Person))


def _colleague(shift: StandingShift) -> ColumnElement[bool]:
    """Kept duty at the same post lately, or is to keep it soon."""
    other, member = aliased(Shift), aliased(ShiftMember)
    found = (
        select(col(member.id))
        .join(other, col(other.id) == col(member.shift_id))
        .where(
            col(member.person_id) == col(Person.id), col(other.post_id) == shift.post_id,
            col(other.removed_at).is_(None), col(other.starts_at) > shift.starts_at - _COLLEAGUES,
            col(other.starts_at) < shift.ends_at + _COLLEAGUES,
        )
        .correlate(Person)
    )  # fmt: skip
    return exists(found)


def _is_bound(shift: StandingShift, person: Expression, giving: Collection[int] = ()) -> ColumnElement[bool]:
    """Is to come elsewhere or here at that time, or is away about it."""
    other, member = aliased(Shift), aliased(ShiftMember)
    busy = and_(
        col(member.state) == MemberState.PLANNED,
        col(other.starts_at) < shift.ends_at,
        col(other.ends_at) > shift.starts_at,
        col(other.id).not_in(list(giving)),
    )
    away = and_(
        col(member.state) == MemberState.AWAY,
        col(other.starts_at) < shift.ends_at + RECOVERY,
        col(other.ends_at) > shift.starts_at - RECOVERY,
    )
    found = (
        select(col(member.id))
        .join(other, col(other.id) == col(member.shift_id))
        .where(col(member.person_id) == person, col(other.removed_at).is_(None), or_(busy, away))
        .correlate(Person)
    )
    return exists(found)
