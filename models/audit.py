"""The audit trail: who did or saw what."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from models.columns import FACTS, MOMENT, SERIAL, Numbered


class AuditEntry(Numbered, table=True):
    """One act. `actor` is a person's id or the name of an actor that is no person."""

    __tablename__ = "audit"

    at: datetime = Field(sa_type=MOMENT, index=True)
    actor: str = Field(index=True)
    action: str
    # What it was done to, for example `checkin:17`, and the person it is about.
    thing: str = Field(index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=SERIAL)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=FACTS)
