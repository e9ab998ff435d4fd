"""The timetable: at what time of day an area wants something of the clock, where it is not the usual one."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from models.columns import MOMENT, SERIAL, Numbered


class Timetable(Numbered, table=True):
    """An area's own time for a rule; it holds for the areas below that have none of their own."""

    __table_args__ = (UniqueConstraint("rule", "area_id"),)

    rule: str
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    # Local, `HH:MM`.
    time: str
    is_on: bool = True
    # The earliest and latest time the areas below may choose, `HH:MM`; None: as above.
    earliest: str | None = None
    latest: str | None = None
    set_by: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    set_at: datetime = Field(sa_type=MOMENT)
