"""Cards: one living message per chat and subject."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, FACTS, MOMENT, SERIAL, Numbered, partial_index


class Card(Numbered, table=True):
    """What a chat is to see of a subject (`wanted`) and what it was last shown (`shown`)."""

    __table_args__ = (
        UniqueConstraint("bot", "chat_id", "subject"),
        Index("ix_card_sent", "sent_at"),
        partial_index("ix_card_due", "bot", "lane", "due_at", where="wanted > shown"),
    )

    bot: int = Field(sa_type=BIG)
    chat_id: int = Field(sa_type=BIG)
    person_id: int | None = Field(default=None, sa_type=SERIAL)
    locale: str
    # For example `correction:17`: the kind of notice is what stands before the colon.
    subject: str = Field(index=True)
    kind: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    lane: int
    due_at: datetime = Field(sa_type=MOMENT)
    wanted: int = 1
    shown: int = 0
    attempts: int = 0
    message_id: int | None = Field(default=None, sa_type=BIG)
    # When it first arrived, and rang.
    sent_at: datetime | None = Field(default=None, sa_type=MOMENT)
    content_hash: str | None = None
    error: str | None = None
