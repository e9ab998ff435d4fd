"""Lists of open hazards: one's own, those of an area, the overdue, those to be looked at; and their map."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, select, union, union_all
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, self_of
from bot.access import areas as access_areas
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.features.hazards.cards import VERIFY
from bot.features.hazards.reporting import READ
from bot.features.hazards.workflow import RECTIFY
from bot.settings import Settings
from models import Area, Hazard, HazardAssignee, HazardEvent, HazardState, HazardStep, Post

PAGE = 8
# Beyond this nobody counts: "500 and more".
MOST_COUNTED = 500
# Of more areas than this, the list is read by due time and the place of each is looked at; of fewer, what
# is open in each of them is read.
_FEW_AREAS = 1_000
MOST_MAPPED, MOST_POSTS = 500, 60
# More than there ever are.
_ALL = 1_000_000
_WORK = (HazardStep.FIXED, HazardStep.PARTLY)


class Board(StrEnum):
    """Which hazards are listed."""

    # Told of by oneself, or to be put right by oneself.
    MINE = "mine"
    AREA = "area"
    OVERDUE = "late"
    # To be looked at by oneself.
    VERIFY = "check"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of a board: of all the actor's areas, or (`area_id`) of one; of one category, or all."""

    board: Board
    area_id: int = 0
    category: str = ""
    offset: int = 0


def first(work: Work) -> Facts:
    """The board a person begins with: that of the areas looked after; one's own where that is empty."""
    if Board.AREA not in _boards(work.actor):
        return page(work, Wanted(Board.MINE))
    found = page(work, Wanted(Board.AREA))
    if found["total"]:
        return found
    own_ones = page(work, Wanted(Board.MINE))
    return own_ones if own_ones["total"] else found


def page(work: Work, wanted: Wanted) -> Facts:
    """A page, the soonest due first. Raises Refused for a board or an area that is not the actor's."""
    root = _require(work.session, work.actor, wanted)
    board = _open(work, wanted, root.path if root else "")
    soonest = select(board.c.id).order_by(board.c.due_at, board.c.id)
    found = work.session.execute(soonest.offset(wanted.offset).limit(PAGE + 1)).scalars().all()
    if wanted.offset and not found:
        # What stood there is done by now.
        return page(work, replace(wanted, offset=0))
    these = cards.listed().where(col(Hazard.id).in_(found[:PAGE]))
    rows = work.session.execute(these.order_by(col(Hazard.due_at), col(Hazard.id)))
    return {
        "board": wanted.board, "boards": [str(board) for board in _boards(work.actor)],
        "area_id": wanted.area_id, "area": root.name if root else "", "category": wanted.category,
        "kind": _name(wanted.category, work.settings), "offset": wanted.offset, "more": len(found) > PAGE,
        "total": _counted(work.session, board), "most": MOST_COUNTED, "size": PAGE,
        "rows": [dict(row._mapping) for row in rows], "below": _below(work.session, work.actor, wanted, root),
    }  # fmt: skip


def kinds(work: Work, wanted: Wanted) -> Facts:
    """The categories a board can be narrowed to. Raises Refused as `page` does."""
    _require(work.session, work.actor, wanted)
    known = [{"code": kind.code, "label": kind.label} for kind in work.settings.hazards.categories]
    return {"board": wanted.board, "area_id": wanted.area_id, "kinds": known}


def below(work: Work, wanted: Wanted) -> Facts:
    """The areas one level down, in the order of the roster, with how many hazards of the board are open in
    each. Raises Refused as `page` does."""
    root = _require(work.session, work.actor, wanted)
    children = access_areas.areas(work.session, work.actor, READ, root)
    counted = []
    for area in children[: access_areas.MOST]:
        number = _counted(work.session, _open(work, wanted, area.path))
        counted.append({"area_id": area.id, "name": area.name, "count": number})
    return {
        "board": wanted.board, "category": wanted.category, "area": root.name if root else "",
        "parent_id": wanted.area_id, "areas": counted, "most": MOST_COUNTED,
    }  # fmt: skip


def around(work: Work, wanted: Wanted) -> Facts:
    """What the map of a board shows: its hazards that have a place, the posts, how many have no place.

    Raises Refused as `page` does, and where coordinates are kept out of the chat.
    """
    if not work.settings.privacy.coordinates_in_chat:
        raise Refused("hazard-map-off")
    root = _require(work.session, work.actor, wanted)
    board = _open(work, wanted, root.path if root else "")
    placed = select(board.c.id).where(board.c.latitude.is_not(None))
    chosen = placed.order_by(board.c.due_at, board.c.id).limit(MOST_MAPPED)
    rows = work.session.execute(
        select(
            col(Hazard.number), col(Hazard.severity), col(Hazard.state), col(Hazard.due_at),
            col(Hazard.latitude), col(Hazard.longitude),
        )
        .where(col(Hazard.id).in_(chosen))
        .order_by(col(Hazard.due_at), col(Hazard.id))
    ).all()  # fmt: skip
    audit.record(work.session, work.actor, READ, f"area:{wanted.area_id}", work.now, map=len(rows))
    return {
        "board": wanted.board, "area": root.name if root else "",
        "kind": _name(wanted.category, work.settings),
        "rows": [dict(row._mapping) for row in rows], "posts": _posts(work.session, work.actor, root, chosen),
        "places": access_areas.places(work.session, root.id if root else None),
        "total": _counted(work.session, board, 2 * MOST_MAPPED), "most": 2 * MOST_MAPPED,
    }  # fmt: skip


def _require(session: Session, actor: Actor, wanted: Wanted) -> Any:
    """The area of the board, None for all of the actor's. Raises Refused."""
    if wanted.board is Board.MINE:
        access.require(actor, "person.read_own", self_of(actor))
        return None
    action = VERIFY if wanted.board is Board.VERIFY else READ
    if not wanted.area_id:
        if wanted.board not in _boards(actor):
            access.require(actor, action, Resource(actor.path))
        return None
    area = access_areas.area_of(session, wanted.area_id)
    if area is None:
        raise Refused("button-stale")
    access.require(actor, action, Resource(area.path))
    return area


def _boards(actor: Actor) -> list[Board]:
    """Those that a person has."""
    found = [Board.MINE]
    if any(access.allows(actor, READ, Resource(held.path)) for held in actor.holdings):
        found += [Board.AREA, Board.OVERDUE]
    if any(access.allows(actor, VERIFY, Resource(held.path)) for held in actor.holdings):
        found.append(Board.VERIFY)
    return found


def _open(work: Work, wanted: Wanted, path: str) -> Subquery:
    """The hazards of a board, in no order: `id`, `due_at`, `latitude`."""
    every, few = _within(work.session, work.actor, wanted, path)
    # The limit keeps the database from looking for the due time first, and for the place of each then.
    there = every.limit(_ALL).subquery() if few else every.subquery()
    chosen = select(there.c.id, there.c.due_at, there.c.latitude).where(
        *_standing(wanted.board, there.c, work.now)
    )
    if wanted.category:
        chosen = chosen.where(there.c.category == wanted.category)
    if wanted.board is Board.VERIFY:
        chosen = chosen.where(~_worked_on(work.actor, there.c.id))
    return chosen.subquery()


def _within(session: Session, actor: Actor, wanted: Wanted, path: str) -> tuple[Any, bool]:
    """What is open where the actor may look, and whether that is little beside all that is open."""
    every = select(
        col(Hazard.id), col(Hazard.due_at), col(Hazard.latitude), col(Hazard.state), col(Hazard.category)
    ).where(col(Hazard.closed_at).is_(None))
    if wanted.board is Board.MINE:
        return every.where(col(Hazard.id).in_(_of_own(actor))), True
    seen = access.visible(actor, VERIFY if wanted.board is Board.VERIFY else READ, col(Area.path))
    if path:
        seen &= access.within(col(Area.path), path)
    areas = select(col(Area.id)).where(seen)
    few = session.execute(areas.limit(_FEW_AREAS + 1)).scalars().all()
    if len(few) <= _FEW_AREAS:
        there = every.where(col(Hazard.area_id).in_(few))
        if path or wanted.board is Board.VERIFY:
            return there, True
        # The post one stands at is one's own area too, wherever it is.
        posted = every.where(col(Hazard.id).in_(repository.at_posts_of(actor.person_id)))
        both = union(there, posted).subquery()
        return select(both), True
    return every.where(areas.where(col(Area.id) == col(Hazard.area_id)).correlate(Hazard).exists()), False


def _standing(board: Board, column: Any, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if board is Board.VERIFY:
        return (column.state == HazardState.FIXED,)
    if board is Board.OVERDUE:
        return column.state != HazardState.FIXED, column.due_at < now
    return ()


def _counted(session: Session, found: Subquery, most: int = MOST_COUNTED) -> int:
    """How many, as far as anybody counts."""
    counted = select(func.count()).select_from(select(found.c.id).limit(most).subquery())
    return int(session.execute(counted).scalar_one())


def _of_own(actor: Actor) -> Any:
    """What the actor told of, and what the actor or one of the actor's units is named for."""
    paths = [held.path for held in actor.holdings if access.allows(actor, RECTIFY, Resource(held.path))]
    held = select(col(Area.id)).where(col(Area.path).in_(paths))
    named = select(col(HazardAssignee.hazard_id)).where(col(HazardAssignee.released_at).is_(None))
    return union_all(
        select(col(Hazard.id)).where(col(Hazard.reported_by) == actor.person_id),
        named.where(col(HazardAssignee.person_id) == actor.person_id),
        named.where(col(HazardAssignee.person_id).is_(None), col(HazardAssignee.area_id).in_(held)),
    )


def _worked_on(actor: Actor, hazard_id: Any) -> ColumnElement[bool]:
    """Whether the actor had a hand in it: nobody looks at their own work."""
    mine = (
        select(literal(1))
        .where(
            col(HazardEvent.hazard_id) == hazard_id, col(HazardEvent.person_id) == actor.person_id,
            col(HazardEvent.step).in_(_WORK),
        )
        .correlate(hazard_id.table)
    )  # fmt: skip
    return mine.exists()


def _below(session: Session, actor: Actor, wanted: Wanted, root: Any) -> bool:
    """Whether there are areas to choose from."""
    return wanted.board is not Board.MINE and bool(access_areas.areas(session, actor, READ, root))


def _posts(session: Session, actor: Actor, root: Any, shown: Select[Any]) -> list[Facts]:
    """Posts with a place, of the area or of all areas the actor may see hazards of, and those of `shown`."""
    theirs = select(col(Hazard.post_id)).where(col(Hazard.id).in_(shown))
    within = access.visible(actor, READ, col(Area.path)) | col(Post.id).in_(theirs)
    if root is not None:
        within &= access.within(col(Area.path), root.path)
    rows = session.execute(
        select(col(Post.name), col(Post.latitude), col(Post.longitude))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(within, col(Post.removed_at).is_(None), col(Post.latitude).is_not(None))
        .order_by(col(Area.position), col(Area.id), col(Post.code))
        .limit(MOST_POSTS)
    )
    return [dict(row._mapping) for row in rows]


def _name(category: str, settings: Settings) -> Facts:
    """What a category is called; empty: all of them."""
    if not category:
        return {}
    known = next((kind for kind in settings.hazards.categories if kind.code == category), None)
    if known is None:
        raise Refused("button-stale")
    return known.label
