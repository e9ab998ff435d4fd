"""Spreadsheets asked for in the chat: made in the background, sent when they are ready."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field

from models.columns import BIG, FACTS, MOMENT, SERIAL, Numbered, partial_index

_OPEN = "state IN ('asked', 'making')"


class ExportState(StrEnum):
    """How far a spreadsheet is."""

    ASKED = "asked"
    MAKING = "making"
    DONE = "done"
    # Given up after some tries, or no longer allowed.
    FAILED = "failed"


class ExportRequest(Numbered, table=True):
    """One spreadsheet on its way. The rows are those the person may take out when it is made."""

    __table_args__ = (partial_index("ix_export_request_open", "id", where=_OPEN),)

    bot: int = Field(sa_type=BIG)
    chat_id: int = Field(sa_type=BIG)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    what: str
    area_id: int = Field(foreign_key="area.id", sa_type=SERIAL)
    since: date
    until: date
    # Of hazards: with small photos of before and after.
    with_photos: bool = False
    asked_at: datetime = Field(sa_type=MOMENT)
    state: str = ExportState.ASKED
    rows_done: int = 0
    rows_total: int = 0
    tries: int = 0
    # Until when whoever makes it has it for itself.
    lease_until: datetime | None = Field(default=None, sa_type=MOMENT)
    # `{"key": …, "name": …}` of each part, in order.
    files: list[dict[str, Any]] = Field(default_factory=list, sa_type=FACTS)
    done_at: datetime | None = Field(default=None, sa_type=MOMENT)
