"""Households linked to a household head: how many, never who."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import MOMENT, SERIAL


class HouseholdCluster(SQLModel, table=True):
    """The linked households of one head in one area: numbers 1 to `count`."""

    __tablename__ = "household_cluster"
    __table_args__ = (UniqueConstraint("head_id", "area_id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    head_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    count: int
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)
