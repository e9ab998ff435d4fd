"""The equipment of a post: what there is besides what the settings name, and how each crew left it to the
next."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work, audit
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.handover.notices import Equipment
from bot.storage.database import insert_new
from bot.storage.rows import all_of, columns
from models import Area, Handover, HandoverThing, Post, PostThing, Shift, ThingState

# What a tap on a thing says of it next.
_NEXT = {
    ThingState.THERE: ThingState.MISSING,
    ThingState.MISSING: ThingState.BROKEN,
    ThingState.BROKEN: ThingState.THERE,
}
SET = "handover.equip"
# As many as a form has buttons for.
MOST_POSTS = 18


class OwnThing(Struct):
    """What a post has besides what the settings name; `pieces`: how many."""

    id: int
    name: str
    pieces: int


class EquippedPost(Struct):
    """A post whose list the actor may set."""

    id: int
    name: str
    area: str


def things_of(session: Session, handover_id: int) -> list[Equipment]:
    """The equipment of a handover."""
    here = col(HandoverThing.handover_id) == handover_id
    found = select(*columns(Equipment, HandoverThing)).where(here)
    return all_of(session, Equipment, found.order_by(col(HandoverThing.id)))


def turn(session: Session, handover_id: int, code: str, *, gives: bool) -> bool:
    """Let who hands over (`gives`), or who takes over, say the next thing of this; found as given is no
    difference. False where it is not on the list."""
    row = next((row for row in things_of(session, handover_id) if row.code == code), None)
    if row is None:
        return False
    state = _NEXT[ThingState(row.given if gives else row.found or row.given)]
    values = {"given": state} if gives else {"found": None if state == row.given else state}
    here = (col(HandoverThing.handover_id) == handover_id, col(HandoverThing.code) == code)
    session.execute(update(HandoverThing).where(*here).values(**values))
    return True


def own_of(session: Session, post_id: int) -> list[OwnThing]:
    """What a post has besides what the settings name."""
    found = (
        select(*columns(OwnThing, PostThing, pieces=col(PostThing.count)))
        .where(col(PostThing.post_id) == post_id)
        .order_by(col(PostThing.id))
    )
    return all_of(session, OwnThing, found)


def set_own(session: Session, post_id: int, things: Mapping[str, int]) -> None:
    """Let a post have exactly these besides what the settings name; what stays keeps its number."""
    known = {row.name for row in own_of(session, post_id)}
    gone = (col(PostThing.post_id) == post_id, col(PostThing.name).not_in(list(things)))
    session.execute(delete(PostThing).where(*gone))
    for name, count in things.items():
        here = (col(PostThing.post_id) == post_id, col(PostThing.name) == name)
        if name in known:
            session.execute(update(PostThing).where(*here).values(count=count))
        else:
            session.execute(insert(PostThing).values(post_id=post_id, name=name, count=count))


def lay_out(work: Work, number: int, shift_id: int, post_id: int) -> None:
    """List the equipment of the settings and of the post in a handover, each as the last one left it."""
    line, duty_type = work.session.execute(
        select(col(Post.line), col(Shift.duty_type))
        .join(Shift, col(Shift.post_id) == col(Post.id))
        .where(col(Shift.id) == shift_id)
    ).one()
    before = _last_states(work.session, number, post_id)
    named = work.settings.handover.equipment_for(line, duty_type)
    listed = [(each.code, each.zh_CN, each.en, each.count) for each in named]
    listed += [(f"p{row.id}", row.name, row.name, row.pieces) for row in own_of(work.session, post_id)]
    rows = [
        {
            "handover_id": number, "code": code, "zh_CN": zh, "en": en, "count": count,
            "given": before.get(code, ThingState.THERE),
        }
        for code, zh, en, count in listed
    ]  # fmt: skip
    insert_new(work.session, HandoverThing, rows)


def _last_states(session: Session, number: int, post_id: int) -> dict[str, str]:
    """How each thing was found, or else given, when the post was handed over last."""
    last = (
        select(col(Handover.id))
        .where(col(Handover.post_id) == post_id, col(Handover.id) != number)
        .order_by(col(Handover.due_at).desc(), col(Handover.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(col(HandoverThing.code), col(HandoverThing.given), col(HandoverThing.found)).where(
            col(HandoverThing.handover_id) == last
        )
    )
    return {row.code: row.found or row.given for row in rows}


def require_may(work: Work) -> None:
    """Go on if there is a post whose list is the actor's to set. Raises Refused, or NotAllowed."""
    access.require_anywhere(work.actor, SET)
    if not posts(work):
        raise Refused("rotation-no-posts")


def posts(work: Work) -> list[EquippedPost]:
    """The posts whose list the actor may set, in the order of the roster."""
    found = (
        select(*columns(EquippedPost, Post, area=col(Area.name)))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(access.visible(work.actor, SET, col(Area.path)), col(Post.removed_at).is_(None))
        .order_by(col(Area.position), col(Post.code))
        .limit(MOST_POSTS)
    )
    return all_of(work.session, EquippedPost, found)


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
    set_own(work.session, post_id, things)
    audit.record(work, SET, f"post:{post_id}", things=dict(things))
    return str(row.name)
