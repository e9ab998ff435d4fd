"""Drafts of forms: where a person is in a conversation of several steps."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from models.columns import BIG, FACTS, MOMENT, SERIAL, Numbered


class Draft(Numbered, table=True):
    """An unfinished form of a person in a chat. One a chat is being filled in; others wait."""

    bot: int = Field(sa_type=BIG)
    chat_id: int = Field(index=True, sa_type=BIG)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    form: str
    version: int
    step: str
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    started_at: datetime = Field(sa_type=MOMENT)
    updated_at: datetime = Field(sa_type=MOMENT)
