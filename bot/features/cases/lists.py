"""Lists of open cases: one's own, those of an area, the overdue, those to be looked at."""

from dataclasses import replace

from sqlalchemy import Subquery, func, select, union
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, areas, self_of
from bot.access.areas import AreaRow
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases.case import CaseKind, R
from bot.features.cases.life import Board
from bot.features.cases.notices import EVERY, CaseBoard, CaseBoardAreas, CountedArea, Label
from bot.storage.rows import Query
from models import Area

PAGE = 8
MINE, AREA = "mine", "area"
# Of more areas than this, the list is read by due time and the place of each is looked at; of fewer, what
# is open in each of them is read.
_FEW_AREAS = 1_000


class Wanted(Struct):
    """A page of a list: of all the actor's areas, or (`area_id`) of one; of one category, or all."""

    board: str
    area_id: int = 0
    category: str = ""
    offset: int = 0


def first(work: Work, kind: CaseKind[R]) -> CaseBoard:
    """The list a person begins with: that of the areas looked after; one's own where that is empty."""
    if AREA not in (board.name for board in boards_of(kind, work.actor)):
        return page(work, kind, Wanted(MINE))
    found = page(work, kind, Wanted(AREA))
    if found.total:
        return found
    own_ones = page(work, kind, Wanted(MINE))
    return own_ones if own_ones.total else found


def page(work: Work, kind: CaseKind[R], wanted: Wanted) -> CaseBoard:
    """A page, the soonest due first. Raises Refused for a list or an area that is not the actor's."""
    board, root = require(work, kind, wanted)
    these = open_of(work, kind, wanted, root.path if root else "")
    soonest = select(these.c.id).order_by(these.c.due_at, these.c.id)
    found = work.session.execute(soonest.offset(wanted.offset).limit(PAGE + 1)).scalars().all()
    if wanted.offset and not found:
        # What stood there is done by now.
        return page(work, kind, replace(wanted, offset=0))
    cases = kind.tables.cases.c
    rows = kind.listed().where(cases.id.in_(found[:PAGE])).order_by(cases.due_at, cases.id)
    below_it = bool(board.action) and bool(areas.areas(work.session, work.actor, kind.action("read"), root))
    return kind.notices.board(
        board=wanted.board, boards=tuple(each.name for each in boards_of(kind, work.actor)),
        area_id=wanted.area_id, area=root.name if root else "", category=wanted.category,
        offset=wanted.offset, size=PAGE, more=len(found) > PAGE,
        total=counted(work.session, these, kind.most_counted), most=kind.most_counted, below=below_it,
        rows=kind.page_lines(work.session, rows), narrowed=narrowed(work, kind, wanted.category),
    )  # fmt: skip


def below(work: Work, kind: CaseKind[R], wanted: Wanted) -> CaseBoardAreas:
    """The areas one level down, in the order of the roster, with how many cases of the list are open in each.
    Raises Refused as `page` does."""
    _, root = require(work, kind, wanted)
    children = areas.areas(work.session, work.actor, kind.action("read"), root)
    found = tuple(
        CountedArea(
            area.id, area.name,
            counted(work.session, open_of(work, kind, wanted, area.path), kind.most_counted),
        )
        for area in children[: areas.MOST]
    )  # fmt: skip
    return kind.notices.board_areas(
        board=wanted.board, category=wanted.category, area=root.name if root else "", areas=found,
        most=kind.most_counted,
    )  # fmt: skip


def narrowed(work: Work, kind: CaseKind[R], category: str) -> Label:
    """What a category is called; empty: all of them. Raises Refused for one that there is no more."""
    if not category:
        return {}
    known = (each for each in kind.settings(work.settings).categories if each.code == category)
    found = next(known, None)
    if found is None:
        raise Refused("button-stale")
    return found.label


def require(work: Work, kind: CaseKind[R], wanted: Wanted) -> tuple[Board, AreaRow | None]:
    """The list, and the area it is of (None: all of the actor's). Raises Refused."""
    board = next(each for each in kind.boards if each.name == wanted.board)
    if not board.action:
        access.require(work.actor, "person.read_own", self_of(work.actor))
        return board, None
    if not wanted.area_id:
        if board not in boards_of(kind, work.actor):
            access.require(work.actor, board.action, Resource(work.actor.path))
        return board, None
    area = areas.area_of(work.session, wanted.area_id)
    if area is None:
        raise Refused("button-stale")
    access.require(work.actor, board.action, Resource(area.path))
    return board, area


def boards_of(kind: CaseKind[R], actor: Actor) -> list[Board]:
    """Those that a person has."""
    return [
        board
        for board in kind.boards
        if not board.action
        or any(access.allows(actor, board.action, Resource(held.path)) for held in actor.holdings)
    ]


def open_of(work: Work, kind: CaseKind[R], wanted: Wanted, path: str) -> Subquery:
    """The open cases of a list, in no order: `id`, `due_at`, and where they have it `latitude`."""
    board = next(each for each in kind.boards if each.name == wanted.board)
    every, few = _within(work.session, kind, board, work.actor, path)
    # The limit keeps the database from looking for the due time first, and for the place of each then.
    there = every.limit(EVERY).subquery() if few else every.subquery()
    chosen = select(there)
    if board.states:
        chosen = chosen.where(there.c.state.in_(board.states))
    if board.late:
        chosen = chosen.where(there.c.due_at < work.now)
    if wanted.category:
        chosen = chosen.where(there.c.category == wanted.category)
    hidden = kind.hidden(board, work.actor, there.c.id)
    return (chosen if hidden is None else chosen.where(~hidden)).subquery()


def counted(session: Session, found: Subquery, most: int) -> int:
    """How many, as far as anybody counts."""
    chosen = select(func.count()).select_from(select(found.c.id).limit(most).subquery())
    return int(session.execute(chosen).scalar_one())


def _within(
    session: Session, kind: CaseKind[R], board: Board, actor: Actor, path: str
) -> tuple[Query, bool]:  # fmt: skip
    """What is open where the actor may look, and whether that is little beside all that is open."""
    cases = kind.tables.cases
    names = ("id", "due_at", "state", "category", *(("latitude",) if "latitude" in cases.c else ()))
    every = select(*(cases.c[name] for name in names)).where(cases.c.closed_at.is_(None))
    if not board.action:
        return every.where(cases.c.id.in_(kind.own(actor))), True
    seen = access.visible(actor, board.action, col(Area.path))
    if path:
        seen &= access.within(col(Area.path), path)
    areas_seen = select(col(Area.id)).where(seen)
    few = session.execute(areas_seen.limit(_FEW_AREAS + 1)).scalars().all()
    if len(few) > _FEW_AREAS:
        there = areas_seen.where(col(Area.id) == cases.c.area_id).correlate(cases)
        return every.where(there.exists()), False
    at_hand = every.where(cases.c.area_id.in_(few))
    # The post one stands at is one's own area too, wherever it is.
    posted = None if path or board.action != kind.action("read") else kind.posted(session, actor)
    if posted is None:
        return at_hand, True
    return select(union(at_hand, every.where(cases.c.id.in_(posted))).subquery()), True
