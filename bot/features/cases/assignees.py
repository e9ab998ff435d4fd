"""Who is named for a case: as a person, or as a unit, which is whoever answers for it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from bot.access import labels
from bot.features.cases.rows import Assignee
from models import Area, Person, Role, RoleName

# Who of a unit sees to what the unit was named for.
HANDS = (RoleName.SUPERVISOR, RoleName.DISPATCHER, RoleName.GRID_WORKER, RoleName.CREW_MEMBER)
_LEADING = (RoleName.SUPERVISOR, RoleName.DISPATCHER)


def told(session: Session, named: Sequence[Assignee]) -> tuple[str, ...]:
    """What those named are called on a card: people, apart where two share a name, and units."""
    people = {row.person_id: row.person for row in named if row.person_id and row.person}
    names = labels.among(session, people)
    return tuple(names[row.person_id] if row.person_id and row.person else row.area for row in named)


def people_of(session: Session, paths: Sequence[str]) -> list[int]:
    """Who answers for these units: those with a role in just these areas; supervisors where there are."""
    if not paths:
        return []
    rows = session.execute(
        select(col(Area.path), col(Role.role), col(Role.person_id))
        .join(Area, col(Area.id) == col(Role.area_id))
        .join(Person, col(Person.id) == col(Role.person_id))
        .where(col(Area.path).in_(paths), col(Role.role).in_(HANDS), col(Person.removed_at).is_(None))
    ).all()
    led = {path for path, role, _ in rows if role in _LEADING}
    return sorted({person for path, role, person in rows if path not in led or role in _LEADING})


def everyone(session: Session, named: Collection[Assignee]) -> set[int]:
    """Everyone who is among those named, in person or as a unit."""
    units = [each.path for each in named if not each.person_id]
    return {each.person_id for each in named if each.person_id} | set(people_of(session, units))
