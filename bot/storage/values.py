"""Markers: single values that the parts share through the database."""

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, select
from sqlmodel import Session, col

from bot.storage.database import upsert
from models import Marker

T = TypeVar("T")
# The version of the roster.
ROSTER = "roster_version"
# Made once: the version is asked in every batch of updates.
_VALUE = select(col(Marker.value)).where(col(Marker.name) == bindparam("name"))


def get(session: Session, name: str) -> str | None:
    """The value under a name; None where there is none."""
    return session.connection().execute(_VALUE, {"name": name}).scalar()


def moment(session: Session, name: str) -> datetime | None:
    """The moment kept under a name; None where there is none, or what is there tells none."""
    try:
        found = datetime.fromisoformat(get(session, name) or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def put(session: Session, name: str, value: str) -> None:
    """Keep this value under the name."""
    upsert(session, Marker, [{"name": name, "value": value}], ["name"], {"value": value})


def roster_version(session: Session) -> int:
    """Counts up with every change of the roster; caches ask it."""
    return int(get(session, ROSTER) or 0)


def raise_roster_version(session: Session) -> None:
    """Make every cache of the roster read anew."""
    put(session, ROSTER, str(roster_version(session) + 1))


class OfRoster(Generic[T]):
    """What is remembered of the roster of each database, and made anew once that has changed."""

    def __init__(self, make: Callable[[Session], T]) -> None:
        self._make = make
        self.known: WeakKeyDictionary[Engine, tuple[int, T]] = WeakKeyDictionary()

    def read(self, session: Session) -> T:
        """As it is now: which version that is, a transaction asks once."""
        version = session.info.get(ROSTER)
        if version is None:
            version = session.info[ROSTER] = roster_version(session)
        engine = session.get_bind().engine
        found = self.known.get(engine)
        if found is None or found[0] != version:
            found = self.known[engine] = (version, self._make(session))
        return found[1]
