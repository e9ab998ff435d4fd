"""Ladders: what nobody has answered goes up, from the person to the lead, the supervisor and further."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from models.columns import FACTS, MOMENT, PATH, SERIAL, Numbered, partial_index


class LadderState(StrEnum):
    """How a ladder stands."""

    CLIMBING = "climbing"
    # Somebody sees to it; it comes back if it is not done by `next_at`.
    TAKEN = "taken"
    # It was answered.
    STOPPED = "stopped"
    # Everybody there is was told.
    ENDED = "ended"


class LadderOutcome(StrEnum):
    """What came of a rung."""

    TOLD = "told"
    # Nobody there, or nobody who can be reached.
    NOBODY = "nobody"
    TAKEN = "taken"
    # Taken, but not done in time: it goes on.
    BACK = "back"


class Ladder(Numbered, table=True):
    """One thing on its way up. `subject` says which, for example `late:17:3`."""

    __table_args__ = (
        partial_index("ix_ladder_next", "next_at", where="state IN ('climbing', 'taken')"),
        Index("ix_ladder_started", "started_at"),
    )

    kind: str
    subject: str = Field(unique=True)
    path: str = Field(index=True, sa_type=PATH)
    # Rung 0 and rung 1; from rung 2 on it is the supervisors, area by area.
    person_ids: list[int] = Field(default_factory=list, sa_type=FACTS)
    lead_ids: list[int] = Field(default_factory=list, sa_type=FACTS)
    started_at: datetime = Field(sa_type=MOMENT)
    # When each rung was to be told, by ISO times.
    plan: list[str] = Field(default_factory=list, sa_type=FACTS)
    # The rung that comes next, and when.
    level: int = 0
    next_at: datetime = Field(sa_type=MOMENT)
    # The area whose supervisors were told last; empty: none yet.
    reached: str = Field(default="", sa_type=PATH)
    state: str = LadderState.CLIMBING
    taken_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    taken_at: datetime | None = Field(default=None, sa_type=MOMENT)
    ended_at: datetime | None = Field(default=None, sa_type=MOMENT)


class LadderStep(Numbered, table=True):
    """One thing that happened on a ladder: who was told at which rung, or that there was nobody."""

    ladder_id: int = Field(foreign_key="ladder.id", index=True, sa_type=SERIAL)
    level: int
    at: datetime = Field(sa_type=MOMENT)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    outcome: str
