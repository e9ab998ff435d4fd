"""What became of sends, written down in the outbox, the cards and the accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, text, update
from sqlmodel import Session, col

from bot.deliver.calls import Attached
from bot.deliver.claiming import Delivery
from bot.storage.database import upsert
from models import Account, Attachment, Card, OutboxRow, OutboxState, Reach
from models.columns import BIG

_BOX = OutboxRow.__table__  # type: ignore[attr-defined]
_CARDS = Card.__table__  # type: ignore[attr-defined]


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
