"""Hazards: what was found, how it stands, and everything that happened to it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import FACTS, MOMENT, SERIAL

_PLACED = text("latitude IS NOT NULL")
# Closed and withdrawn ones have a time.
_OPEN = text("closed_at IS NULL")


class HazardState(StrEnum):
    """How far a hazard has come."""

    # Told; nobody has been named to put it right.
    REPORTED = "reported"
    ASSIGNED = "assigned"
    # Put right, as who did it says; somebody else is to look at it.
    FIXED = "fixed"
    CLOSED = "closed"
    # Taken back by its reporter, within the minute.
    WITHDRAWN = "withdrawn"


class Severity(StrEnum):
    """How much haste a hazard needs."""

    NORMAL = "normal"
    SERIOUS = "serious"
    # Reaches people at once, through quiet hours.
    URGENT = "urgent"


class Hazard(SQLModel, table=True):
    """A hazard. `version` rises with every step: whoever decides on what was read before is told so.

    `area_id` is where it is; coordinates are as the phone sent them, or those of the post or checkpoint.
    """

    __table_args__ = (
        UniqueConstraint("number", "year"),
        Index("ix_hazard_area_reported", "area_id", "reported_at"),
        Index("ix_hazard_reporter", "reported_by", "reported_at"),
        Index("ix_hazard_state_due", "state", "due_at"),
        Index("ix_hazard_open_due", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_hazard_open_area", "area_id", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_hazard_open_kind", "category", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_hazard_near", "category", "latitude"),
        Index("ix_hazard_placed", "closed_at", sqlite_where=_PLACED, postgresql_where=_PLACED),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    # H-2026-000123
    year: int
    number: int
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    post_id: int | None = Field(default=None, foreign_key="post.id", index=True, sa_type=SERIAL)
    checkpoint_id: int | None = Field(default=None, foreign_key="checkpoint.id", sa_type=SERIAL)
    patrol_id: int | None = Field(default=None, foreign_key="patrol.id", index=True, sa_type=SERIAL)
    # The code of a category of the settings, and how it was called then: `zh_CN`, `en`, `icon`.
    category: str
    label: dict[str, str] = Field(default_factory=dict, sa_type=FACTS)
    severity: str
    latitude: float | None = None
    longitude: float | None = None
    # Where it is, in the reporter's words.
    place: str = ""
    words: str = ""
    # Telegram's file id of a voice note.
    voice: str = ""
    found_at: datetime = Field(sa_type=MOMENT)
    reported_by: int = Field(foreign_key="person.id", sa_type=SERIAL)
    reported_at: datetime = Field(sa_type=MOMENT)
    state: str = HazardState.REPORTED
    due_at: datetime = Field(sa_type=MOMENT)
    # The due time that has passed and was told to those above.
    told_due_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # More time that is asked for and not yet granted, and who asked.
    wished_due_at: datetime | None = Field(default=None, sa_type=MOMENT)
    wished_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    # What was said last about putting it right; empty: nothing yet.
    outcome: str = ""
    fixed_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    fixed_at: datetime | None = Field(default=None, sa_type=MOMENT)
    verified_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    closed_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # How often it was said to be right and was not.
    reopened: int = 0
    version: int = 1


class HazardCount(SQLModel, table=True):
    """The last number given in a year."""

    __tablename__ = "hazard_count"

    year: int = Field(primary_key=True)
    last: int


class HazardAssignee(SQLModel, table=True):
    """A unit or a person named to put a hazard right; one of them answers for it."""

    __tablename__ = "hazard_assignee"
    __table_args__ = (
        Index("ix_hazard_assignee_person", "person_id"),
        Index("ix_hazard_assignee_area", "area_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    hazard_id: int = Field(foreign_key="hazard.id", index=True, sa_type=SERIAL)
    # A unit is an area: whoever answers for it. With a person, the area is where that person belongs.
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    responsible: bool = False
    named_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    named_at: datetime = Field(sa_type=MOMENT)
    # Somebody else was named instead.
    released_at: datetime | None = Field(default=None, sa_type=MOMENT)


class HazardStep(StrEnum):
    """What can happen to a hazard."""

    REPORTED = "reported"
    # The same thing was seen by somebody again.
    JOINED = "joined"
    # More photos, or words, were added.
    ADDED = "added"
    # Somebody said something that changes nothing.
    REMARKED = "remarked"
    # A message about it was changed in the chat: the words of now, and those of before.
    REWORDED = "reworded"
    WITHDRAWN = "withdrawn"
    ASSIGNED = "assigned"
    # Who was named left; somebody else is to be.
    LEFT = "left"
    FIXED = "fixed"
    PARTLY = "partly"
    CANNOT = "cannot"
    WISHED = "wished"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"
    REOPENED = "reopened"
    CLOSED = "closed"
    OVERDUE = "overdue"


class HazardEvent(SQLModel, table=True):
    """One thing that happened to a hazard; rows are added, never changed.

    `person_id` None: the clock. `area_id` is the area of who did it, else of the hazard.
    """

    __tablename__ = "hazard_event"
    __table_args__ = (
        Index("ix_hazard_event_hazard_at", "hazard_id", "at"),
        Index("ix_hazard_event_person", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    hazard_id: int = Field(foreign_key="hazard.id", sa_type=SERIAL)
    at: datetime = Field(sa_type=MOMENT)
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    step: str
    from_state: str = ""
    to_state: str = ""
    words: str = ""
    voice: str = ""
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)


class PhotoOf(StrEnum):
    """What a photo of a hazard shows."""

    BEFORE = "before"
    AFTER = "after"


class HazardPhoto(SQLModel, table=True):
    """A photo of a hazard, before or after the work, and the event it came with."""

    __tablename__ = "hazard_photo"
    __table_args__ = (UniqueConstraint("hazard_id", "photo_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    hazard_id: int = Field(foreign_key="hazard.id", sa_type=SERIAL)
    photo_id: int = Field(foreign_key="photo.id", index=True, sa_type=SERIAL)
    shows: str
    event_id: int = Field(foreign_key="hazard_event.id", index=True, sa_type=SERIAL)
