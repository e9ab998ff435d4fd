"""What Alembic runs: on the connection that `bot.storage.migrations` hands over, in its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import DateTime
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models  # noqa: F401  (makes every table known)
from models.columns import UtcDateTime


def render(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Write our own types as plain ones: a migration must not change with the models."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, AutoString):
        return "sa.String()"
    return False


def same_type(_: Any, __: Any, ___: Any, found: Any, wanted: Any) -> bool | None:
    """Our moments are date-times to the database; for the rest Alembic compares."""
    if isinstance(wanted, UtcDateTime):
        return not isinstance(found, DateTime)
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=same_type,
    render_item=render,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
