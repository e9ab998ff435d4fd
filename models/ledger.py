"""The duty ledger (一本账): what is written into it by people, and what they say against an entry."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered, partial_index


class EntryKind(StrEnum):
    """What an entry of the ledger is."""

    CHECKIN = "checkin"
    SHIFT = "shift"
    PATROL = "patrol"
    HAZARD_FOUND = "hazard_found"
    HAZARD_FIXED = "hazard_fixed"
    REQUEST_TAKEN = "request_taken"
    REQUEST_DONE = "request_done"
    HOUSEHOLDS = "households"
    ACTIVITY = "activity"
    COMMENDATION = "commendation"


class Merit(Numbered, table=True):
    """An activity somebody took part in, or a commendation; written down by a supervisor."""

    __table_args__ = (Index("ix_merit_person_at", "person_id", "at"),)

    # `activity` or `commendation`.
    kind: str
    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    # The person's area then.
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    words: str
    # Telegram's file id of a voice note.
    voice: str = ""
    at: datetime = Field(sa_type=MOMENT)
    made_by: int = Field(foreign_key="person.id", sa_type=SERIAL)
    made_at: datetime = Field(sa_type=MOMENT)
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class Dispute(Numbered, table=True):
    """What a person says against an entry of the own ledger. The entry stays; this stands beside it."""

    __table_args__ = (
        UniqueConstraint("person_id", "kind", "entry_id"),
        partial_index("ix_dispute_open", "area_id", where="answered_at IS NULL"),
    )

    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    kind: str
    entry_id: int = Field(sa_type=SERIAL)
    words: str = ""
    # Telegram's file id of a voice note.
    voice: str = ""
    at: datetime = Field(sa_type=MOMENT)
    # What came of it: `agreed` (it is put right) or `kept`.
    outcome: str = ""
    answered_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    answered_at: datetime | None = Field(default=None, sa_type=MOMENT)
