"""Reading figures: roll-ups, with what has changed since they were counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlmodel import Session

from bot.features.figures import rollups
from bot.features.figures.counting import Counts, Place
from bot.settings import WorkSettings


def read(
    session: Session, days: Collection[date], area_ids: Collection[int], *, now: datetime, work: WorkSettings
) -> dict[Place, Counts]:
    """The figures of these days and areas, everything below included, as they stand now."""
    asked, found = set(days), rollups.kept(session, days, area_ids)
    waiting = {place for place in rollups.waiting(session, now, work) if place[0] in asked}
    changed = rollups.changes(session, waiting, cutoff=now, work=work) if waiting else {}
    wanted = set(area_ids)
    for place, difference in changed.items():
        if place[1] in wanted:
            found[place] = added([found.get(place, {}), difference])
    return found


def added(counts: Iterable[Counts]) -> Counts:
    """The sum of figures."""
    total: Counts = defaultdict(int)
    for each in counts:
        for code, value in each.items():
            total[code] += value
    return {code: value for code, value in total.items() if value}


def of_area(found: dict[Place, Counts], area_id: int, days: Iterable[date]) -> Counts:
    """The figures of one area over days, of those that were read."""
    return added(found.get((day, area_id), {}) for day in days)
