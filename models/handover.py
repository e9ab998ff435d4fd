"""Handovers: what one crew leaves to the next, and what both say of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered, partial_index

_OPEN = "state IN ('open', 'given')"


class HandoverState(StrEnum):
    """How far a handover has come."""

    # The outgoing crew has it before it and has not sent it yet.
    OPEN = "open"
    # Handed over; nobody has taken it over yet.
    GIVEN = "given"
    TAKEN = "taken"
    # The next handover of the place came before this one was settled, or its shift was cancelled.
    LAPSED = "lapsed"


class Handover(Numbered, table=True):
    """A shift handing over to the next one at its place. Every shift hands over at most once.

    Taken over without `given_by`: nobody handed over. `differs`: who took over found it otherwise than told.
    """

    __table_args__ = (
        partial_index("ix_handover_open", "due_at", where=_OPEN),
        Index("ix_handover_area_due", "area_id", "due_at"),
    )

    outgoing_id: int = Field(foreign_key="shift.id", unique=True, sa_type=SERIAL)
    # None: no shift follows; then it is for the supervisors.
    incoming_id: int | None = Field(default=None, foreign_key="shift.id", index=True, sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    post_id: int = Field(foreign_key="post.id", index=True, sa_type=SERIAL)
    state: str = HandoverState.OPEN
    opened_at: datetime = Field(sa_type=MOMENT)
    # When the outgoing shift ends.
    due_at: datetime = Field(sa_type=MOMENT)
    # When it was laid before those who take over.
    shown_at: datetime | None = Field(default=None, sa_type=MOMENT)
    given_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    given_at: datetime | None = Field(default=None, sa_type=MOMENT)
    taken_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    taken_at: datetime | None = Field(default=None, sa_type=MOMENT)
    differs: bool = False
    # When those above were told that it is late.
    late_at: datetime | None = Field(default=None, sa_type=MOMENT)


class MatterKind(StrEnum):
    """Where an open matter comes from."""

    SAID = "said"
    # Found otherwise by who took over.
    DIFFERS = "differs"
    # A patrol of the outgoing shift that was not finished, or missed checkpoints.
    PATROL = "patrol"


class OpenItem(Numbered, table=True):
    """Something still open at a post: every handover there tells of it until somebody ticks it off."""

    __tablename__ = "handover_matter"
    __table_args__ = (
        UniqueConstraint("kind", "source_id"),
        partial_index("ix_handover_matter_open", "post_id", where="closed_at IS NULL"),
    )

    # The handover it was first told in.
    handover_id: int = Field(foreign_key="handover.id", index=True, sa_type=SERIAL)
    post_id: int = Field(foreign_key="post.id", sa_type=SERIAL)
    kind: str = MatterKind.SAID
    # The patrol it comes from.
    source_id: int | None = Field(default=None, sa_type=SERIAL)
    words: str = ""
    # Telegram's file id of a voice note.
    voice: str | None = None
    told_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    told_at: datetime = Field(sa_type=MOMENT)
    closed_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    closed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class ThingState(StrEnum):
    """How a piece of equipment was found."""

    THERE = "there"
    MISSING = "missing"
    BROKEN = "broken"


class HandoverThing(Numbered, table=True):
    """A piece of equipment in one handover, as it was given and, where that was otherwise, found."""

    __table_args__ = (UniqueConstraint("handover_id", "code"),)

    handover_id: int = Field(foreign_key="handover.id", sa_type=SERIAL)
    code: str
    zh_CN: str
    en: str
    count: int = 1
    given: str = ThingState.THERE
    # None: as it was given.
    found: str | None = None


class PostThing(Numbered, table=True):
    """A piece of equipment that one post has besides what the settings name."""

    __table_args__ = (UniqueConstraint("post_id", "name"),)

    post_id: int = Field(foreign_key="post.id", sa_type=SERIAL)
    name: str
    count: int = 1
