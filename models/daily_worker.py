"""Grid workers who keep duty once a work day, without planned shifts: who, where, from when until when."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from models.columns import SERIAL, Numbered, partial_index


class DailyWorker(Numbered, table=True):
    """From the work day `since` on and before `until` (None: still) this person was such a worker of this
    area. A new row whenever somebody moves, so that any past day can be counted again."""

    __table_args__ = (
        UniqueConstraint("person_id", "since"),
        Index("ix_daily_worker_area_since", "area_id", "since"),
        partial_index("ux_daily_worker_open", "person_id", where="until IS NULL", unique=True),
    )

    person_id: int = Field(foreign_key="person.id", sa_type=SERIAL)
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    since: date
    until: date | None = None
