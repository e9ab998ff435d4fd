"""The timetable as rows: which areas do something at a time of their own.

An area's own line holds for the areas below it that have none.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot.base.facts import Struct
from models import Area, Timetable


class AreaTime(Struct):
    """An area's own line. `time` is local, `HH:MM`; `earliest` and `latest` bind the areas below."""

    area_id: int
    code: str
    name: str
    path: str
    time: str
    is_on: bool
    earliest: str | None = None
    latest: str | None = None
    set_at: datetime | None = None


def lines_of(session: Session, rule: str) -> list[AreaTime]:
    """Every own line for a rule, those of larger areas first."""
    found = session.execute(
        select(
            col(Area.id), col(Area.code), col(Area.name), col(Area.path), col(Timetable.time),
            col(Timetable.is_on), col(Timetable.earliest), col(Timetable.latest), col(Timetable.set_at),
        )
        .join(Area, col(Area.id) == col(Timetable.area_id))
        .where(col(Timetable.rule) == rule, col(Area.removed_at).is_(None))
        .order_by(col(Area.path))
    )  # fmt: skip
    return [AreaTime(*row) for row in found]


def governing(lines: Iterable[AreaTime], path: str) -> AreaTime | None:
    """The line that holds for an area: its own, else that of the nearest one above; None: the default."""
    held = [line for line in lines if path.startswith(line.path)]
    return max(held, key=lambda line: len(line.path), default=None)


def below(lines: Sequence[AreaTime], path: str) -> tuple[str, ...]:
    """The paths strictly within this one that go by lines of their own."""
    return tuple(line.path for line in lines if line.path.startswith(path) and line.path != path)


def marker(rule: str, area: str = "") -> str:
    """The name of the marker that says up to when a rule was done for an area (empty: for the rest)."""
    return f"job:{rule}:{area}" if area else f"job:{rule}"
