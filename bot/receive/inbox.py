"""What process reads and writes in the inbox: claiming, counting attempts, settling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update
from sqlmodel import Session, col

from bot.storage.database import unreadable
from models import InboxRow, InboxState

_INBOX = InboxRow.__table__  # type: ignore[attr-defined]
_ROW = [_INBOX.c[name] for name in ("seq", "update_id", "chat_id", "received_at", "payload", "attempts")]
# The oldest of each chat: a chat's updates are handled one after another.
_OLDEST = """
    SELECT seq, update_id, chat_id, received_at, payload, attempts FROM inbox AS this
    WHERE bot = :bot AND state = 'pending' AND NOT EXISTS (
        SELECT 1 FROM inbox AS earlier
        WHERE earlier.bot = this.bot AND earlier.chat_id = this.chat_id
          AND earlier.state = 'pending' AND earlier.seq < this.seq)
    ORDER BY seq LIMIT :most
"""
_CLAIM = text(_OLDEST).columns(*_ROW)
_CLAIM_SHARED = text(_OLDEST + " FOR UPDATE SKIP LOCKED").columns(*_ROW)
_SETTLE = (
    update(_INBOX)
    .where(_INBOX.c.seq == bindparam("row_seq"))
    .values(
        state=bindparam("row_state"), done_at=bindparam("row_done"), attempts=bindparam("row_attempts"),
        error=bindparam("row_error"),
    )
)  # fmt: skip


@dataclass(slots=True)
class UpdateOutcome:
    """What became of one row of a batch."""

    row: Any
    state: InboxState = InboxState.DONE
    error: str | None = None
    query_id: str = ""
    toast: Mapping[str, Any] = field(default_factory=dict)
    forget: bool = False
    # Tries, with this one.
    attempts: int = 1


def claim(session: Session, bot: int, most: int) -> list[Any]:
    """The next rows to handle, one a chat; on PostgreSQL nobody else gets them meanwhile."""
    statement = _CLAIM if session.get_bind().dialect.name == "sqlite" else _CLAIM_SHARED
    return list(session.connection().execute(statement, {"bot": bot, "most": most}))


def set_aside_unreadable(session: Session, bot: int) -> dict[int, str]:
    """Let what waits and cannot even be read out of the database count as failed; which rows, and why."""
    waiting = select(_INBOX.c.seq).where(_INBOX.c.bot == bot, text("state = 'pending'"))
    found = unreadable(session, InboxRow, list(session.connection().execute(waiting).scalars()))
    for seq, why in found.items():
        changed = update(_INBOX).where(_INBOX.c.seq == seq)
        session.connection().execute(changed.values(state=InboxState.FAILED, error=why))
    return found


def count_attempt(session: Session, row: Any) -> None:
    """Write down that it is tried once more, before it is."""
    counted = update(InboxRow).where(col(InboxRow.seq) == row.seq)
    session.execute(counted.values(attempts=row.attempts + 1))


def settle(session: Session, outcomes: Sequence[UpdateOutcome], now: datetime) -> None:
    """Write down what became of these rows."""
    session.connection().execute(_SETTLE, [_settled(outcome, now) for outcome in outcomes])
    forgotten = [o.row.seq for o in outcomes if o.forget and o.state is not InboxState.PENDING]
    if forgotten:
        session.execute(update(InboxRow).where(col(InboxRow.seq).in_(forgotten)).values(payload=None))


def _settled(outcome: UpdateOutcome, now: datetime) -> dict[str, Any]:
    return {
        "row_seq": outcome.row.seq,
        "row_state": outcome.state,
        "row_done": None if outcome.state is InboxState.PENDING else now,
        "row_attempts": outcome.attempts,
        "row_error": outcome.error,
    }
