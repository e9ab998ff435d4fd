"""Shifts and who is on them."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered

# No shift is longer: what runs at a moment has begun since so long before it, which an index finds.
LONGEST_SHIFT = timedelta(days=7)


class Shift(Numbered, table=True):
    """A stretch of duty at a post, or in an area where there is no post."""

    __table_args__ = (Index("ix_shift_area_starts", "area_id", "starts_at"),)

    code: str = Field(unique=True)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True, sa_type=SERIAL)
    duty_type: str
    starts_at: datetime = Field(sa_type=MOMENT, index=True)
    ends_at: datetime = Field(sa_type=MOMENT, index=True)
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # The rotation that planned it; None: it stands for itself.
    rotation_id: int | None = Field(default=None, foreign_key="rotation.id", index=True, sa_type=SERIAL)
    # Somebody has changed it since: no rotation writes over it.
    changed_by_hand: bool = False


class MemberState(StrEnum):
    """Whether a person of the crew is to come."""

    PLANNED = "planned"
    # On leave or sick: on the crew, but not coming.
    AWAY = "away"
    # Somebody else comes instead, by a swap.
    REPLACED = "replaced"


class AwayKind(StrEnum):
    """Why a person is away."""

    LEAVE = "leave"
    SICK = "sick"


class ShiftMember(Numbered, table=True):
    """A person on a shift's crew. Who no longer comes stays as a row, so that it can be told why."""

    __table_args__ = (UniqueConstraint("shift_id", "person_id"),)

    shift_id: int = Field(foreign_key="shift.id", sa_type=SERIAL)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    is_lead: bool = False
    state: str = MemberState.PLANNED
    away_kind: str | None = None
    away_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # Whose place this person has taken.
    stands_for: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
