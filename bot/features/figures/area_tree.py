"""The tree of areas as figures are summed over it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot.base.facts import Struct
from bot.storage.rows import all_of
from models import Area


def parents(session: Session, area_ids: Iterable[int]) -> dict[int, int | None]:
    """The area above each of these, above those, and so on to the root."""
    found: dict[int, int | None] = {}
    missing = set(area_ids)
    while missing:
        rows = session.execute(select(col(Area.id), col(Area.parent_id)).where(col(Area.id).in_(missing)))
        found |= {row.id or 0: row.parent_id for row in rows}
        missing = {above for above in found.values() if above is not None and above not in found}
    return found


def upwards(area_id: int, above: Mapping[int, int | None]) -> Iterable[int]:
    """The area itself and every one around it."""
    at: int | None = area_id
    while at is not None:
        yield at
        at = above.get(at)


def children(session: Session, area_ids: Iterable[int]) -> dict[int, list[int]]:
    """The areas directly below each of these, also those that are no longer on the roster."""
    below: dict[int, list[int]] = {area_id: [] for area_id in area_ids}
    rows = session.execute(
        select(col(Area.id), col(Area.parent_id)).where(col(Area.parent_id).in_(list(below)))
    )
    for row in rows:
        below[row.parent_id].append(row.id or 0)
    return below


class AreaBelow(Struct):
    """An area right below another one; `removed_at`: since when it is no longer on the roster."""

    id: int
    name: str
    removed_at: datetime | None


def level_below(session: Session, area_id: int) -> list[AreaBelow]:
    """The areas directly below, in roster order, also those that are no longer on it."""
    return all_of(
        session,
        AreaBelow,
        select(col(Area.id), col(Area.name), col(Area.removed_at))
        .where(col(Area.parent_id) == area_id)
        .order_by(col(Area.position), col(Area.id)),
    )
