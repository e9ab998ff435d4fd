"""Lists of open requests: one's own, those of an area, the overdue."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, areas, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.requests import cards, repository
from bot.features.requests.cards import READ
from bot.features.requests.repository import REQUEST, TO_DO
from models import Area, ResidentRequest

PAGE = 8


class RequestBoard(StrEnum):
    """Which requests are listed."""

    # Registered by oneself, or to be seen to by oneself.
    MINE = "mine"
    AREA = "area"
    OVERDUE = "late"


@dataclass(frozen=True, slots=True)
class WantedRequests:
    """A page of a board: of all the actor's areas, or (`area_id`) of one."""

    board: RequestBoard
    area_id: int = 0
    offset: int = 0


def first(work: Work) -> Facts:
    """The board a person begins with: that of the areas looked after; one's own where that is empty."""
    mine = WantedRequests(RequestBoard.MINE)
    if RequestBoard.AREA not in _boards(work.actor):
        return page(work, mine)
    found = page(work, WantedRequests(RequestBoard.AREA))
    if found["total"]:
        return found
    own_ones = page(work, mine)
    return own_ones if own_ones["total"] else found


def page(work: Work, wanted: WantedRequests) -> Facts:
    """A page, the soonest due first. Raises Refused for a board or an area that is not the actor's."""
    root = _require(work.session, work.actor, wanted)
    board = _open(work, wanted, root.path if root else "")
    total = work.session.execute(select(func.count()).select_from(board.subquery())).scalar_one()
    soonest = board.order_by(col(ResidentRequest.due_at), col(ResidentRequest.id))
    rows = work.session.execute(soonest.offset(wanted.offset).limit(PAGE)).all()
    if wanted.offset and not rows:
        # What stood there is done by now.
        return page(work, replace(wanted, offset=0))
    return {
        "board": wanted.board, "boards": [str(each) for each in _boards(work.actor)], "total": total,
        "area_id": wanted.area_id, "area": root.name if root else "", "offset": wanted.offset, "size": PAGE,
        "rows": [_told(work.session, row) for row in rows],
        "below": wanted.board is not RequestBoard.MINE
        and bool(areas.areas(work.session, work.actor, READ, root)),
    }  # fmt: skip


def below(work: Work, wanted: WantedRequests) -> Facts:
    """The areas one level down, in the order of the roster, with how many requests of the board are open in
    each. Raises Refused as `page` does."""
    root = _require(work.session, work.actor, wanted)
    counted = []
    for area in areas.areas(work.session, work.actor, READ, root)[: areas.MOST]:
        there = _open(work, wanted, area.path).subquery()
        number = work.session.execute(select(func.count()).select_from(there)).scalar_one()
        counted.append({"area_id": area.id, "name": area.name, "count": number})
    return {"board": wanted.board, "area": root.name if root else "", "areas": counted}


def _told(session: Session, row: Any) -> Facts:
    """A row of a list, and who has it."""
    named = REQUEST.assignees(session, row.id)
    return dict(row._mapping) | {"named": [each.person or each.area for each in named]}


def _require(session: Session, actor: Actor, wanted: WantedRequests) -> Any:
    """The area of the board, None for all of the actor's. Raises Refused."""
    if wanted.board is RequestBoard.MINE:
        access.require(actor, "person.read_own", self_of(actor))
        return None
    if not wanted.area_id:
        if wanted.board not in _boards(actor):
            access.require(actor, READ, Resource(actor.path))
        return None
    area = areas.area_of(session, wanted.area_id)
    if area is None:
        raise Refused("button-stale")
    access.require(actor, READ, Resource(area.path))
    return area


def _boards(actor: Actor) -> list[RequestBoard]:
    """Those that a person has."""
    if any(access.allows(actor, READ, Resource(held.path)) for held in actor.holdings):
        return list(RequestBoard)
    return [RequestBoard.MINE]


def _open(work: Work, wanted: WantedRequests, path: str) -> Select[Any]:
    """The open requests of a board, in no order."""
    found: Select[Any] = cards.listed().where(col(ResidentRequest.closed_at).is_(None))
    if wanted.board is RequestBoard.MINE:
        mine = col(ResidentRequest.registered_by) == work.actor.person_id
        return found.where(or_(mine, REQUEST.named_for(work.actor)))
    seen = access.visible(work.actor, READ, col(Area.path))
    if path:
        found = found.where(seen, access.within(col(Area.path), path))
    else:
        posted = access.allows(work.actor, READ, Resource("", {Relation.POSTED: (work.actor.person_id,)}))
        found = found.where(or_(seen, repository.where_posted(work.session, work.actor)) if posted else seen)
    if wanted.board is RequestBoard.OVERDUE:
        found = found.where(col(ResidentRequest.state).in_(TO_DO), col(ResidentRequest.due_at) < work.now)
    return found
