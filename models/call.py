"""Calls: something said to many people, with or without something asked; and what each of them answered."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, FACTS, MOMENT, SERIAL, Numbered


class CallState(StrEnum):
    """How far a call has come."""

    # Written down; its sender has not let it go.
    DRAFT = "draft"
    # Waits until somebody else agrees, because it goes to so many.
    WAITING = "waiting"
    # Waits for its time.
    PLANNED = "planned"
    # Goes out, or is out, and takes answers until its deadline.
    OPEN = "open"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    # Its deadline is past.
    CLOSED = "closed"


class Asked(StrEnum):
    """What a call asks of people."""

    NOTHING = "nothing"
    SEEN = "seen"
    CHOICE = "choice"
    NUMBER = "number"


class Call(Numbered, table=True):
    """Something said to many. What it says stands in `CallContent`, one row a language.

    `version` counts up whenever everybody is to be shown it anew: corrected, or resumed. `taken_on` is the
    number of the last person who was taken on as a recipient, None once all are; `size` counts them.
    """

    __table_args__ = (Index("ix_call_state", "state"),)

    # The code of a kind in `config.toml`.
    kind: str
    # What that is called in each language, and its icon: kinds come and go.
    label: dict[str, str] = Field(default_factory=dict, sa_type=FACTS)
    asked: str
    state: str = CallState.DRAFT
    # Whose call it is: the area that its sender speaks for.
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    made_by: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    made_at: datetime = Field(sa_type=MOMENT)
    agreed_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    send_at: datetime | None = Field(default=None, sa_type=MOMENT)
    deadline: datetime | None = Field(default=None, sa_type=MOMENT)
    # When those who are silent are asked once more; None: not at all, or done.
    remind_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # Whom it is for, as `bot.features.calls.audience.Audience` reads it.
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    # What may be chosen: code, words, how many may choose it, whether a word is asked with it.
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=FACTS)
    version: int = 1
    taken_on: int | None = Field(default=0, sa_type=SERIAL)
    size: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class CallContent(Numbered, table=True):
    """What a call says in one language: words, and photos or one other thing sent along."""

    __table_args__ = (UniqueConstraint("call_id", "locale"),)

    call_id: int = Field(foreign_key="call.id", sa_type=SERIAL)
    locale: str
    words: str = ""
    # Photos by their numbers; several were sent as one album.
    photos: list[int] = Field(default_factory=list, sa_type=FACTS)
    # Telegram's name for what else goes along (`voice`, `video`, `document`, `audio`), and its id of it.
    media: str = ""
    file_id: str = ""


class CallRecipient(Numbered, table=True):
    """One person whom a call is for, and what they answered.

    `queued` is the version of the call that was last put on its way to them, 0 for none. `waiting` is a
    place on the waiting list of a choice that is full, counted over the whole call.
    """

    __table_args__ = (
        UniqueConstraint("call_id", "person_id"),
        Index("ix_call_recipient_queued", "call_id", "queued", "id"),
        Index("ix_call_recipient_choice", "call_id", "choice"),
    )

    call_id: int = Field(foreign_key="call.id", sa_type=SERIAL)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    # Where they belonged then.
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    queued: int = 0
    # When they were last asked once more.
    reminded_at: datetime | None = Field(default=None, sa_type=MOMENT)
    choice: str | None = None
    number: int | None = Field(default=None, sa_type=BIG)
    words: str = ""
    voice: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=MOMENT)
    waiting: int | None = None
