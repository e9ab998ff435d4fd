"""People who left: the filters that say so, and what is known of each kind of open thing that names people.

Somebody has left a thing who is off the roster, or holds no role any more around the place of the thing: the
role was taken away, or the person belongs elsewhere by now. Who cannot be reached has not left.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from models import Area, Person, Role


def holds(person: Any, roles: Collection[str], *paths: Any) -> ColumnElement[bool]:
    """Whether the person (a column) is on the roster and holds one of the roles (empty: any) in an area above
    or below one of these places (columns of paths; none: anywhere)."""
    area, role = aliased(Area), aliased(Role)
    kinds = (col(role.role).in_(sorted(roles)),) if roles else ()
    around = [or_(_begins(path, col(area.path)), _begins(col(area.path), path)) for path in paths]
    held = (
        select(col(role.id))
        .join(area, col(area.id) == col(role.area_id))
        .where(col(role.person_id) == person, *kinds, *([or_(*around)] if around else []))
    )
    return and_(on_roster(person), exists(held))


def holds_above(person: Any, roles: Collection[str], path: Any) -> ColumnElement[bool]:
    """The same, in an area whose subtree holds the place: as `access` grants by roles."""
    area, role = aliased(Area), aliased(Role)
    held = (
        select(col(role.id))
        .join(area, col(area.id) == col(role.area_id))
        .where(col(role.person_id) == person, col(role.role).in_(sorted(roles)))
        .where(_begins(path, col(area.path)))
    )
    return and_(on_roster(person), exists(held))


def on_roster(person: Any) -> ColumnElement[bool]:
    """Whether the person (a column) is on the roster."""
    there = aliased(Person)
    return exists(select(col(there.id)).where(col(there.id) == person, col(there.removed_at).is_(None)))


def _begins(path: Any, with_: Any) -> ColumnElement[bool]:
    """Without LIKE: a code may hold its marks."""
    begins: ColumnElement[bool] = func.substr(path, 1, func.length(with_)) == with_
    return begins
