"""Grid workers who keep duty once a work day, without planned shifts: who, where, from when until when."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import SERIAL


class DailyWorker(SQLModel, table=True):
    """From the work day `since` on and before `until` (None: still) this person was such a worker of this
    area. A new row whenever somebody moves, so that any past day can be counted again."""

    __tablename__ = "daily_worker"
    __table_args__ = (
        UniqueConstraint("person_id", "since"),
        Index("ix_daily_worker_area_since", "area_id", "since"),
        Index(
            "ux_daily_worker_open",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    since: date
    until: date | None = None
