"""Whom a call is for: people of an area with all below it, by role, title, language, or by name."""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, literal_column, or_, select
from sqlmodel import Session, col

from bot import access
from bot.base.facts import Struct
from bot.features.shifts.crews import coming
from bot.storage.rows import Expression, Query
from models import (
    Account,
    Area,
    Call,
    CallRecipient,
    CallState,
    CheckIn,
    Person,
    Reach,
    Role,
    Shift,
    ShiftMember,
)

NAMES_SHOWN = 3
WEEK = timedelta(days=7)


class Audience(Struct):
    """Whom a call is for: whoever holds a role in the area or below it. What else is given narrows it: to
    these roles, duty titles and languages; to who is on duty now; to these people; to who has not answered
    that call."""

    area_id: int
    roles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    on_duty: bool = False
    people: tuple[int, ...] = ()
    silent_on: int = 0
    but: int = 0


class Preview(Struct):
    """How many an audience is, how many of them have an account that can be reached, some of their names, and
    how often they were called within a week before, all taken together; `repeated`: by calls of this kind."""

    total: int
    reached: int
    names: tuple[str, ...]
    calls_this_week: int
    repeated: int


def path_of(session: Session, audience: Audience) -> str:
    """The path of its area. Raises NoResultFound for an area there is not."""
    found = select(col(Area.path)).where(col(Area.id) == audience.area_id)
    return str(session.execute(found).scalar_one())


def people(session: Session, audience: Audience, now: datetime) -> Query:
    """The numbers of an audience's people, and of the areas they belong to."""
    query: Query = select(col(Person.id), col(Person.area_id)).where(
        *_conditions(audience, path_of(session, audience), now)
    )
    return query


def preview(session: Session, audience: Audience, kind: str, now: datetime) -> Preview:
    """What its sender is told of an audience before anything is sent."""
    meant = _conditions(audience, path_of(session, audience), now)
    total = session.execute(select(func.count(col(Person.id))).where(*meant)).scalar_one()
    reached = select(func.count(col(Person.id))).where(*meant, _reachable())
    names = select(col(Person.name)).where(*meant).order_by(col(Person.id)).limit(NAMES_SHOWN)
    told = (
        select(func.count(), func.count().filter(col(Call.kind) == kind))
        .select_from(CallRecipient)
        .join(Call, col(Call.id) == col(CallRecipient.call_id))
        .join(Person, col(Person.id) == col(CallRecipient.person_id))
        .where(col(Call.made_at) > now - WEEK, col(Call.state) != CallState.CANCELLED, *meant)
    )
    this_week, repeated = session.execute(told).one()
    return Preview(
        total,
        session.execute(reached).scalar_one(),
        tuple(session.execute(names).scalars()),
        this_week,
        repeated,
    )


def _reachable() -> Expression:
    mine = (col(Account.person_id) == col(Person.id), col(Account.reach) == Reach.OK)
    return exists(select(literal_column("1")).select_from(Account).where(*mine))


def _conditions(audience: Audience, path: str, now: datetime) -> list[Expression]:
    """What is true of everybody who is meant. The area bounds it whatever else is asked."""
    held: Query = (
        select(literal_column("1"))
        .select_from(Role)
        .join(Area, col(Area.id) == col(Role.area_id))
        .where(col(Role.person_id) == col(Person.id), access.within(col(Area.path), path))
    )
    if audience.roles:
        held = held.where(col(Role.role).in_(audience.roles))
    found: list[Expression] = [
        col(Person.removed_at).is_(None), col(Person.id) != audience.but, exists(held)
    ]  # fmt: skip
    if audience.titles:
        found.append(or_(*(col(Person.titles).contains(title, autoescape=True) for title in audience.titles)))
    if audience.languages:
        found.append(func.coalesce(col(Person.language), "zh_CN").in_(audience.languages))
    if audience.people:
        found.append(col(Person.id).in_(audience.people))
    if audience.on_duty:
        found.append(_on_duty(now))
    if audience.silent_on:
        found.append(_silent_on(audience.silent_on))
    return found


def _on_duty(now: datetime) -> Expression:
    """Has checked in, or is on a shift that runs."""
    here: Query = select(literal_column("1")).select_from(CheckIn).where(
        col(CheckIn.person_id) == col(Person.id), col(CheckIn.out_at).is_(None), col(CheckIn.close_at) > now
    )  # fmt: skip
    runs: Query = (
        select(literal_column("1"))
        .select_from(ShiftMember)
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(
            col(ShiftMember.person_id) == col(Person.id), coming(), col(Shift.removed_at).is_(None),
            col(Shift.starts_at) <= now, col(Shift.ends_at) > now,
        )
    )  # fmt: skip
    return or_(exists(here), exists(runs))


def _silent_on(call_id: int) -> Expression:
    asked: Query = select(literal_column("1")).select_from(CallRecipient).where(
        col(CallRecipient.call_id) == call_id, col(CallRecipient.person_id) == col(Person.id),
        col(CallRecipient.answered_at).is_(None),
    )  # fmt: skip
    return exists(asked)
