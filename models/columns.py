"""Column types that mean the same on SQLite and PostgreSQL."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Index, Integer, String, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

# Every constraint has a name, so that a migration can change it on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite counts up only a column of exactly this type.
SERIAL = BigInteger().with_variant(Integer(), "sqlite")
BIG = BigInteger()
FACTS = JSON()
# Compared byte by byte, so that a path's subtree is one range of an index.
PATH = String().with_variant(String(collation="C"), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in, aware out, whatever the database thinks of zones."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """With a zone on PostgreSQL, without one (meaning UTC) on SQLite."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: nobody knows when they are."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time reached the database: {value!r}")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


MOMENT = UtcDateTime()


class Table(SQLModel):
    """A table, called as its class is, in small letters with `_` between words."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Numbered(Table):
    """A table whose rows are counted up."""

    id: int | None = Field(default=None, primary_key=True, sa_type=SERIAL)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows for which this is true; it serves queries that say so in these very words."""
    true = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=true, postgresql_where=true)
