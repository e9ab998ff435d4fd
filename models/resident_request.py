"""Resident requests (诉求): what a resident asks for, how it stands, and everything that happened to it.

Who the resident is, is not kept: a contact is optional, and erased some time after the end.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.case import Case, CaseAssignee, CaseCount, CaseEvent
from models.columns import MOMENT, SERIAL, partial_index

# Closed and withdrawn ones have a time.
_OPEN = "closed_at IS NULL"
_PRIVATE = "contact IS NOT NULL OR household IS NOT NULL"


class RequestMode(StrEnum):
    """How a request is dealt with."""

    # Answered while the resident stands there: closed in one go.
    SPOT = "spot"
    TIMED = "timed"
    # Several units, one of them responsible.
    JOINT = "joint"


class RequestStage(StrEnum):
    """How far a request has come."""

    # Taken down; nobody has been named to see to it.
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    # Done, as who did it says; the resident is to be asked.
    DONE = "done"
    CLOSED = "closed"
    # Taken back by who registered it, within the minute.
    WITHDRAWN = "withdrawn"


class ResidentAnswer(StrEnum):
    """What the resident said when asked."""

    SOLVED = "solved"
    PARTLY = "partly"
    NOT = "not"


class ResidentRequest(Case, table=True):
    """A request. `area_id` is the area of who registered it."""

    __table_args__ = (
        UniqueConstraint("number", "year"),
        Index("ix_resident_request_area_registered", "area_id", "registered_at"),
        Index("ix_resident_request_registered_by", "registered_by", "registered_at"),
        Index("ix_resident_request_done_by", "done_by", "done_at"),
        Index("ix_resident_request_area_closed", "area_id", "closed_at"),
        partial_index("ix_resident_request_due", "due_at", "id", where=_OPEN),
        partial_index("ix_resident_request_open", "area_id", "due_at", where=_OPEN),
        partial_index("ix_resident_request_private", "closed_at", where=_PRIVATE),
    )

    mode: str
    # How the resident can be reached, and the number of the linked household; erased after the end.
    contact: str | None = None
    household: int | None = None
    registered_by: int = Field(foreign_key="person.id", sa_type=SERIAL)
    registered_at: datetime = Field(sa_type=MOMENT)
    state: str = RequestStage.REGISTERED
    done_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    done_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # What the resident said last, and who asked; empty: not asked yet.
    answer: str = ""
    asked_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    # How often it was said to be done and the resident said it is not.
    repeats: int = 0


class ResidentRequestCount(CaseCount, table=True):
    """The last number given in a year."""


class ResidentRequestAssignee(CaseAssignee, table=True):
    """A unit or a person named to see to a request."""

    __table_args__ = (
        Index("ix_resident_request_assignee_person", "person_id"),
        Index("ix_resident_request_assignee_area", "area_id"),
    )

    request_id: int = Field(foreign_key="resident_request.id", index=True, sa_type=SERIAL)


class RequestStep(StrEnum):
    """What can happen to a request."""

    REGISTERED = "registered"
    WITHDRAWN = "withdrawn"
    # A contact or a household number was added; what it is stands with the request alone.
    CONTACT = "contact"
    ASSIGNED = "assigned"
    # Who was named left; somebody else is to be.
    LEFT = "left"
    # It cannot be done, or not in time: why.
    STUCK = "stuck"
    # A message about it was changed in the chat: the words of now, and those of before.
    REWORDED = "reworded"
    WISHED = "wished"
    GRANTED = "granted"
    NOT_GRANTED = "not_granted"
    DONE = "done"
    # The resident was asked: solved or partly, which close it, or not.
    SOLVED = "solved"
    PARTLY = "partly"
    NOT = "not"
    OVERDUE = "overdue"


class ResidentRequestEvent(CaseEvent, table=True):
    """One thing that happened to a request."""

    __table_args__ = (
        Index("ix_resident_request_event_request_at", "request_id", "at"),
        Index("ix_resident_request_event_person", "person_id"),
    )

    request_id: int = Field(foreign_key="resident_request.id", sa_type=SERIAL)
