"""Rotations: recurring patterns that shifts are planned from."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from models.columns import FACTS, MOMENT, SERIAL, Numbered


class Pattern(StrEnum):
    """Which times of the day a rotation has."""

    THREE_EIGHT = "3x8"
    TWO_TWELVE = "2x12"
    DAY_AND_TWO_OFF = "24-48"
    CUSTOM = "custom"


class Rotation(Numbered, table=True):
    """Who keeps duty at a post in turn, from a day on. Its days are local ones.

    `cycle`: `{"days": 4, "turns": [{"day": 0, "start": "08:00", "end": "16:00", "crew": 0}, …]}`; a turn
    that ends no later than it starts ends on the next day.
    """

    code: str = Field(unique=True)
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True, sa_type=SERIAL)
    duty_type: str
    pattern: str
    cycle: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    first_day: date
    # The last day on which a turn starts; None: until further notice.
    until: date | None = None
    # Up to which day its shifts have been written.
    planned_until: date | None = None
    made_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    made_at: datetime = Field(sa_type=MOMENT)


class RotationMember(Numbered, table=True):
    """A person on one of a rotation's crews, which are counted from 0."""

    __table_args__ = (UniqueConstraint("rotation_id", "person_id"),)

    rotation_id: int = Field(foreign_key="rotation.id", sa_type=SERIAL)
    crew: int
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    is_lead: bool = False
