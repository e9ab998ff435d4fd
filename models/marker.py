"""Markers: single values the parts share, such as the roster's version."""

from sqlmodel import Field, SQLModel


class Marker(SQLModel, table=True):
    """A named value."""

    name: str = Field(primary_key=True)
    value: str
