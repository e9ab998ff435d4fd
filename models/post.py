"""Posts: where duty is kept."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered


class DefenceLine(StrEnum):
    """The five lines of defence (五道防线: 边 带 城 路 援)."""

    BORDER = "border"
    BELT = "belt"
    TOWN = "town"
    ROAD = "road"
    SUPPORT = "support"


class Post(Numbered, table=True):
    """A checkpoint or duty point. Coordinates are WGS-84; `radius` in metres, None: the default one."""

    code: str = Field(unique=True)
    name: str
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    line: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius: int | None = None
    # What the QR code on the wall says after `p_`; random, renewed when it leaks.
    qr_code: str = Field(unique=True)
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class PersonPost(Numbered, table=True):
    """A post where a person usually keeps duty."""

    __table_args__ = (UniqueConstraint("person_id", "post_id"),)

    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    post_id: int = Field(foreign_key="post.id", index=True, sa_type=SERIAL)
