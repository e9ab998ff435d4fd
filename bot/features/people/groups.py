"""Groups that get an area's summaries: bound and unbound by a supervisor, forgotten when the bot is out."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.people.notices import GroupBound, GroupTaken, GroupTopicGone, GroupUnbound
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.storage.database import insert_new
from bot.storage.rows import Expression, first_of
from models import Area, BoundGroup, Person

BIND = "group.bind"
# So many are named who may release a group.
RELEASERS = 3


class GroupSpot(Struct):
    """Where summaries are to go: a group, and a topic of it (None: the general one)."""

    chat_id: int
    title: str = ""
    thread_id: int | None = None


class _AreaToBind(Struct):
    id: int
    name: str
    path: str


class _Bound(Struct):
    """The area whose summaries a group gets, and who saw to that."""

    path: str
    name: str
    bound_by: int


def bind(work: Work, spot: GroupSpot, code: str) -> GroupBound:
    """Let an area's summaries go to this group: the actor's own area, or the one with this code below it.

    Raises NotAllowed where the area is not the actor's, Refused for a code that no area below has, and where
    the group gets the summaries of an area that is not the actor's: whoever may, releases it first.
    """
    area = _area_to_bind(work.session, work.actor, code)
    row = {
        "bot": work.actor.bot, "chat_id": spot.chat_id, "thread_id": spot.thread_id,
        "title": spot.title[:200],
        "area_id": area.id, "locale": work.actor.locale, "bound_by": work.actor.person_id,
        "bound_at": work.now,
    }  # fmt: skip
    # Of two at once, the second finds what the first wrote.
    insert_new(work.session, BoundGroup, [row])
    bound = _bound(work.session, work.actor.bot, spot.chat_id)
    assert bound
    _require_free(work.session, work.actor, bound)
    work.session.execute(update(BoundGroup).where(*_is(work.actor.bot, spot.chat_id)).values(**row))
    audit.record(work, BIND, area.path, chat=str(spot.chat_id))
    if bound.bound_by != work.actor.person_id:
        taken = GroupTaken(spot.title[:200], bound.name, work.actor.name, area.name)
        _tell(work, bound.bound_by, taken, spot.chat_id)
    return GroupBound(area.name, topic=spot.thread_id is not None)


def _area_to_bind(session: Session, actor: Actor, code: str) -> _AreaToBind:
    """The area meant."""
    paths = sorted({h.path for h in actor.holdings if access.allows(actor, BIND, Resource(h.path))}, key=len)
    access.require(actor, BIND, Resource(paths[0] if paths else actor.path))
    wanted = col(Area.code) == code if code else col(Area.path) == paths[0]
    found = select(col(Area.id), col(Area.name), col(Area.path)).where(
        wanted, col(Area.removed_at).is_(None), access.visible(actor, BIND, col(Area.path))
    )
    area = first_of(session, _AreaToBind, found)
    if area is None:
        raise Refused("group-no-area", code=code)
    return area


def _bound(session: Session, bot: int, chat_id: int) -> _Bound | None:
    """To whom a group belongs; nobody else changes it meanwhile."""
    found = (
        select(col(Area.path), col(Area.name), col(BoundGroup.bound_by))
        .join(BoundGroup, col(BoundGroup.area_id) == col(Area.id))
        .where(*_is(bot, chat_id))
    )
    return first_of(session, _Bound, found.with_for_update())


def _require_free(session: Session, actor: Actor, bound: _Bound) -> None:
    """Refused where the group is another's who still answers for it; who may release it is named."""
    if access.allows(actor, BIND, Resource(bound.path)):
        return
    may = [person for person, _ in access.people_with(session, BIND, bound.path)]
    if bound.bound_by not in may:
        # It gets no summaries any more.
        return
    asked = [bound.bound_by, *(person for person in may if person != bound.bound_by)][:RELEASERS]
    rows = session.execute(select(col(Person.id), col(Person.name)).where(col(Person.id).in_(asked)))
    names: dict[int | None, str] = {row.id: row.name for row in rows}
    name, *others = [names[person] for person in asked]
    if others:
        raise Refused("group-bound-by-others", area=bound.name, name=name, others="、".join(others))
    raise Refused("group-bound-by", area=bound.name, name=name)


def topic_gone(work: Work, chat_id: int, thread_id: int) -> None:
    """A topic is no more, or closed: from now on summaries go to the group as a whole; whoever bound it
    learns of that."""
    access.require(work.actor, "person.notify", Resource())
    here = (*_is(work.settings.bot_id, chat_id), col(BoundGroup.thread_id) == thread_id)
    row = work.session.execute(select(col(BoundGroup.title), col(BoundGroup.bound_by)).where(*here)).first()
    if row is None:
        return
    work.session.execute(update(BoundGroup).where(*here).values(thread_id=None))
    _tell(work, row.bound_by, GroupTopicGone(row.title), chat_id)


def _tell(work: Work, person: int, notice: Notice, chat_id: int) -> None:
    outbox.tell(work, [person], notice, f"{notice.kind}:{chat_id}:{work.now.timestamp():.0f}")


def unbind(work: Work, chat_id: int) -> GroupUnbound:
    """Let no more summaries go to this group. Raises NotAllowed; Refused where it is not bound."""
    row = _bound(work.session, work.actor.bot, chat_id)
    if row is None:
        access.require(work.actor, BIND, Resource(work.actor.path))
        raise Refused("group-not-bound")
    access.require(work.actor, BIND, Resource(row.path))
    work.session.execute(delete(BoundGroup).where(*_is(work.actor.bot, chat_id)))
    audit.record(work, "group.unbind", row.path, chat=str(chat_id))
    return GroupUnbound(row.name)


def forget(work: Work, chat_id: int) -> None:
    """The bot is no longer in the group, whoever saw to that."""
    access.require(work.actor, "group.forget", Resource())
    gone = work.session.connection().execute(delete(BoundGroup).where(*_is(work.actor.bot, chat_id)))
    if gone.rowcount:
        audit.record(work, "group.forget", f"group:{chat_id}")


def move(session: Session, actor: Actor, chat_id: int, new_chat_id: int) -> None:
    """The group has become a supergroup, with another number."""
    access.require(actor, "group.forget", Resource())
    session.execute(delete(BoundGroup).where(*_is(actor.bot, new_chat_id)))
    session.execute(update(BoundGroup).where(*_is(actor.bot, chat_id)).values(chat_id=new_chat_id))


def lines(own: OwnData) -> Iterable[Line]:
    """The groups that a person has bound, for `/mydata`."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    rows = own.session.execute(
        select(col(BoundGroup.title), col(BoundGroup.bound_at), col(Area.name))
        .join(Area, col(Area.id) == col(BoundGroup.area_id))
        .where(col(BoundGroup.bound_by) == own.actor.person_id)
        .order_by(col(BoundGroup.id))
    )
    for title, bound_at, area in rows:
        yield line("group", {"at": bound_at}, title=title, area=area)


def _is(bot: int, chat_id: int) -> tuple[Expression, ...]:
    return (col(BoundGroup.bot) == bot, col(BoundGroup.chat_id) == chat_id)
