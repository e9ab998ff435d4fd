"""Groups that get an area's summaries: bound and unbound by a supervisor, forgotten when the bot is out."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session, col

from bot import access, audit
from bot.access import Actor, Thing
from bot.database import upsert
from bot.errors import Refused
from bot.notices import Facts
from bot.services.accounts import own
from bot.settings import Settings
from models import Area, BoundGroup

BIND = "group.bind"


def bind(
    session: Session, actor: Actor, chat_id: int, title: str, code: str, *, now: datetime,
    settings: Settings,
) -> Facts:  # fmt: skip
    """Let an area's summaries go to this group: the actor's own area, or the one with this code below it.

    Raises NotAllowed where the area is not the actor's, Refused for a code that no area below has.
    """
    paths = sorted({h.path for h in actor.holdings if access.allows(actor, BIND, Thing(h.path))}, key=len)
    access.require(actor, BIND, Thing(paths[0] if paths else actor.path))
    wanted = col(Area.code) == code if code else col(Area.path) == paths[0]
    area = session.execute(
        select(col(Area.id), col(Area.name), col(Area.path)).where(
            wanted, col(Area.removed_at).is_(None), access.visible(actor, BIND, col(Area.path))
        )
    ).first()
    if area is None:
        raise Refused("group-no-area", code=code)
    row = {
        "bot": actor.bot, "chat_id": chat_id, "title": title[:200], "area_id": area.id,
        "locale": actor.locale, "bound_by": actor.person_id, "bound_at": now,
    }  # fmt: skip
    upsert(session, BoundGroup, [row], ["bot", "chat_id"], row)
    audit.record(session, actor, BIND, area.path, now, chat=str(chat_id))
    return {"area": area.name}


def unbind(session: Session, actor: Actor, chat_id: int, *, now: datetime) -> Facts:
    """Let no more summaries go to this group. Raises NotAllowed; Refused where it is not bound."""
    row = session.execute(
        select(col(Area.path), col(Area.name))
        .join(BoundGroup, col(BoundGroup.area_id) == col(Area.id))
        .where(col(BoundGroup.bot) == actor.bot, col(BoundGroup.chat_id) == chat_id)
    ).first()
    if row is None:
        access.require(actor, BIND, Thing(actor.path))
        raise Refused("group-not-bound")
    access.require(actor, BIND, Thing(row.path))
    session.execute(delete(BoundGroup).where(*_is(actor.bot, chat_id)))
    audit.record(session, actor, "group.unbind", row.path, now, chat=str(chat_id))
    return {"area": row.name}


def forget(session: Session, actor: Actor, chat_id: int, *, now: datetime) -> None:
    """The bot is no longer in the group, whoever saw to that."""
    access.require(actor, "group.forget", Thing())
    gone = session.connection().execute(delete(BoundGroup).where(*_is(actor.bot, chat_id)))
    if gone.rowcount:
        audit.record(session, actor, "group.forget", f"group:{chat_id}", now)


def move(session: Session, actor: Actor, chat_id: int, new_chat_id: int) -> None:
    """The group has become a supergroup, with another number."""
    access.require(actor, "group.forget", Thing())
    session.execute(delete(BoundGroup).where(*_is(actor.bot, new_chat_id)))
    session.execute(update(BoundGroup).where(*_is(actor.bot, chat_id)).values(chat_id=new_chat_id))


def lines(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """The groups that a person has bound, for `/mydata`."""
    access.require(actor, "person.read_own", own(actor))
    rows = session.execute(
        select(col(BoundGroup.title), col(BoundGroup.bound_at), col(Area.name))
        .join(Area, col(Area.id) == col(BoundGroup.area_id))
        .where(col(BoundGroup.bound_by) == actor.person_id)
        .order_by(col(BoundGroup.id))
    )
    for title, bound_at, area in rows:
        words = {"title": title, "area": area}
        yield {"what": "group", "words": words, "times": {"at": bound_at}, "keys": {}}


def _is(bot: int, chat_id: int) -> tuple[ColumnElement[bool], ...]:
    return (col(BoundGroup.bot) == bot, col(BoundGroup.chat_id) == chat_id)
