"""Attachments: what Telegram calls the pictures and files we uploaded, so that each goes up once."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, MOMENT, Numbered


class Attachment(Numbered, table=True):
    """One uploaded picture or file of a bot. `key`: the same for the same content."""

    __table_args__ = (UniqueConstraint("bot", "key"),)

    bot: int = Field(sa_type=BIG)
    key: str
    # How it was sent: photo or document.
    kind: str
    file_id: str
    sent_at: datetime = Field(index=True, sa_type=MOMENT)
