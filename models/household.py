"""Households linked to a household head: how many, never who."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered


class HouseholdCluster(Numbered, table=True):
    """The linked households of one head in one area: numbers 1 to `count`."""

    __table_args__ = (UniqueConstraint("head_id", "area_id"),)

    head_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    count: int
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class HouseholdDay(Numbered, table=True):
    """What a head says of one cluster on one local day; a row is there once it was asked or told.

    `count`, `marked` and `not_reached` stay when the marks themselves are erased: coverage is
    `count - not_reached` households once `answered_at` is set, none before.
    """

    __table_args__ = (UniqueConstraint("cluster_id", "day"),)

    cluster_id: int = Field(foreign_key="household_cluster.id", sa_type=SERIAL)
    head_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    # Where it happened: the cluster's area then.
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    day: date = Field(index=True)
    count: int
    asked_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # The one reminder for those who have not answered.
    reminded_at: datetime | None = Field(default=None, sa_type=MOMENT)
    answered_at: datetime | None = Field(default=None, sa_type=MOMENT)
    marked: int = 0
    not_reached: int = 0


class HouseholdMarkKind(StrEnum):
    """What is up with a household."""

    NEEDS_HELP = "needs_help"
    HAZARD = "hazard"
    REQUEST = "request"
    NOT_REACHED = "not_reached"


class HouseholdOutcome(StrEnum):
    """What came of it, as who saw to it says."""

    HELPED = "helped"
    PASSED_ON = "passed_on"
    NOT_NEEDED = "not_needed"


class HouseholdMark(Numbered, table=True):
    """Something is up with one household, told by its number; erased after some days."""

    __table_args__ = (UniqueConstraint("day_id", "number"),)

    day_id: int = Field(foreign_key="household_day.id", sa_type=SERIAL)
    number: int
    kind: str
    words: str = ""
    # Telegram's file id of a voice note.
    voice: str | None = None
    # R-2026-000123, once it was registered as a request.
    request: str = ""
    marked_at: datetime = Field(sa_type=MOMENT, index=True)
    # Who sees to it.
    taken_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    taken_at: datetime | None = Field(default=None, sa_type=MOMENT)
    # What came of it; empty while somebody is still to say so.
    outcome: str = ""
    outcome_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    outcome_at: datetime | None = Field(default=None, sa_type=MOMENT)
