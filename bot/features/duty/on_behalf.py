"""A supervisor checks somebody in or out who has no telephone at hand: marked, and told to the person."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, ActorKind, Holding, Relation, Resource, Work, audit, labels
from bot.base import names as base_names
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.attendance import repository as attendance_repository
from bot.features.duty import check_in, check_out, repository
from bot.features.duty.notices import BehalfDone, BehalfTold
from bot.outbox import outbox
from bot.settings.work_day import work_day
from bot.storage import database
from bot.storage.rows import first_of
from models import Area, AreaKind, CheckIn, Person, ReportKind, Role

ACT = "checkin.make_for"
# From here down whoever is below is offered too; above, only those of the area itself.
_NEAR = (AreaKind.VILLAGE, AreaKind.GRID)
# Of one name, or of one spelling.
MOST_NAMED = 18


class Charge(Struct):
    """Somebody to be acted for. `leaves`: is on duty, so that a check-out is what is wanted.
    `sure`: not only like the name that was written."""

    person_id: int
    name: str
    leaves: bool
    sure: bool = True


class _ChargeArea(Struct):
    """Where somebody is to be acted for."""

    path: str
    kind: str


def offered(work: Work, area_id: int, most: int) -> list[Charge]:
    """Whom the actor may want to act for in an area (0: the highest one looked after): who has not come,
    then who was checked in by somebody else and is still there."""
    area = _area(work.session, work.actor, area_id)
    access.require(work.actor, ACT, Resource(area.path))
    day = work_day(work.now, work.settings.work)
    below = area.kind in _NEAR
    people = attendance_repository.missing(work, ReportKind.DUTY, area.path, day, below=below)
    mine = _own_people(work.session, work.actor, [each.person_id for each in people])
    absent = [Charge(each.person_id, each.name, False) for each in people if each.person_id in mine]
    return _labelled(work.session, [*absent, *_brought(work.session, work.actor, area.path)][:most])


def named(work: Work, name: str) -> list[Charge]:
    """The people in the actor's areas whose name this is, or who may be meant by it."""
    rows = work.session.execute(
        select(col(Person.id), col(Person.name))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(
            access.visible(work.actor, ACT, col(Area.path), col(Person.id)), col(Person.removed_at).is_(None)
        )
        .order_by(col(Area.position), col(Person.code))
    )  # fmt: skip
    found, sure = base_names.meant(name, rows, lambda row: str(row.name))
    people = [_person(work.session, row.id or 0) for row in found[:MOST_NAMED]]
    charges = [Charge(each.person_id, each.name, _is_there(work.by(each), work.now), sure) for each in people]
    return _labelled(work.session, charges)


def _labelled(session: Session, charges: list[Charge]) -> list[Charge]:
    told = labels.of(session, [each.person_id for each in charges])
    return [replace(each, name=told[each.person_id]) for each in charges]


def act(work: Work, charge: Charge, at: datetime) -> BehalfDone:
    """Check the person in, or out, in the actor's name; what the actor is answered.

    Raises Refused where the person is not the actor's to act for, keeps no duty, or has done so already.
    """
    person = _person(work.session, charge.person_id)
    access.require(work.actor, ACT, Resource(person.path, {Relation.SELF: (person.person_id,)}))
    repository.forget(work.session)
    if _is_there(work.by(person), at) != charge.leaves:
        raise Refused("behalf-is-there" if not charge.leaves else "behalf-is-gone", name=person.name)
    if charge.leaves:
        number = check_out.check_out(work.by(person), at).checkin_id
    else:
        report = check_in.check_in(work.by(person), None, at, without_place=True)
        if report.kind != "done":
            # They were there already; this came late.
            raise Refused("behalf-is-there", name=person.name)
        number = report.checkin_id
    marked = {"made_by": work.actor.person_id}
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == number).values(**marked))
    audit.record(work, ACT, f"checkin:{number}", person.person_id, leaves=charge.leaves)
    told = BehalfTold(work.actor.name, charge.leaves, at)
    outbox.tell(work, [person.person_id], told, f"behalf:{number}:{charge.leaves}:{work.now.isoformat()}")
    return BehalfDone(person.name, charge.leaves, at)


def _area(session: Session, actor: Actor, area_id: int) -> _ChargeArea:
    paths = [held.path for held in actor.holdings if held.role in access.roles_for(ACT)]
    top = min(paths, key=len, default=actor.path)
    asked = col(Area.id) == area_id if area_id else col(Area.path) == top
    found = first_of(session, _ChargeArea, select(col(Area.path), col(Area.kind)).where(asked))
    if found is None:
        raise Refused("button-stale")
    return found


def _own_people(session: Session, actor: Actor, person_ids: list[int]) -> set[int]:
    """Of these, those whom the actor may act for: who is posted here from elsewhere is not among them."""
    found: set[int] = set()
    for chunk in database.chunks(person_ids):
        rows = session.execute(
            select(col(Person.id))
            .join(Area, col(Area.id) == col(Person.area_id))
            .where(col(Person.id).in_(chunk), access.visible(actor, ACT, col(Area.path), col(Person.id)))
        )
        found |= {number for number in rows.scalars() if number and number != actor.person_id}
    return found


def _brought(session: Session, actor: Actor, path: str) -> list[Charge]:
    """Who was checked in by another and has not left."""
    rows = session.execute(
        select(col(Person.id), col(Person.name))
        .join(CheckIn, col(CheckIn.person_id) == col(Person.id))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(
            col(CheckIn.out_at).is_(None), col(CheckIn.made_by).is_not(None),
            access.within(col(Area.path), path), col(Person.id) != actor.person_id,
        )
        .order_by(col(Area.position), col(Person.code))
    )  # fmt: skip
    return [Charge(row.id or 0, row.name, True) for row in rows]


def _is_there(work: Work, at: datetime) -> bool:
    """On duty, and in the shift that runs: whoever was left open in an earlier one can be checked in."""
    recent = repository.recent_of(work.session, work.actor.person_id)
    return any(row.out_at is None for row in recent) and not check_in.would_begin(work, at)


def _person(session: Session, person_id: int) -> Actor:
    """The person as though the tap were the own one, with or without an account."""
    row = session.execute(
        select(col(Person.name), col(Area.id), col(Area.path))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.id) == person_id, col(Person.removed_at).is_(None))
    ).first()
    if row is None:
        raise Refused("button-stale")
    held = session.execute(
        select(col(Role.role), col(Area.path))
        .join(Area, col(Area.id) == col(Role.area_id))
        .where(col(Role.person_id) == person_id)
    )
    holdings = tuple(Holding(each.role, each.path) for each in held)
    return Actor(ActorKind.PERSON, person_id, row.name, row.id or 0, row.path, holdings)
