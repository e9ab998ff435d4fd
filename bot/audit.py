"""The audit trail: acts that reach beyond the own duty, and looks at others' data.

Check-ins and check-outs are not in it: they are records of their own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from bot.access import Actor
from models import AuditEntry

_INSERT = insert(AuditEntry)


def record(
    session: Session,
    actor: Actor,
    action: str,
    thing: str,
    now: datetime,
    person_id: int | None = None,
    **details: Any,
) -> None:
    """Write down that the actor did this; `person_id` is the one it is about, who may read it."""
    session.connection().execute(
        _INSERT,
        {
            "at": now, "actor": str(actor), "action": action, "thing": thing,
            "person_id": person_id, "details": details,
        },
    )  # fmt: skip
