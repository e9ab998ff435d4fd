"""Hazards: what was found, how it stands, and everything that happened to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.case import Case, CaseAssignee, CaseCount, CaseEvent
from models.columns import MOMENT, SERIAL, Numbered, partial_index

_PLACED = "latitude IS NOT NULL"
# Closed and withdrawn ones have a time.
_OPEN = "closed_at IS NULL"


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


class Hazard(Case, table=True):
    """A hazard. `area_id` is where it is; coordinates are as the phone sent them, or those of the post or
    checkpoint."""

    __table_args__ = (
        UniqueConstraint("number", "year"),
        Index("ix_hazard_area_reported", "area_id", "reported_at"),
        Index("ix_hazard_reporter", "reported_by", "reported_at"),
        Index("ix_hazard_state_due", "state", "due_at"),
        partial_index("ix_hazard_open_due", "due_at", "id", where=_OPEN),
        partial_index("ix_hazard_open_area", "area_id", "due_at", where=_OPEN),
        partial_index("ix_hazard_open_kind", "category", "due_at", "id", where=_OPEN),
        Index("ix_hazard_near", "category", "latitude"),
        partial_index("ix_hazard_placed", "closed_at", where=_PLACED),
    )

    post_id: int | None = Field(default=None, foreign_key="post.id", index=True, sa_type=SERIAL)
    checkpoint_id: int | None = Field(default=None, foreign_key="checkpoint.id", sa_type=SERIAL)
    patrol_id: int | None = Field(default=None, foreign_key="patrol.id", index=True, sa_type=SERIAL)
    severity: str
    latitude: float | None = None
    longitude: float | None = None
    # Where it is, in the reporter's words.
    place: str = ""
    found_at: datetime = Field(sa_type=MOMENT)
    reported_by: int = Field(foreign_key="person.id", sa_type=SERIAL)
    reported_at: datetime = Field(sa_type=MOMENT)
    state: str = HazardState.REPORTED
    # What was said last about putting it right; empty: nothing yet.
    outcome: str = ""
    fixed_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    fixed_at: datetime | None = Field(default=None, sa_type=MOMENT)
    verified_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    # How often it was said to be right and was not.
    reopened: int = 0


class HazardCount(CaseCount, table=True):
    """The last number given in a year."""


class HazardAssignee(CaseAssignee, table=True):
    """A unit or a person named to put a hazard right."""

    __table_args__ = (
        Index("ix_hazard_assignee_person", "person_id"),
        Index("ix_hazard_assignee_area", "area_id"),
    )

    hazard_id: int = Field(foreign_key="hazard.id", index=True, sa_type=SERIAL)


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


class HazardEvent(CaseEvent, table=True):
    """One thing that happened to a hazard."""

    __table_args__ = (
        Index("ix_hazard_event_hazard_at", "hazard_id", "at"),
        Index("ix_hazard_event_person", "person_id"),
    )

    hazard_id: int = Field(foreign_key="hazard.id", sa_type=SERIAL)


class PhotoOf(StrEnum):
    """What a photo of a hazard shows."""

    BEFORE = "before"
    AFTER = "after"


class HazardPhoto(Numbered, table=True):
    """A photo of a hazard, before or after the work, and the event it came with."""

    __table_args__ = (UniqueConstraint("hazard_id", "photo_id"),)

    hazard_id: int = Field(foreign_key="hazard.id", sa_type=SERIAL)
    photo_id: int = Field(foreign_key="photo.id", index=True, sa_type=SERIAL)
    shows: str
    event_id: int = Field(foreign_key="hazard_event.id", index=True, sa_type=SERIAL)
