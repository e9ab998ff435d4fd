"""Words people sent, by the message they came in: what they belong to, and what waits for somebody."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.columns import BIG, MOMENT, SERIAL, Numbered


class Said(Numbered, table=True):
    """What one message said: its text, its caption, or a voice note. A later edit of the message is found by
    it; the words themselves stand with what they are about."""

    __table_args__ = (UniqueConstraint("bot", "chat_id", "message_id"),)

    bot: int = Field(sa_type=BIG)
    chat_id: int = Field(sa_type=BIG)
    message_id: int = Field(sa_type=BIG)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    # What it is about: `hazard:12`, `photo:7` (a caption not yet used), `draft:…:words` (an open form), or
    # `unplaced`.
    subject: str = Field(index=True)
    words: str = ""
    # Telegram's file id of a voice note.
    voice: str = ""
    said_at: datetime = Field(sa_type=MOMENT, index=True)


class Appeal(Numbered, table=True):
    """Something said to those in charge: a call for help (`urgent`), or words for the supervisor. One of
    them takes it, and may answer."""

    __table_args__ = (Index("ix_appeal_person", "person_id"),)

    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    urgent: bool = False
    words: str = ""
    voice: str = ""
    made_at: datetime = Field(sa_type=MOMENT, index=True)
    taken_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    taken_at: datetime | None = Field(default=None, sa_type=MOMENT)
    answer: str = ""
    answer_voice: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=MOMENT)
