"""What got stuck on its way in or out: listed, and tried again."""

from datetime import datetime

from sqlalchemy import select, text, update
from sqlmodel import col

from bot import access
from bot.access import Resource, Work, audit
from bot.base.facts import Struct
from models import UNSETTLED, InboxRow, InboxState, OutboxRow, OutboxState

STUCK = (OutboxState.FAILED, OutboxState.UNKNOWN)
# Written like the partial indexes, so that they are used.
_STUCK_MESSAGES = (text(UNSETTLED), col(OutboxRow.state).in_(STUCK))
_FAILED_UPDATES = text("state = 'failed'")


class Stuck(Struct):
    """One row that did not make it. `kind` is its state for an update, the notice's kind for a message."""

    number: int
    kind: str
    state: str
    chat_id: int
    at: datetime
    attempts: int
    error: str

    @property
    def reason(self) -> str:
        """What went wrong, in one line: the last of a traceback."""
        lines = self.error.strip().splitlines()
        return lines[-1].strip() if lines else ""


def failed_updates(work: Work, limit: int = 1000) -> list[Stuck]:
    """Updates that no handler could take, newest first."""
    access.require(work.actor, "pipe.read", Resource())
    rows = work.session.execute(
        select(InboxRow).where(_FAILED_UPDATES).order_by(col(InboxRow.seq).desc()).limit(limit)
    ).scalars()
    return [
        Stuck(
            r.seq or 0, "erased" if r.payload is None else "update", r.state, r.chat_id, r.received_at,
            r.attempts, r.error or "",
        )
        for r in rows
    ]  # fmt: skip


def failed_messages(work: Work, limit: int = 1000) -> list[Stuck]:
    """Messages that were given up, or of which nobody knows whether they arrived; newest first."""
    access.require(work.actor, "pipe.read", Resource())
    rows = work.session.execute(
        select(OutboxRow).where(*_STUCK_MESSAGES).order_by(col(OutboxRow.id).desc()).limit(limit)
    ).scalars()
    return [
        Stuck(r.id or 0, r.kind, r.state, r.chat_id, r.created_at, r.attempts, r.error or "") for r in rows
    ]


def retry_updates(work: Work, numbers: list[int] | None) -> int:
    """Handle failed updates anew, these or (None) all whose content is still kept; returns how many."""
    access.require(work.actor, "pipe.retry", Resource())
    where = (_FAILED_UPDATES, col(InboxRow.payload).is_not(None))
    these = () if numbers is None else (col(InboxRow.seq).in_(numbers),)
    values = {"state": InboxState.PENDING, "attempts": 0, "error": None, "done_at": None}
    done = work.session.connection().execute(update(InboxRow).where(*where, *these).values(**values))
    audit.record(work, "pipe.retry", "inbox", rows=done.rowcount)
    return done.rowcount


def retry_messages(work: Work, numbers: list[int] | None) -> int:
    """Send failed or unknown messages anew, these or (None) all; returns how many."""
    access.require(work.actor, "pipe.retry", Resource())
    these = () if numbers is None else (col(OutboxRow.id).in_(numbers),)
    values = {"state": OutboxState.PENDING, "attempts": 0, "error": None}
    done = work.session.connection().execute(
        update(OutboxRow).where(*_STUCK_MESSAGES, *these).values(**values)
    )
    audit.record(work, "pipe.retry", "outbox", rows=done.rowcount)
    return done.rowcount
