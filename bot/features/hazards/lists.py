"""What lists of hazards have besides: their categories, and their map."""

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import Work, areas, audit
from bot.access.areas import AreaRow
from bot.base.errors import Refused
from bot.features.cases import lists
from bot.features.cases.lists import Wanted, counted, narrowed, open_of
from bot.features.hazards.notices import (
    HazardBoardKinds,
    HazardCategory,
    HazardMap,
    MappedHazard,
    MappedPlace,
)
from bot.features.hazards.repository import HAZARD
from bot.storage.rows import Query, all_of
from models import Area, Hazard, Post

MOST_MAPPED, MOST_POSTS = 500, 60


def kinds(work: Work, wanted: Wanted) -> HazardBoardKinds:
    """The categories a list can be narrowed to. Raises Refused as `page` does."""
    lists.require(work, HAZARD, wanted)
    known = tuple(HazardCategory(each.code, each.label) for each in work.settings.hazards.categories)
    return HazardBoardKinds(wanted.board, wanted.area_id, known)


def around(work: Work, wanted: Wanted) -> HazardMap:
    """What the map of a list shows: its hazards that have a place, the posts, how many have no place.

    Raises Refused as `page` does, and where coordinates are kept out of the chat.
    """
    if not work.settings.privacy.coordinates_in_chat:
        raise Refused("hazard-map-off")
    _, root = lists.require(work, HAZARD, wanted)
    board = open_of(work, HAZARD, wanted, root.path if root else "")
    placed = select(board.c.id).where(board.c.latitude.is_not(None))
    chosen = placed.order_by(board.c.due_at, board.c.id).limit(MOST_MAPPED)
    query = (
        select(
            col(Hazard.number), col(Hazard.severity), col(Hazard.state), col(Hazard.due_at),
            col(Hazard.latitude), col(Hazard.longitude),
        )
        .where(col(Hazard.id).in_(chosen))
        .order_by(col(Hazard.due_at), col(Hazard.id))
    )  # fmt: skip
    rows = tuple(all_of(work.session, MappedHazard, query))
    action = HAZARD.action("read")
    audit.record(work, action, f"area:{wanted.area_id}", map=len(rows))
    places = areas.places(work.session, root.id if root else None)
    return HazardMap(
        board=wanted.board, area=root.name if root else "", narrowed=narrowed(work, HAZARD, wanted.category),
        rows=rows, posts=_posts(work, root, chosen), places=tuple(MappedPlace(**each) for each in places),
        total=counted(work.session, board, 2 * MOST_MAPPED), most=2 * MOST_MAPPED,
    )  # fmt: skip


def _posts(work: Work, root: AreaRow | None, shown: Query) -> tuple[MappedPlace, ...]:
    """Posts with a place, of the area or of all areas the actor may see hazards of, and those of `shown`."""
    theirs = select(col(Hazard.post_id)).where(col(Hazard.id).in_(shown))
    within = access.visible(work.actor, HAZARD.action("read"), col(Area.path)) | col(Post.id).in_(theirs)
    if root is not None:
        within &= access.within(col(Area.path), root.path)
    query = (
        select(col(Post.name), col(Post.latitude), col(Post.longitude))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(within, col(Post.removed_at).is_(None), col(Post.latitude).is_not(None))
        .order_by(col(Area.position), col(Area.id), col(Post.code))
        .limit(MOST_POSTS)
    )
    return tuple(all_of(work.session, MappedPlace, query))
