"""Whom one may name to see to a hazard or a request."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, labels
from bot.access.labels import Named
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases import assignees
from models import Area, AreaKind, Person

_LEVELS = (AreaKind.GRID, AreaKind.VILLAGE, AreaKind.TOWNSHIP, AreaKind.COUNTY, AreaKind.PREFECTURE)


# These buttons stand alone in their row.
MOST_LABEL = 40


class Candidate(Struct):
    """Who may be named: a person, or (None) the unit of the area."""

    area_id: int
    person_id: int | None
    name: str
    area: str = ""
    # What the button says; no two are alike.
    label: str = ""


def candidates(
    session: Session, actor: Actor, action: str, path: str, there: Collection[int], most: int
) -> list[Candidate]:
    """Whom the actor may name by this action for what is at a place, the nearest first: those of the place,
    units around it, then other units. `there`: units that are named already."""
    codes = path.split("/")[:-1]
    around = ["/".join(codes[:depth]) + "/" for depth in range(len(codes), 0, -1)]
    mine = [held for held in around if access.allows(actor, action, Resource(held))]
    people = _people(session, mine)
    units = (
        select(col(Area.id), col(Area.name))
        .where(
            access.visible(actor, action, col(Area.path)), col(Area.removed_at).is_(None),
            col(Area.kind) != AreaKind.GRID,
        )
        .limit(most)
    )  # fmt: skip
    near = units.where(col(Area.path).in_(around)).order_by(func.length(col(Area.path)).desc())
    far = units.where(col(Area.path).not_in(around)).order_by(col(Area.kind), col(Area.position))
    found = [*session.execute(near), *session.execute(far)]
    others = [Candidate(unit.id or 0, None, unit.name, "") for unit in found if unit.id not in there]
    room = max(most - len(people), most // 2)
    return _labelled(session, [*people[: most - min(room, len(others))], *others[:room]])


def _labelled(session: Session, found: Sequence[Candidate]) -> list[Candidate]:
    """People with their area, units alone; where that is not enough, with what tells them apart."""
    above = aliased(Area)
    units = session.execute(
        select(col(Area.id), col(Area.name), col(above.name).label("above"), col(Area.code))
        .join(above, col(above.id) == col(Area.parent_id), isouter=True)
        .where(col(Area.id).in_([each.area_id for each in found if each.person_id is None]))
    )
    of_units = labels.distinct(
        [Named(row.id or 0, row.name, row.above or "", "", row.code) for row in units], MOST_LABEL
    )
    rows = session.execute(
        select(
            col(Person.id),
            col(Person.name),
            col(Person.titles),
            col(Person.code),
            col(Area.name).label("area"),
        )
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.id).in_([each.person_id for each in found if each.person_id]))
    )
    of_people = labels.distinct(
        [Named(row.id or 0, f"{row.name}（{row.area}）", "", row.titles, row.code) for row in rows],
        MOST_LABEL,
    )
    return [
        replace(each, label=of_people[each.person_id] if each.person_id else of_units[each.area_id])
        for each in found
    ]


def path_to_name(session: Session, actor: Actor, action: str, to: Candidate) -> str:
    """The path of the area of who is to be named. Raises NotAllowed for a unit that is not the actor's to
    name, and Refused for somebody who left."""
    path: str = session.execute(select(col(Area.path)).where(col(Area.id) == to.area_id)).scalar_one()
    gone = select(col(Person.id)).where(col(Person.id) == to.person_id, col(Person.removed_at).is_not(None))
    if session.execute(gone).first():
        # The key was drawn before.
        raise Refused("naming-left", name=to.name)
    if to.person_id is None:
        access.require(actor, action, Resource(path))
    return path


def level_around(session: Session, path: str, level: str) -> str:
    """The path of the area of this level around a place; where the tree has none, of the next one up."""
    codes = path.split("/")[:-1]
    above = ["/".join(codes[:depth]) + "/" for depth in range(len(codes), 0, -1)]
    rows = session.execute(select(col(Area.path), col(Area.kind)).where(col(Area.path).in_(above)))
    kinds = {row.path: row.kind for row in rows}
    high = [where for where in above if _LEVELS.index(kinds[where]) >= _LEVELS.index(AreaKind(level))]
    return high[0] if high else above[-1]


def _people(session: Session, within: Sequence[str]) -> list[Candidate]:
    """Who keeps duty at the place, grid by grid upwards."""
    found: list[Candidate] = []
    for unit in within:
        rows = session.execute(
            select(col(Person.id), col(Person.name), col(Person.area_id), col(Area.name).label("area"))
            .join(Area, col(Area.id) == col(Person.area_id))
            .where(col(Person.id).in_(assignees.people_of(session, [unit])))
            .order_by(col(Person.id))
        )
        found += [Candidate(row.area_id, row.id, row.name, row.area) for row in rows]
    return found
