"""Rows as the rest of the code knows them: what a statement finds, made into a class of its own."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Select, SQLColumnExpression
from sqlmodel import Session, SQLModel

from bot.base.facts import Struct

R = TypeVar("R")

# What the columns of a statement are is said by the class that its rows become.
Query = Select[*tuple[Any, ...]]
# A column, or what is reckoned from some.
Expression = SQLColumnExpression[Any]


def columns(row: type[Struct], *tables: type[SQLModel], **told: Expression) -> list[Expression]:
    """The columns that make a `row`: for each of its fields what is told of it here, else the column of this
    name in the first of the tables that has one. What none has is left to the field's default."""
    found: list[Expression] = []
    for each in fields(row):
        table = next((table for table in tables if each.name in table.model_fields), None)
        if each.name in told:
            found.append(told[each.name].label(each.name))
        elif table is not None:
            found.append(getattr(table, each.name))
    return found


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
