"""Slots: each occasion of a job, done once."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.columns import FACTS, MOMENT, SERIAL


class Slot(SQLModel, table=True):
    """One occasion of a job, for example `close_checkins` at `2026-11-23T08:00`."""

    __table_args__ = (UniqueConstraint("rule", "area", "occasion"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)
    rule: str
    area: str = ""
    # In local time, so that a changed time or a stepped clock makes no second one.
    occasion: str
    due_at: datetime = Field(sa_type=MOMENT)
    state: str = "running"
    # Where the next batch starts.
    cursor: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    done_at: datetime | None = Field(default=None, sa_type=MOMENT)
