"""The areas that a list may be narrowed to."""

from sqlalchemy import Select, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource
from bot.base.facts import Facts, Struct
from models import Area

MOST = 60


class AreaRow(Struct):
    """An area."""

    id: int
    path: str
    name: str


_FIELDS = (col(Area.id), col(Area.path), col(Area.name))


def area_of(session: Session, area_id: int) -> AreaRow | None:
    """An area by its number; None where there is none."""
    return next(iter(_rows(session, select(*_FIELDS).where(col(Area.id) == area_id))), None)


def places(session: Session, area_id: int | None) -> list[Facts]:
    """The areas right below one whose middle is known, by name and place; where there are none, it itself."""
    fields = select(col(Area.name), col(Area.latitude), col(Area.longitude)).where(
        col(Area.removed_at).is_(None), col(Area.latitude).is_not(None), col(Area.longitude).is_not(None)
    )
    below = fields.where(col(Area.parent_id) == area_id).order_by(col(Area.position), col(Area.id))
    rows = session.execute(below.limit(MOST)).all() or session.execute(fields.where(col(Area.id) == area_id))
    return [dict(row._mapping) for row in rows]


def areas(session: Session, actor: Actor, action: str, root: AreaRow | None) -> list[AreaRow]:
    """The areas below one, in the order of the roster; without one, those in which the actor holds a role for
    this action, or what lies below the only one."""
    fields = select(*_FIELDS).where(col(Area.removed_at).is_(None))
    order = (col(Area.position), col(Area.id))
    if root is not None:
        return _rows(session, fields.where(col(Area.parent_id) == root.id).order_by(*order))
    paths = {held.path for held in actor.holdings if access.allows(actor, action, Resource(held.path))}
    tops = _rows(session, fields.where(col(Area.path).in_(paths)).order_by(*order))
    return areas(session, actor, action, tops[0]) if len(tops) == 1 else tops


def _rows(session: Session, query: Select[int | None, str, str]) -> list[AreaRow]:
    return [AreaRow(number or 0, path, name) for number, path, name in session.execute(query)]
