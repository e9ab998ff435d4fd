"""Nudges: who was reminded of a report that is missing, and what they answered."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered


class ReportKind(StrEnum):
    """What is missed when it is not there by its hour."""

    # A check-in of the work day.
    DUTY = "duty"
    # A head's word on the linked households.
    HOUSEHOLDS = "households"


class Nudge(Numbered, table=True):
    """The newest nudge of a person for a kind of report on a day."""

    __table_args__ = (UniqueConstraint("person_id", "kind", "day"),)

    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    kind: str
    day: date = Field(index=True)
    nudged_at: datetime = Field(sa_type=MOMENT)
    nudged_by: int = Field(foreign_key="person.id", sa_type=SERIAL)
    # The person says that this is a day off.
    off_at: datetime | None = Field(default=None, sa_type=MOMENT)
