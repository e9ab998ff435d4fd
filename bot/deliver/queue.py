"""The delivery queue: what deliver takes from the outbox, and what became of it: claim, settle."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import BindParameter, bindparam, func, or_, select, text, update
from sqlmodel import Session, col

from bot.base.facts import Facts, Struct
from bot.deliver.calls import Attached
from bot.outbox.notices import Lane
from bot.storage.database import unreadable, upsert
from bot.storage.rows import all_of
from bot.views import messages
from models import UNSETTLED, Account, Attachment, Card, OutboxRow, OutboxState, OutboxVerb, Reach
from models.columns import BIG

# Replies in one message, when there are more than can be sent.
MOST_MERGED = 5
# Replies that wait longer than this are late.
BEHIND = timedelta(seconds=5)
_BOX = OutboxRow.__table__  # type: ignore[attr-defined]
_CARDS = Card.__table__  # type: ignore[attr-defined]
_BOX_COLUMNS = [
    _BOX.c[name] for name in (
        "id", "verb", "lane", "kind", "facts", "chat_id", "person_id", "locale", "attempts", "deadline",
        "reply_to", "thread_id",
    )
]  # fmt: skip
_CARD_COLUMNS = [
    _CARDS.c[name] for name in (
        "id", "lane", "kind", "facts", "chat_id", "person_id", "locale", "attempts", "wanted", "message_id",
        "content_hash",
    )
]  # fmt: skip


@dataclass(slots=True)
class Delivery:
    """One thing to send: a row of the outbox, or a card that is to show something newer."""

    id: int
    lane: int
    kind: str
    facts: Facts
    chat_id: int
    person_id: int | None
    locale: str
    attempts: int
    verb: str = OutboxVerb.SEND
    deadline: datetime | None = None
    reply_to: int | None = None
    thread_id: int | None = None
    # A topic that is no more: it was sent to the group as a whole.
    lost_thread: int | None = None
    # For cards: the version this will show, and the message that shows the last one.
    wanted: int = 0
    message_id: int | None = None
    content_hash: str | None = None
    # Later replies to the same chat that may go in the same message.
    more: "list[Delivery]" = field(default_factory=list)


class Room(Struct):
    """What may be sent now: of these lanes, to none of the chats that are `busy`, so many at most."""

    bot: int
    now: datetime
    lanes: list[int]
    busy: list[int]
    most: int


def claim(session: Session, room: Room, apart: Collection[int] | None = None) -> list[Delivery]:
    """The next deliveries, one a chat, marked as being sent; none past its deadline.

    Where `apart` is given, replies take along those that wait behind them, but for chats in it.
    """
    asked = asdict(room)
    found = all_of(session, Delivery, _NEXT_ROWS, asked) + all_of(session, Delivery, _NEXT_CARDS, asked)
    found.sort(key=lambda delivery: (delivery.lane, delivery.wanted > 0, delivery.id))
    chosen: dict[int, Delivery] = {}
    for delivery in found:
        if len(chosen) < room.most:
            chosen.setdefault(delivery.chat_id, delivery)
    if apart is not None:
        _take_along(
            session, room.bot, [p for p in chosen.values() if _may_merge(p) and p.chat_id not in apart]
        )
    sending = [p.id for first in chosen.values() for p in (first, *first.more) if not p.wanted]
    if sending:
        session.connection().execute(_MARKED, {"ids": sending})
    _show_once(session, list(chosen.values()))
    return list(chosen.values())


def may_repeat(delivery: Delivery) -> bool:
    """Whether it may be sent again when nobody knows if it arrived."""
    return messages.travels(delivery.kind, delivery.facts).repeat


def _show_once(session: Session, deliveries: list[Delivery]) -> None:
    """A card that may not ring twice counts as shown from here on: after a crash it is not sent again."""
    once = [p.id for p in deliveries if p.wanted and not p.message_id and not may_repeat(p)]
    if once:
        session.connection().execute(_SHOWN, {"ids": once})


def _may_merge(delivery: Delivery) -> bool:
    placed = delivery.reply_to or delivery.thread_id
    plain = delivery.verb == OutboxVerb.SEND and not delivery.wanted and not placed and not delivery.deadline
    return plain and delivery.lane == Lane.REPLY


def _take_along(session: Session, bot: int, firsts: list[Delivery]) -> None:
    """Give each of these replies the next ones to its chat, in their order and without a gap."""
    for first in firsts:
        asked = {"bot": bot, "chat_id": first.chat_id, "after": first.id, "most": MOST_MERGED - 1}
        first.more = list(takewhile(_may_merge, all_of(session, Delivery, _BEHIND_IT, asked)))


_NEXT_ROWS = (
    select(*_BOX_COLUMNS)
    .where(
        _BOX.c.bot == bindparam("bot"),
        text("state = 'pending'"),
        _BOX.c.lane.in_(bindparam("lanes", expanding=True)),
        _BOX.c.chat_id.not_in(bindparam("busy", expanding=True)),
        or_(_BOX.c.deadline.is_(None), _BOX.c.deadline >= bindparam("now")),
    )
    .order_by(_BOX.c.lane, _BOX.c.id)
    .limit(bindparam("most"))
)
_BEHIND_IT = (
    select(*_BOX_COLUMNS)
    .where(
        _BOX.c.bot == bindparam("bot"),
        text("state = 'pending'"),
        _BOX.c.lane == int(Lane.REPLY),
        _BOX.c.chat_id == bindparam("chat_id"),
        _BOX.c.id > bindparam("after"),
    )
    .order_by(_BOX.c.id)
    .limit(bindparam("most"))
)
_NEXT_CARDS = (
    select(*_CARD_COLUMNS)
    .where(
        _CARDS.c.bot == bindparam("bot"),
        text("wanted > shown"),
        _CARDS.c.due_at <= bindparam("now"),
        _CARDS.c.lane.in_(bindparam("lanes", expanding=True)),
        _CARDS.c.chat_id.not_in(bindparam("busy", expanding=True)),
    )
    .order_by(_CARDS.c.lane, _CARDS.c.due_at)
    .limit(bindparam("most"))
)

# Made once: they run in every cycle, and making them takes longer than running them.
_THESE: BindParameter[Any] = bindparam("ids", expanding=True)
_MARKED = update(_BOX).where(_BOX.c.id.in_(_THESE)).values(state=OutboxState.SENDING)
_SHOWN = update(_CARDS).where(_CARDS.c.id.in_(_THESE)).values(shown=_CARDS.c.wanted)
_RELEASED = (
    update(_BOX)
    .where(_BOX.c.bot == bindparam("of_bot"), text("state = 'held'"), _BOX.c.due_at <= bindparam("now"))
    .values(state=OutboxState.PENDING)
)
_DROPPED = (
    update(_BOX)
    .where(_BOX.c.bot == bindparam("of_bot"), text("state = 'pending'"), _BOX.c.deadline < bindparam("now"))
    .values(state=OutboxState.DROPPED)
)


def set_aside_unreadable(session: Session, bot: int) -> dict[int, str]:
    """Let what waits, or was being sent, and cannot even be read out of the database count as failed; which
    rows, and why."""
    waiting = select(_BOX.c.id).where(_BOX.c.bot == bot, text("state in ('pending', 'sending')"))
    rows = unreadable(session, OutboxRow, list(session.connection().execute(waiting).scalars()))
    for number, why in rows.items():
        values = {"state": OutboxState.FAILED, "error": why}
        session.connection().execute(update(_BOX).where(_BOX.c.id == number).values(**values))
    showing = select(_CARDS.c.id).where(_CARDS.c.bot == bot, text("wanted > shown"))
    cards = unreadable(session, Card, list(session.connection().execute(showing).scalars()))
    for number, why in cards.items():
        changed = update(_CARDS).where(_CARDS.c.id == number)
        session.connection().execute(changed.values(shown=_CARDS.c.wanted, error=why))
    return rows | cards


def recover(session: Session, bot: int) -> int:
    """After a crash, what was being sent may have arrived: sent again where that is allowed. Counts them."""
    # Written like the partial index, so that what was sent long ago is not looked through.
    where = (_BOX.c.bot == bot, text(UNSETTLED), text("state = 'sending'"))
    found = session.connection().execute(select(_BOX.c.id, _BOX.c.kind, _BOX.c.facts).where(*where)).all()
    repeat = {row.id: messages.travels(row.kind, row.facts).repeat for row in found}
    for state, again in ((OutboxState.PENDING, True), (OutboxState.UNKNOWN, False)):
        ids = [number for number, may in repeat.items() if may is again]
        session.connection().execute(update(_BOX).where(_BOX.c.id.in_(ids)).values(state=state))
    return len(repeat)


def release_held(session: Session, bot: int, now: datetime) -> None:
    """What waited for its time becomes pending."""
    session.connection().execute(_RELEASED, {"of_bot": bot, "now": now})


def drop_late(session: Session, bot: int, now: datetime) -> None:
    """What is past its deadline is not sent any more."""
    session.connection().execute(_DROPPED, {"of_bot": bot, "now": now})


def replies_behind(session: Session, bot: int, now: datetime, resting: Sequence[int] = ()) -> bool:
    """Whether the oldest waiting reply has waited too long; chats at rest do not count."""
    oldest = session.connection().execute(_OLDEST_REPLY, {"bot": bot, "resting": list(resting)}).scalar()
    return oldest is not None and now - oldest > BEHIND


# The first in the index; the smallest time would be looked for among all.
_OLDEST_REPLY = (
    select(_BOX.c.created_at)
    .where(
        _BOX.c.bot == bindparam("bot"),
        text("state = 'pending'"),
        _BOX.c.lane == int(Lane.REPLY),
        _BOX.c.chat_id.not_in(bindparam("resting", expanding=True)),
    )
    .order_by(_BOX.c.id)
    .limit(1)
)


@dataclass(slots=True)
class Result:
    """What became of a delivery.

    `tried`: whether it counts as one of its attempts; `learnt`: what went up with
    it, to be sent by its id from now on."""

    delivery: Delivery
    state: OutboxState
    error: str | None = None
    message_id: int | None = None
    content_hash: str | None = None
    reach: Reach | None = None
    migrate_to: int | None = None
    tried: bool = False
    learnt: Attached | None = None


_SETTLE_ROW = (
    update(_BOX)
    .where(_BOX.c.id == bindparam("row_id"))
    .values(
        state=bindparam("row_state"), error=bindparam("row_error"), sent_at=bindparam("row_sent"),
        message_id=bindparam("row_message"), attempts=bindparam("row_attempts"),
    )
)  # fmt: skip
_SETTLE_CARD = (
    update(_CARDS)
    .where(_CARDS.c.id == bindparam("row_id"))
    .values(
        shown=bindparam("row_shown"), error=bindparam("row_error"),
        # Somebody may have pressed a button below it before its answer was given up.
        message_id=func.coalesce(bindparam("row_message", type_=BIG), _CARDS.c.message_id),
        content_hash=bindparam("row_hash"), attempts=bindparam("row_attempts"),
        sent_at=func.coalesce(_CARDS.c.sent_at, bindparam("row_sent", type_=_CARDS.c.sent_at.type)),
    )
)  # fmt: skip


def settle(session: Session, results: list[Result], now: datetime, bot: int) -> None:
    """Write down what became of sends."""
    rows = [_settled_row(r, now) for r in results if not r.delivery.wanted]
    cards = [_settled_card(r, now) for r in results if r.delivery.wanted]
    if rows:
        session.connection().execute(_SETTLE_ROW, rows)
    if cards:
        session.connection().execute(_SETTLE_CARD, cards)
    _keep_ids(session, [r.learnt for r in results if r.learnt], now, bot)
    for result in results:
        if result.migrate_to:
            _migrate(session, bot, result.delivery.chat_id, result.migrate_to)
        if result.reach:
            session.execute(
                update(Account)
                .where(col(Account.bot) == bot, col(Account.chat_id) == result.delivery.chat_id)
                .values(reach=result.reach)
            )


def set_aside(session: Session, delivery: Delivery, error: str) -> None:
    """Let this delivery have failed, whatever else is wrong with its row."""
    failed = update(_BOX).where(_BOX.c.id == delivery.id).values(state=OutboxState.FAILED, error=error)
    if delivery.wanted:
        failed = update(_CARDS).where(_CARDS.c.id == delivery.id).values(shown=_CARDS.c.wanted, error=error)
    session.connection().execute(failed)


def _settled_row(result: Result, now: datetime) -> dict[str, Any]:
    return {
        "row_id": result.delivery.id,
        "row_state": result.state,
        "row_error": result.error,
        "row_sent": now if result.state is OutboxState.SENT else None,
        "row_message": result.message_id,
        "row_attempts": result.delivery.attempts + result.tried,
    }


def _settled_card(result: Result, now: datetime) -> dict[str, Any]:
    """A card that is given up counts as shown, until it is to show something newer."""
    delivery = result.delivery
    again = result.state is OutboxState.PENDING
    return {
        "row_id": delivery.id,
        "row_shown": delivery.wanted - 1 if again else delivery.wanted,
        "row_error": result.error,
        "row_message": result.message_id,
        "row_sent": now if result.state is OutboxState.SENT else None,
        "row_hash": result.content_hash or delivery.content_hash,
        "row_attempts": delivery.attempts + result.tried if again else 0,
    }


def _keep_ids(session: Session, learnt: list[Attached], now: datetime, bot: int) -> None:
    rows = [
        {"bot": bot, "key": each.key, "kind": each.kind, "file_id": each.file_id, "sent_at": now}
        for each in learnt
    ]
    newest = {name: text(f"excluded.{name}") for name in ("kind", "file_id", "sent_at")}
    upsert(session, Attachment, rows, ["bot", "key"], newest)


def _migrate(session: Session, bot: int, old: int, new: int) -> None:
    """A group has become a supergroup: what waits for it goes there; its living messages start anew."""
    waiting = [OutboxState.PENDING, OutboxState.HELD]
    run = session.connection().execute
    run(
        update(_BOX)
        .where(_BOX.c.bot == bot, _BOX.c.chat_id == old, _BOX.c.state.in_(waiting))
        .values(chat_id=new)
    )
    there = select(_CARDS.c.subject).where(_CARDS.c.bot == bot, _CARDS.c.chat_id == new)
    here = (_CARDS.c.bot == bot, _CARDS.c.chat_id == old)
    moved = update(_CARDS).where(*here, _CARDS.c.subject.not_in(there.scalar_subquery()))
    run(moved.values(chat_id=new, message_id=None, content_hash=None))
    # Those that the new number has already show there what was to be shown here.
    newer = select(_CARDS).where(*here, _CARDS.c.wanted > _CARDS.c.shown)
    for card in run(newer).all():
        there_now = update(_CARDS).where(
            _CARDS.c.bot == bot, _CARDS.c.chat_id == new, _CARDS.c.subject == card.subject
        )
        values = {"kind": card.kind, "facts": card.facts, "due_at": card.due_at}
        run(there_now.values(**values, wanted=_CARDS.c.wanted + 1))
    run(update(_CARDS).where(*here).values(shown=_CARDS.c.wanted))
