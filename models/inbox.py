"""The inbox: what Telegram sent, stored before it is acknowledged."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, MOMENT, SERIAL, Table, partial_index


class InboxState(StrEnum):
    """What became of an update."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class InboxRow(Table, table=True):
    """One update as it came. `seq` is the order; Telegram's ids may restart."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        partial_index("ix_inbox_pending", "bot", "chat_id", "seq", where="state = 'pending'"),
        partial_index("ix_inbox_order", "bot", "seq", where="state = 'pending'"),
        partial_index("ix_inbox_failed", "seq", where="state = 'failed'"),
        Index("ix_inbox_received", "received_at"),
        # What the erasing of payloads looks through.
        partial_index("ix_inbox_payload", "received_at", where="payload IS NOT NULL"),
    )

    seq: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    bot: int = Field(sa_type=BIG)
    update_id: int = Field(sa_type=BIG)
    # 0 where the update belongs to no chat.
    chat_id: int = Field(default=0, sa_type=BIG)
    received_at: datetime = Field(sa_type=MOMENT)
    # None once erased.
    payload: bytes | None = None
    state: str = InboxState.PENDING
    attempts: int = 0
    error: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=MOMENT)
