"""The outbox: what is to be said, until Telegram has taken it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from models.columns import BIG, FACTS, MOMENT, SERIAL, Numbered, partial_index


class OutboxState(StrEnum):
    """What became of a row."""

    # Waits for its time; then pending.
    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    # It may or may not have arrived, and its kind forbids a second try.
    UNKNOWN = "unknown"
    # No longer needed when its turn came.
    DROPPED = "dropped"


# What an operator may have to look into, as the index says it: only then does the index serve.
UNSETTLED = "state in ('sending', 'failed', 'unknown')"


class OutboxVerb(StrEnum):
    """What deliver does with a row."""

    SEND = "send"
    COMMANDS = "commands"
    LEAVE = "leave"


class OutboxRow(Numbered, table=True):
    """One notice for one chat, sent once. `key` makes a second enqueueing of it a no-op."""

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_due", "bot", "lane", "id", where="state = 'pending'"),
        partial_index("ix_outbox_unsettled", "state", where=UNSETTLED),
        partial_index("ix_outbox_held", "due_at", where="state = 'held'"),
        Index("ix_outbox_created", "created_at"),
        # What a person got unasked today.
        partial_index("ix_outbox_unasked", "person_id", "created_at", where="lane >= 3"),
        Index("ix_outbox_chat_message", "chat_id", "message_id"),
    )

    bot: int = Field(sa_type=BIG)
    key: str = Field(unique=True)
    verb: str = OutboxVerb.SEND
    lane: int
    kind: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    chat_id: int = Field(sa_type=BIG)
    # The reader; None in groups and for accounts bound to nobody.
    person_id: int | None = Field(default=None, sa_type=SERIAL)
    locale: str
    created_at: datetime = Field(sa_type=MOMENT)
    due_at: datetime = Field(sa_type=MOMENT)
    # Not sent after this: it would only confuse.
    deadline: datetime | None = Field(default=None, sa_type=MOMENT)
    reply_to: int | None = Field(default=None, sa_type=BIG)
    # The topic of a group that it goes to.
    thread_id: int | None = Field(default=None, sa_type=BIG)
    state: str = OutboxState.PENDING
    attempts: int = 0
    error: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=MOMENT)
    message_id: int | None = Field(default=None, sa_type=BIG)
