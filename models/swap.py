"""Swaps: a shift that somebody else is asked to take."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered, partial_index

_LIVE = "state IN ('asked', 'accepted')"


class SwapState(StrEnum):
    """How far a swap has come."""

    ASKED = "asked"
    # Somebody will take the shift; who leads it has not agreed yet.
    ACCEPTED = "accepted"
    APPROVED = "approved"
    # Everyone who was asked said no.
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    # The shift started, or was cancelled, before it was settled.
    EXPIRED = "expired"
    # Somebody without whom it cannot be left the roster.
    LEFT = "left"


class Swap(Numbered, table=True):
    """A request that somebody else come to a shift. Of one person and shift, at most one is alive."""

    __table_args__ = (
        partial_index("ux_swap_live", "shift_id", "person_id", where=_LIVE, unique=True),
        Index("ix_swap_state", "state"),
    )

    shift_id: int = Field(foreign_key="shift.id", index=True, sa_type=SERIAL)
    # Who is not to come; None: the shift has too few people.
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    asked_by: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    asked_at: datetime = Field(sa_type=MOMENT)
    # Whoever is free was asked, and the first one counts.
    anyone: bool = False
    # Asked by one who may decide: it counts as soon as somebody says yes.
    agreed: bool = False
    state: str = SwapState.ASKED
    taken_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    taken_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # An exchange: the shift of whoever takes this one, to which the one who leaves comes in return.
    return_shift_id: int | None = Field(default=None, foreign_key="shift.id", index=True, sa_type=SERIAL)
    decided_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    decided_at: datetime | None = Field(default=None, sa_type=MOMENT)


class SwapOffer(Numbered, table=True):
    """A person who was asked to take a shift."""

    __table_args__ = (UniqueConstraint("swap_id", "person_id"),)

    swap_id: int = Field(foreign_key="swap.id", sa_type=SERIAL)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    declined_at: datetime | None = Field(default=None, sa_type=MOMENT)
