"""A line of what is kept about a person, for `/mydata`."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlmodel import Session

from bot.access import Actor
from bot.base.facts import Facts

# The lines of some tables: for whom, and what is known of the settings.
Source = Callable[[Session, Actor, Facts], Iterable[Facts]]


def line(what: str, times: Facts | None = None, keys: Facts | None = None, **words: Any) -> Facts:
    """A line: its sentence, and what fills it. Times are moments; keys name texts to be translated."""
    told = {name: str(word) for name, word in words.items()}
    return {"what": what, "words": told, "times": times or {}, "keys": keys or {}}
