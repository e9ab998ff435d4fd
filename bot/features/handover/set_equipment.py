"""What a post hands over besides what the settings name, as its supervisors say."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit
from bot.base.errors import Refused
from bot.features.handover import equipment
from models import Area, Post

SET = "handover.equip"
# As many as a form has buttons for.
MOST_POSTS = 18


def require_may(session: Session, actor: Actor) -> None:
    """Go on if there is a post whose list is the actor's to set. Raises Refused, or NotAllowed."""
    if not any(access.allows(actor, SET, Resource(held.path)) for held in actor.holdings):
        access.require(actor, SET, Resource(actor.path))
    if not posts(session, actor):
        raise Refused("rotation-no-posts")


def posts(session: Session, actor: Actor) -> list[Row[Any]]:
    """The posts whose list the actor may set, in the order of the roster: id, name, area."""
    found: Select[*tuple[Any, ...]] = (
        select(col(Post.id), col(Post.name), col(Area.name).label("area"))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(access.visible(actor, SET, col(Area.path)), col(Post.removed_at).is_(None))
        .order_by(col(Area.position), col(Post.code))
        .limit(MOST_POSTS)
    )
    return list(session.execute(found))


def set_things(work: Work, post_id: int, things: Mapping[str, int]) -> str:
    """Let a post have exactly these things of its own, by name with how many; its name. From the next
    handover on."""
    row = work.session.execute(
        select(col(Post.name), col(Area.path))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(col(Post.id) == post_id, col(Post.removed_at).is_(None))
    ).first()
    if row is None:
        raise Refused("button-stale")
    access.require(work.actor, SET, Resource(row.path))
    equipment.set_own(work.session, post_id, things)
    audit.record(work.session, work.actor, SET, f"post:{post_id}", work.now, things=dict(things))
    return str(row.name)
