"""What the tables of every kind of case have: the case, its numbers, who is named, what happened."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from models.columns import FACTS, MOMENT, SERIAL, Numbered, Table


class Case(Numbered):
    """A case. `version` rises with every step: whoever decides on what was read before is told so."""

    # As in H-2026-000123.
    year: int
    number: int
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    # The code of a category of the settings, and how it was called then: `zh_CN`, `en`, `icon`.
    category: str
    label: dict[str, str] = Field(default_factory=dict, sa_type=FACTS)
    words: str = ""
    # Telegram's file id of a voice note.
    voice: str = ""
    due_at: datetime = Field(sa_type=MOMENT)
    # The due time that has passed and was told to those above.
    told_due_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # More time that is asked for and not yet granted, and who asked.
    wished_due_at: datetime | None = Field(default=None, sa_type=MOMENT)
    wished_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    # Withdrawn ones have a time too.
    closed_at: datetime | None = Field(default=None, sa_type=MOMENT)
    version: int = 1


class CaseCount(Table):
    """The last number given in a year."""

    year: int = Field(primary_key=True)
    last: int


class CaseAssignee(Numbered):
    """A unit or a person named to see to a case; one of them answers for it."""

    # A unit is an area: whoever answers for it. With a person, the area is where that person belongs.
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    responsible: bool = False
    named_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    named_at: datetime = Field(sa_type=MOMENT)
    # Somebody else was named instead.
    released_at: datetime | None = Field(default=None, sa_type=MOMENT)


class CaseEvent(Numbered):
    """One thing that happened to a case; rows are added, never changed.

    `person_id` None: the clock. `area_id` is the area of who did it, else of the case.
    """

    at: datetime = Field(sa_type=MOMENT)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    step: str
    from_state: str = ""
    to_state: str = ""
    words: str = ""
    voice: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
