"""What deliver takes from the outbox: claiming, recovering, releasing, dropping."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select, text, update
from sqlmodel import Session

from bot.base.facts import Facts
from bot.outbox.notices import Lane, kind_of
from bot.storage.database import unreadable
from models import UNSETTLED, Card, OutboxRow, OutboxState, OutboxVerb

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


def claim(
    session: Session,
    bot: int,
    now: datetime,
    lanes: list[int],
    busy: list[int],
    most: int,
    apart: Collection[int] | None = None,
) -> list[Delivery]:
    """The next deliveries, one a chat, marked as being sent; none past its deadline.

    Where `apart` is given, replies take along those that wait behind them, but for chats in it.
    """
    found = _rows(session, bot, now, lanes, busy, most) + _cards(session, bot, now, lanes, busy, most)
    found.sort(key=lambda delivery: (delivery.lane, delivery.wanted > 0, delivery.id))
    chosen: dict[int, Delivery] = {}
    for delivery in found:
        if len(chosen) < most:
            chosen.setdefault(delivery.chat_id, delivery)
    if apart is not None:
        _take_along(session, bot, [p for p in chosen.values() if _may_merge(p) and p.chat_id not in apart])
    sending = [p.id for first in chosen.values() for p in (first, *first.more) if not p.wanted]
    _mark(session, sending, OutboxState.SENDING)
    _show_once(session, list(chosen.values()))
    return list(chosen.values())


def _show_once(session: Session, deliveries: list[Delivery]) -> None:
    """A card that may not ring twice counts as shown from here on: after a crash it is not sent again."""
    once = [p.id for p in deliveries if p.wanted and not p.message_id and not kind_of(p.kind).repeat]
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
        rows = [_piece_of_row(row) for row in session.connection().execute(_BEHIND_IT, asked)]
        first.more = list(takewhile(_may_merge, rows))


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
_MARKED = update(_BOX).where(_BOX.c.id.in_(_THESE)).values(state=bindparam("new"))
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


def _rows(
    session: Session, bot: int, now: datetime, lanes: list[int], busy: list[int], most: int
) -> list[Delivery]:
    asked = {"bot": bot, "now": now, "lanes": lanes, "busy": busy, "most": most}
    return [_piece_of_row(row) for row in session.connection().execute(_NEXT_ROWS, asked)]


def _piece_of_row(row: Any) -> Delivery:
    return Delivery(
        row.id, row.lane, row.kind, row.facts, row.chat_id, row.person_id, row.locale, row.attempts,
        row.verb, row.deadline, row.reply_to, row.thread_id,
    )  # fmt: skip


def _cards(
    session: Session, bot: int, now: datetime, lanes: list[int], busy: list[int], most: int
) -> list[Delivery]:
    asked = {"bot": bot, "now": now, "lanes": lanes, "busy": busy, "most": most}
    return [
        Delivery(
            row.id, row.lane, row.kind, row.facts, row.chat_id, row.person_id, row.locale, row.attempts,
            wanted=row.wanted, message_id=row.message_id, content_hash=row.content_hash,
        )
        for row in session.connection().execute(_NEXT_CARDS, asked)
    ]  # fmt: skip


def _mark(session: Session, ids: list[int], state: OutboxState) -> None:
    if ids:
        session.connection().execute(_MARKED, {"ids": ids, "new": state})


def set_aside_unreadable(session: Session, bot: int) -> dict[int, str]:
    """Let what waits and cannot even be read out of the database count as failed; which rows, and why."""
    waiting = select(_BOX.c.id).where(_BOX.c.bot == bot, text("state = 'pending'"))
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
    """After a crash, what was being sent may have arrived: sent again where its kind allows. Counts them."""
    # Written like the partial index, so that what was sent long ago is not looked through.
    where = (_BOX.c.bot == bot, text(UNSETTLED), text("state = 'sending'"))
    kinds = session.execute(select(_BOX.c.kind).where(*where).distinct()).scalars().all()
    counted = 0
    for kind in kinds:
        state = OutboxState.PENDING if kind_of(kind).repeat else OutboxState.UNKNOWN
        found = session.connection().execute(
            update(_BOX).where(*where, _BOX.c.kind == kind).values(state=state)
        )
        counted += found.rowcount
    return counted


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
