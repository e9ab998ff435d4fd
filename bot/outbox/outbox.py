"""The outbox: what is to be said is stored with what happened, and sent afterwards.

Rows gather in the session and are inserted together just before its commit, so that a batch of
updates costs one statement; `mark` and `cut` undo those of one update that failed.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, String, case, cast, delete, event, func, literal, select, text, update
from sqlmodel import Session, col

from bot.access import Actor, Work
from bot.base.facts import Struct
from bot.outbox.notices import (
    POLICIES,
    CommandsMenu,
    KeysGone,
    Lane,
    Leave,
    Living,
    Notice,
    Quiet,
    policy_for,
)
from bot.settings import Settings
from bot.storage.database import insert_new, upsert
from bot.storage.rows import Expression
from models import Account, Card, OutboxRow, OutboxState, OutboxVerb, Person, Reach
from models.columns import MOMENT

_BUFFER, _CAP = "outbox", "outbox_cap"
# What messages are filed under on which pages are turned.
_SCREEN = "screen:"
# What nobody asked for: only of these a person gets so many a day.
UNASKED = Lane.REMINDER
# One version on; what only lies there, and was never to be sent, goes on lying there.
NEXT = case((col(Card.wanted) == 0, 0), else_=col(Card.wanted) + 1)


class Recipient(Struct):
    """A chat to write to, through which bot, in which language; `thread_id` is a topic of a group."""

    bot: int
    chat_id: int
    locale: str
    person_id: int | None = None
    thread_id: int | None = None


def recipient_of(actor: Actor) -> Recipient:
    """The chat of the one who acts."""
    return Recipient(actor.bot, actor.chat_id, actor.locale, actor.person_id or None)


def recipients_of(session: Session, person_ids: Iterable[int]) -> list[Recipient]:
    """The chats in which these people can be reached now."""
    rows = session.execute(
        select(
            col(Account.bot), col(Account.chat_id), col(Account.language), col(Person.language),
            col(Person.id),
        )
        .join(Person, col(Person.id) == Account.person_id)
        .where(
            col(Account.person_id).in_(list(person_ids)), col(Account.reach) == Reach.OK,
            col(Person.removed_at).is_(None),
        )
        .order_by(col(Account.id))
    )  # fmt: skip
    return [
        Recipient(bot, chat, own or general or "zh_CN", person) for bot, chat, own, general, person in rows
    ]


def enqueue(
    work: Work,
    notice: Notice,
    to: Recipient,
    key: str,
    *,
    deadline: datetime | None = None,
    reply_to: int | None = None,
) -> None:
    """Say this once: a second enqueueing under the same key does nothing.

    In quiet hours, what is held waits for their end.
    """
    policy = policy_for(notice)
    due_at = held_until(notice, work.now, work.settings)
    work.session.info[_CAP] = (work.settings, work.now)
    row = _row(OutboxVerb.SEND, policy.lane, notice, to, key, work.now)
    row |= {"deadline": deadline, "reply_to": reply_to}
    _buffer(work.session).append(row | {"due_at": due_at, "state": OutboxState.HELD} if due_at else row)


def tell(work: Work, person_ids: Iterable[int], notice: Notice, key: str) -> None:
    """Say this once to each of these people, in every chat in which they can be reached now."""
    for to in recipients_of(work.session, person_ids):
        enqueue(work, notice, to, f"{key}:{to.bot}:{to.chat_id}")


def set_commands(session: Session, to: Recipient, roles: list[str], key: str, now: datetime) -> None:
    """Give a chat the menu of commands for these roles, in its language."""
    menu = CommandsMenu(tuple(roles))
    _buffer(session).append(_row(OutboxVerb.COMMANDS, Lane.REMINDER, menu, to, key, now))


def leave(session: Session, to: Recipient, key: str, now: datetime) -> None:
    """Leave a group."""
    _buffer(session).append(_row(OutboxVerb.LEAVE, Lane.REPLY, Leave(), to, key, now))


def show(work: Work, subject: str, notice: Notice, *to: Recipient) -> None:
    """Let these chats' living messages about the subject show these facts: sent once, then edited."""
    due_at = held_until(notice, work.now, work.settings) or work.now
    names = ("kind", "facts", "locale", "due_at")
    newest = {name: text(f"excluded.{name}") for name in names} | {"wanted": text("card.wanted + 1")}
    rows = [_card(each, subject, notice, due_at) for each in to]
    upsert(work.session, Card, rows, ["bot", "chat_id", "subject"], newest)


def show_to(work: Work, person_ids: Iterable[int], subject: str, notice: Notice) -> None:
    """Let these people's living messages about the subject show this, where they can be reached now."""
    for to in recipients_of(work.session, person_ids):
        show(work, subject, notice, to)


def lay(session: Session, subject: str, notice: Notice, to: Recipient, now: datetime) -> None:
    """Give this chat a living message about the subject without sending it: another message leads there, and
    a tap brings it. Does nothing where the chat has one."""
    insert_new(session, Card, [_card(to, subject, notice, now) | {"wanted": 0}])


def show_again(
    session: Session, subject: str, notice: Notice, now: datetime, person_id: int | None = None
) -> None:
    """Let every chat that has a living message about the subject show these facts instead; `person_id`:
    this person's chats alone.

    An edit does not ring, so it goes even in quiet hours; what was not sent yet keeps its time.
    """
    mine = (col(Card.person_id) == person_id,) if person_id is not None else ()
    values = {"kind": notice.kind, "facts": notice, "wanted": NEXT, "due_at": _unless_waiting(now)}
    session.execute(update(Card).where(col(Card.subject) == subject, *mine).values(**values))


def refresh(session: Session, subject: str, now: datetime) -> None:
    """Let every chat see a subject as it is now, where it was shown or is on its way: what is told of it is
    read anew. What was not sent yet keeps its time."""
    values = {"wanted": NEXT, "due_at": _unless_waiting(now)}
    session.execute(update(Card).where(col(Card.subject) == subject).values(**values))


def _unless_waiting(now: datetime) -> Expression:
    """Now, where it was sent. With its type: a moment of any time zone is written in UTC."""
    return case((col(Card.message_id).is_(None), col(Card.due_at)), else_=literal(now, MOMENT))


def adopt_message_id(session: Session, to: Recipient, begins: str, message_id: int, now: datetime) -> None:
    """A chat has this message about a subject that begins like this. If no card knows it, it belongs to the
    first of those that were sent without a word whether they arrived."""
    here = (col(Card.bot) == to.bot, col(Card.chat_id) == to.chat_id)
    these = (*here, col(Card.subject) >= begins, col(Card.subject) < begins + "~")
    known = select(col(Card.id)).where(*here, col(Card.message_id) == message_id)
    if session.execute(known).first():
        return
    unsure = select(func.min(col(Card.id))).where(*these, col(Card.message_id).is_(None), col(Card.shown) > 0)
    session.execute(
        update(Card)
        .where(col(Card.id) == unsure.scalar_subquery())
        .values(message_id=message_id, sent_at=now)
    )


def retire(
    session: Session, subject: str, notice: Notice, now: datetime, person_id: int | None = None
) -> None:
    """Let the messages about the subject that were sent show this for good: the next one is sent anew.
    `person_id`: in this person's chats alone."""
    mine = (col(Card.person_id) == person_id,) if person_id is not None else ()
    session.execute(
        update(Card)
        .where(col(Card.subject) == subject, col(Card.message_id).is_not(None), *mine)
        .values(
            subject=literal(f"{subject}:") + cast(col(Card.message_id), String), kind=notice.kind,
            facts=notice, wanted=col(Card.wanted) + 1, due_at=now,
            # A kind of its own may wait for what is more urgent.
            lane=int(policy_for(notice).lane) if notice.kind in POLICIES else col(Card.lane),
        )
    )  # fmt: skip


def close(session: Session, living: Living, now: datetime) -> None:
    """Let the living message about the subject show this for good, wherever it is, and be it only on
    its way."""
    retire(session, living.subject, living.notice, now)
    show_again(session, living.subject, living.notice, now)


def show_in(
    session: Session, notice: Notice, to: Recipient, message_id: int, shape: str, now: datetime
) -> None:
    """Let this message of ours show these facts instead; `shape`: what it is now, as `calls.shape` says.
    Where it cannot be edited into them, they are sent anew in its place."""
    known = _card_of(session, to, message_id)
    row = _card(to, known.subject if known else f"{_SCREEN}{message_id}", notice, now)
    if known and isinstance(notice, KeysGone):
        # What the message showed stays known: a hazard is still found by it.
        row["facts"] = known.facts
    row |= {"message_id": message_id, "content_hash": f"{shape}:", "sent_at": now}
    _upsert(session, row, "kind", "facts", "locale", "lane", "due_at")


def page_shown(session: Session, to: Recipient, message_id: int) -> str:
    """The kind of what this message shows that the chat had asked for; empty for what came unasked, for the
    living message of a subject, and for what nobody knows."""
    card = _card_of(session, to, message_id)
    if card:
        return str(card.kind) if card.subject.startswith(_SCREEN) else ""
    newest = (
        select(col(OutboxRow.kind), col(OutboxRow.lane))
        .where(col(OutboxRow.chat_id) == to.chat_id, col(OutboxRow.message_id) == message_id)
        .where(col(OutboxRow.bot) == to.bot)
        .order_by(col(OutboxRow.id).desc())
        .limit(1)
    )
    row = session.execute(newest).first()
    return str(row.kind) if row and row.lane == Lane.REPLY else ""


def tapped(session: Session, to: Recipient, subject: str, message_id: int, now: datetime) -> bool:
    """Somebody has pressed a button of this message about the subject: whether a living message is known.

    Of two that may have arrived, the one with the finger on it goes on; the other loses its buttons. One that
    is over, and only has not lost its buttons yet, does not come back.
    """
    here = (col(Card.bot) == to.bot, col(Card.chat_id) == to.chat_id)
    card = session.execute(
        select(col(Card.id), col(Card.message_id)).where(*here, col(Card.subject) == subject)
    ).first()
    if card is None or message_id in (0, card.message_id):
        return card is not None
    if _card_of(session, to, message_id):
        return True
    values = {"message_id": message_id, "sent_at": func.coalesce(col(Card.sent_at), now)}
    session.execute(update(Card).where(col(Card.id) == card.id).values(**values))
    if card.message_id is not None:
        take_keys(session, to, card.message_id, now)
    return True


def is_living(session: Session, to: Recipient, subject: str) -> bool:
    """Whether the chat has, or is about to have, a living message about the subject."""
    here = (col(Card.bot) == to.bot, col(Card.chat_id) == to.chat_id, col(Card.subject) == subject)
    return session.execute(select(col(Card.id)).where(*here)).first() is not None


def take_keys(session: Session, to: Recipient, message_id: int, now: datetime) -> None:
    """Take the buttons off a message that no living message knows."""
    if _card_of(session, to, message_id) is None:
        show_in(session, KeysGone(), to, message_id, "", now)


def use_up_keys(session: Session, to: Recipient, message_id: int, now: datetime) -> None:
    """Take the buttons off a message that was sent for good; living ones say themselves what they offer."""
    card = _card_of(session, to, message_id)
    if card is None or card.subject.startswith((_SCREEN, "form:")):
        show_in(session, KeysGone(), to, message_id, "", now)


def _card_of(session: Session, to: Recipient, message_id: int) -> Row[Any] | None:
    """The newest living message that is this one."""
    here = (col(Card.bot) == to.bot, col(Card.chat_id) == to.chat_id, col(Card.message_id) == message_id)
    adopt_message_id = select(col(Card.subject), col(Card.kind), col(Card.facts)).where(*here)
    return session.execute(adopt_message_id.order_by(col(Card.id).desc()).limit(1)).first()


def drop_waiting(session: Session, person_id: int | None) -> None:
    """Send a person nothing of what waits: the chats are no longer theirs."""
    # Written like the partial indexes, so that what was sent long ago is not looked through.
    for waiting in (text("state = 'pending'"), text("state = 'held'")):
        theirs = update(OutboxRow).where(col(OutboxRow.person_id) == person_id, waiting)
        session.connection().execute(theirs.values(state=OutboxState.DROPPED))
    session.execute(delete(Card).where(col(Card.person_id) == person_id))


def drop_waiting_for(session: Session, bot: int, chat_id: int) -> None:
    """Send this chat nothing of what waits, and no living message for the first time."""
    here = (col(OutboxRow.bot) == bot, col(OutboxRow.chat_id) == chat_id)
    for waiting in (text("state = 'pending'"), text("state = 'held'")):
        theirs = update(OutboxRow).where(*here, waiting)
        session.connection().execute(theirs.values(state=OutboxState.DROPPED))
    session.execute(
        delete(Card).where(col(Card.bot) == bot, col(Card.chat_id) == chat_id, col(Card.message_id).is_(None))
    )


def drop_held(session: Session, subject: str, now: datetime) -> None:
    """Nobody is to be shown this subject any more for whom its first message waits for its time."""
    waits = (col(Card.subject) == subject, col(Card.message_id).is_(None), col(Card.due_at) > now)
    session.execute(delete(Card).where(*waits))


def quiet_until(settings: Settings, now: datetime) -> datetime | None:
    """The end of the quiet hours that `now` lies in; None outside them."""
    local = now.astimezone(settings.work.zone)
    start, end, clock = settings.quiet.start, settings.quiet.end, local.time()
    inside = start <= clock < end if start <= end else (clock >= start or clock < end)
    if start == end or not inside:
        return None
    day = local.date() + timedelta(days=1 if clock >= end else 0)
    # Where the clock is put back, the same hour comes twice: its end is that of the second one.
    end = end.replace(fold=local.fold)
    return datetime.combine(day, end, tzinfo=settings.work.zone).astimezone(now.tzinfo)


def held_until(notice: Notice, now: datetime, settings: Settings) -> datetime | None:
    """Until when quiet hours hold this notice; None where it goes at once."""
    return quiet_until(settings, now) if policy_for(notice).quiet is Quiet.HELD else None


def checkpoint(session: Session) -> int:
    """Where the session's rows stand now; for `cut`."""
    return len(_buffer(session))


def rollback_to(session: Session, to: int) -> None:
    """Forget the rows added since the mark: their update was undone."""
    del _buffer(session)[to:]


def _card(to: Recipient, subject: str, notice: Notice, due_at: datetime) -> dict[str, Any]:
    return {
        "bot": to.bot, "chat_id": to.chat_id, "person_id": to.person_id, "locale": to.locale,
        "subject": subject, "kind": notice.kind, "facts": notice,
        "lane": int(policy_for(notice).lane), "due_at": due_at, "wanted": 1, "shown": 0, "attempts": 0,
    }  # fmt: skip


def _upsert(session: Session, row: dict[str, Any], *changed: str) -> None:
    """Put the card there; where the chat has one about the subject, these columns of it change."""
    values = {**{name: row[name] for name in changed}, "wanted": text("card.wanted + 1")}
    upsert(session, Card, [row], ["bot", "chat_id", "subject"], values)


def _row(
    verb: OutboxVerb, lane: Lane, notice: Notice, to: Recipient, key: str, now: datetime
) -> dict[str, Any]:
    return {
        "bot": to.bot, "key": key, "verb": verb, "lane": int(lane), "kind": notice.kind,
        "facts": notice, "chat_id": to.chat_id, "person_id": to.person_id, "locale": to.locale,
        "created_at": now, "due_at": now, "deadline": None, "reply_to": None,
        "thread_id": to.thread_id,
        "state": OutboxState.PENDING, "attempts": 0,
    }  # fmt: skip


def _buffer(session: Session) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = session.info.setdefault(_BUFFER, [])
    return rows


def _morning_after(settings: Settings, now: datetime) -> datetime:
    """When what is too much for today is told."""
    tomorrow = now.astimezone(settings.work.zone).date() + timedelta(days=1)
    morning = datetime.combine(tomorrow, settings.quiet.end, tzinfo=settings.work.zone)
    return morning.astimezone(now.tzinfo)


def _cap(session: Session, rows: list[dict[str, Any]]) -> None:
    """Hold until the morning what is more than a person gets unasked in a day."""
    told: tuple[Settings, datetime] | None = session.info.pop(_CAP, None)
    unasked = [row for row in rows if row["lane"] >= UNASKED and row["person_id"]]
    if told is None or not unasked:
        return
    settings, now = told
    local = now.astimezone(settings.work.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)
    people = {row["person_id"] for row in unasked}
    # Written like the partial index, so that it is used.
    of_today = (text("lane >= 3"), col(OutboxRow.created_at) >= midnight)
    counted = select(col(OutboxRow.person_id), func.count()).where(
        *of_today, col(OutboxRow.person_id).in_(people)
    )
    per_person = session.execute(counted.group_by(col(OutboxRow.person_id)))
    counts: dict[int, int] = {person_id or 0: count for person_id, count in per_person}
    for row in unasked:
        counts[row["person_id"]] = count = counts.get(row["person_id"], 0) + 1
        if count > settings.reminders.daily_cap and row["deadline"] is None:
            row |= {"due_at": _morning_after(settings, now), "state": OutboxState.HELD}


@event.listens_for(Session, "before_commit")
def _insert_rows(session: Session) -> None:
    rows = session.info.pop(_BUFFER, None)
    if rows:
        _cap(session, rows)
        insert_new(session, OutboxRow, rows)
