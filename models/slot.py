"""Slots: each occasion of a job, done once."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, UniqueConstraint

from models.columns import FACTS, MOMENT, Numbered, partial_index


class SlotState(StrEnum):
    """What became of an occasion."""

    RUNNING = "running"
    DONE = "done"
    # Tried several times in vain.
    FAILED = "failed"


class Slot(Numbered, table=True):
    """One occasion of a job, for example `close_checkins` at `2026-11-23T08:00`."""

    __table_args__ = (
        UniqueConstraint("rule", "area", "occasion"),
        partial_index("ix_slot_running", "due_at", where="state = 'running'"),
    )

    rule: str
    area: str = ""
    # In local time, so that a changed time or a stepped clock makes no second one.
    occasion: str
    due_at: datetime = Field(sa_type=MOMENT)
    state: str = SlotState.RUNNING
    # Where the next batch starts.
    cursor: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
    attempts: int = 0
    error: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=MOMENT)
