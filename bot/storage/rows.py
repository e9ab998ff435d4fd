"""Rows as the rest of the code knows them: what a statement finds, made into a class of its own."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Select, SQLColumnExpression
from sqlmodel import Session

R = TypeVar("R")

# What the columns of a statement are is said by the class that its rows become.
Query = Select[*tuple[Any, ...]]
# A column, or what is reckoned from some.
Expression = SQLColumnExpression[Any]


def all_of(
    session: Session, row: type[R], query: Query, given: Mapping[str, object] | None = None
) -> list[R]:
    """What a statement finds. `row` takes its columns by their names; `given` fills its placeholders."""
    return [row(**found._mapping) for found in session.execute(query, given)]


def first_of(
    session: Session, row: type[R], query: Query, given: Mapping[str, object] | None = None
) -> R | None:
    """The first thing that a statement finds."""
    found = session.execute(query, given).first()
    return row(**found._mapping) if found else None
