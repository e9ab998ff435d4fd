"""Roll-ups: the figures of one work day in one area with all below it, kept so that nobody has to wait."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.columns import MOMENT, SERIAL, Numbered


class Rollup(SQLModel, table=True):
    """One day of one area, everything below it included. What a column means stands in docs/metrics.md.

    A row is only there where something is not 0.
    """

    __table_args__ = {"sqlite_with_rowid": False}

    day: date = Field(primary_key=True)
    area_id: int = Field(primary_key=True, foreign_key="area.id", sa_type=SERIAL)
    planned: int = 0
    present: int = 0
    late: int = 0
    workers: int = 0
    workers_came: int = 0
    people: int = 0
    checkins: int = 0
    minutes: int = 0
    on_site: int = 0
    off_site: int = 0
    unsure: int = 0
    not_graded: int = 0
    no_shift: int = 0
    forgotten: int = 0
    corrected: int = 0
    patrols: int = 0
    patrols_incomplete: int = 0
    checkpoints: int = 0
    checkpoints_reached: int = 0
    hazards_found: int = 0
    hazards_closed: int = 0
    hazards_in_time: int = 0
    requests_registered: int = 0
    requests_closed: int = 0
    requests_in_time: int = 0
    households: int = 0
    households_reached: int = 0


class Touched(Numbered, table=True):
    """Something of this day (or of the work day of this moment) has changed in this area: it is counted
    anew. Written by the triggers of `models.triggers`, so that no change can be forgotten; without
    constraints, so that it costs a check-in next to nothing."""

    day: date | None = None
    moment: datetime | None = Field(default=None, sa_type=MOMENT)
    area_id: int = Field(sa_type=SERIAL)
