"""Counting: figures of days and areas from the records themselves, nothing kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import True_, select
from sqlmodel import Session, col

from bot.features.attendance import due
from bot.features.figures.definitions import SOURCES, WORKERS
from bot.features.figures.periods import window
from bot.settings import WorkSettings
from bot.settings.work_day import AROUND
from models import Area

# Of one day in one area: figures by code; what is not there is 0.
Counts = dict[str, int]
Place = tuple[date, int]

# A database takes so many values in one list.
_MOST_AREAS = 500
# Each with the names of the marks and constants that are bound in it.
_STATEMENTS = tuple(
    (source.name, source.statement(), frozenset(source.statement().compile().params)) for source in SOURCES
)


def count(
    session: Session, places: Iterable[Place], *, cutoff: datetime, work: WorkSettings
) -> dict[Place, Counts]:
    """The figures of what happened in these areas themselves (not below them) on these days, as they stood
    at the cut-off. Areas without any are there with no figures."""
    by_day: dict[date, list[int]] = defaultdict(list)
    found: dict[Place, Counts] = {}
    for day, area_id in sorted(set(places)):
        by_day[day].append(area_id)
        found[day, area_id] = {}
    for day, areas in by_day.items():
        for start in range(0, len(areas), _MOST_AREAS):
            _count_day(session, day, areas[start : start + _MOST_AREAS], found, cutoff, work)
    return found


def _count_day(
    session: Session, day: date, areas: list[int], found: dict[Place, Counts], cutoff: datetime,
    work: WorkSettings,
) -> None:  # fmt: skip
    span = window(day, cutoff, work)
    asked: dict[str, object] = {
        "day": day, "areas": areas, "starts_at": span.starts_at, "ends_at": span.ends_at,
        "cutoff": cutoff, "near_from": span.starts_at - AROUND, "near_until": span.ends_at + AROUND,
    }  # fmt: skip
    for source, statement, names in _STATEMENTS:
        used = {name: value for name, value in asked.items() if name in names}
        if source == WORKERS:
            used["areas"] = _asked(session, day, areas, cutoff, work)
        for row in session.connection().execute(statement, used):
            counts = found[day, row.area_id]
            for code, value in row._mapping.items():
                if value and code != "area_id":
                    counts[code] = int(value)


def _asked(
    session: Session, day: date, areas: list[int], cutoff: datetime, work: WorkSettings
) -> Sequence[int]:
    """Of these areas, those where the board has asked by then who has come."""
    condition = due.asked(session, day, cutoff, work)
    if isinstance(condition, True_):
        return areas
    found = select(col(Area.id)).where(col(Area.id).in_(areas), condition)
    return [number or 0 for number in session.execute(found).scalars()]
