"""What is kept about a person, a line a thing, for `/mydata`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import datetime

from sqlmodel import Session

from bot.access import Actor
from bot.base.facts import Struct


class OwnData(Struct):
    """Whose data is told, where it is read, and for how many days what is kept."""

    session: Session
    actor: Actor
    location_days: int
    payload_days: int


class Line(Struct):
    """A sentence, and what fills it; `keys` name texts to be translated."""

    what: str
    words: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, datetime | None] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)


# The lines of some tables.
Source = Callable[[OwnData], Iterable[Line]]


def line(
    what: str,
    times: Mapping[str, datetime | None] | None = None,
    keys: Mapping[str, str] | None = None,
    **words: object,
) -> Line:
    """A line, its words as text."""
    return Line(what, {name: str(word) for name, word in words.items()}, times or {}, keys or {})
