"""The burden meter: how many messages people get and how many taps they make, never who."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from models.columns import SERIAL, Numbered


class BurdenKind(StrEnum):
    """What is counted of a person's day."""

    # Messages that rang: replies and living messages when first sent; edits do not ring.
    RECEIVED = "received"
    # What the person sent: taps, words, photos, places.
    TAPS = "taps"


class Burden(Numbered, table=True):
    """Of an area's own people, on one local day: so many `people` had `many` of a kind.

    The area is a village, or one above for people who belong to none.
    """

    __table_args__ = (UniqueConstraint("day", "area_id", "kind", "many"),)

    day: date
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    kind: str
    many: int
    people: int


class BurdenPerson(Numbered, table=True):
    """A day being counted, person by person; gone once it is."""

    __table_args__ = (UniqueConstraint("day", "person_id"),)

    day: date
    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    received: int = 0
    taps: int = 0
