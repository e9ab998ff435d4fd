"""Summaries: the figures of an area and a period, and of the areas one level below.

What is asked for is a handful of numbers; the figures are read, and the right to see them is asked, when the
message is sent.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.access.scope import Scope
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.figures import area_tree as figure_area_tree
from bot.features.figures import burden
from bot.features.figures.counting import Counts
from bot.features.figures.definitions import number, with_attendance
from bot.features.figures.periods import Period, PeriodKind, day_list, period_of
from bot.features.figures.reading import of_area, read
from bot.features.requests.repository import TO_DO
from bot.settings import WorkSettings
from bot.settings.work_day import bounds, work_day
from models import Area, Hazard, HazardState, ResidentRequest

READ = "figures.read"
# How many days a trend shows where the period itself is short.
TREND_DAYS = {PeriodKind.DAY: 14, PeriodKind.WEEK: 28}
# So far back a period may be asked for.
_OLDEST = timedelta(days=5 * 366)
_OPEN = (HazardState.REPORTED, HazardState.ASSIGNED, HazardState.FIXED)


@dataclass(frozen=True, slots=True)
class AskedSummary:
    """A summary that is asked for: of which area and period, at what moment."""

    area_id: int
    period: Period
    at: datetime
    work: WorkSettings

    def facts(self) -> Facts:
        """For a notice."""
        return {
            "area_id": self.area_id, "period": self.period.kind, "day": self.period.first.isoformat(),
            "asked_at": self.at, "zone": self.work.timezone, "day_start": self.work.day_start.isoformat(),
            "asks_at": self.work.asks_at.isoformat(),
        }  # fmt: skip

    @property
    def today(self) -> date:
        """The work day of the moment."""
        return work_day(self.at, self.work)

    @property
    def days(self) -> list[date]:
        """The days of the period that have begun."""
        return [day for day in self.period.days if day <= self.today]

    @property
    def days_before(self) -> list[date]:
        """As many days of the period before, so that a week so far is set against as much of a week."""
        before = self.period.before.days
        return before if self.today > self.period.last else before[: len(self.days)]

    @property
    def cutoff(self) -> datetime:
        """Up to when is counted: now, or the end of a period that is over."""
        return min(self.at, bounds(self.period.first, self.period.last, self.work)[1])


def asked_of(facts: Facts) -> AskedSummary:
    """What a notice asks for."""
    at = facts["asked_at"]
    work = WorkSettings(timezone=facts["zone"], day_start=time.fromisoformat(facts["day_start"]))
    if "asks_at" in facts:
        work = work.asking_at(time.fromisoformat(facts["asks_at"]))
    period = period_of(PeriodKind(facts["period"]), date.fromisoformat(facts["day"]))
    return AskedSummary(
        facts["area_id"], period, at if isinstance(at, datetime) else datetime.fromisoformat(at), work
    )


def ask(work: Work, area_id: int | None, kind: str, day: date | None) -> AskedSummary:
    """A summary of an area (None: the actor's own) and of the period that a day lies in (None: today).

    Raises NotAllowed where the area is not the actor's to see, Refused for a day nobody can ask for.
    """
    area = _area(work.session, area_id) if area_id is not None else _own_area(work.session, work.actor)
    access.require(work.actor, READ, Resource(area.path if area else work.actor.path))
    if area is None:
        raise Refused("summary-no-area")
    today = work_day(work.now, work.settings.work)
    period = period_of(PeriodKind(kind), day or today)
    if not today - _OLDEST < period.first <= today:
        raise Refused("summary-no-such-day")
    return AskedSummary(area.id, period, work.now, work.settings.work)


def ask_below(session: Session, actor: Actor, asked: AskedSummary) -> Facts:
    """The areas one level down, to choose from. Raises NotAllowed."""
    area = _area(session, asked.area_id)
    assert area
    access.require(actor, READ, Resource(area.path))
    below = [row for row in figure_area_tree.level_below(session, area.id) if row.removed_at is None]
    return asked.facts() | {
        "area": area.name, "last": asked.period.last.isoformat(), "today": asked.today.isoformat(),
        "areas": [{"area_id": row.id, "name": row.name} for row in below],
    }  # fmt: skip


def area_by_code(session: Session, actor: Actor, code: str) -> int | None:
    """The number of an area that the actor may see; None if there is none with this code."""
    seen = access.visible(actor, READ, Area.path)
    return session.execute(select(col(Area.id)).where(col(Area.code) == code, seen)).scalar()


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The figures as they are now; None for a reader who may not see them (any more)."""
    asked = asked_of(facts)
    area = _area(session, asked.area_id)
    if area is None or not access.allows(reader, READ, Resource(area.path)):
        return None
    return facts | told(session, reader, asked)


def load_scheduled(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The same for a summary nobody asked for; None also where there is nothing to tell."""
    found = load(session, reader, facts)
    if found is None or not (
        found["whole"] or found["before"] or found["hazards"]["open"] or found["requests"]["open"]
    ):
        return None
    return found


def told(session: Session, reader: Actor, asked: AskedSummary) -> Facts:
    """Everything a summary shows. Raises NotAllowed."""
    area = _area(session, asked.area_id)
    assert area
    access.require(reader, READ, Resource(area.path))
    below = figure_area_tree.level_below(session, area.id)
    trend_days = _trend_days(asked)
    ids = [area.id, *(row.id for row in below)]
    found = read(session, asked.days, ids, now=asked.at, work=asked.work)
    earlier = sorted({*asked.days_before, *trend_days} - set(asked.days))
    history = read(session, earlier, [area.id], now=asked.at, work=asked.work) | found
    above = _area(session, area.parent_id) if area.parent_id else None
    return {
        "area": area.name, "cutoff": asked.cutoff, "day": asked.period.first.isoformat(),
        "last": asked.period.last.isoformat(), "today": asked.today.isoformat(),
        "above": area.parent_id if above and access.allows(reader, READ, Resource(above.path)) else None,
        "whole": with_attendance(of_area(found, area.id, asked.days)),
        "before": with_attendance(of_area(history, area.id, asked.days_before)),
        "below": [_below(row, of_area(found, row.id, asked.days)) for row in below],
        "trend": [_of_day(d, of_area(history, area.id, [d])) for d in trend_days],
        "hazards": _open_hazards(session, area.path, asked.at),
        "requests": _open_requests(session, area.path, asked.at),
        "others": _others(session, reader, area.id), "burden": _burden(session, reader, area.path, asked),
    }  # fmt: skip


# What pictures of areas and days are drawn from; the rest would only make messages heavy.
_SHOWN = ("due", "came", "late", "people")


def _brief(counts: Counts) -> Counts:
    shown = with_attendance(counts)
    return {code: shown[code] for code in _SHOWN if code in shown}


def _of_day(day: date, counts: Counts) -> Facts:
    return {"day": day.isoformat(), "counts": _brief(counts)}


def _below(row: Row[Any], counts: Counts) -> Facts:
    return {
        "area_id": row.id,
        "name": row.name,
        "removed": row.removed_at is not None,
        "counts": _brief(counts),
    }


def _trend_days(asked: AskedSummary) -> list[date]:
    last = asked.days[-1] if asked.days else asked.period.first
    wanted = TREND_DAYS.get(asked.period.kind)
    return list(day_list(last - timedelta(days=wanted - 1), last)) if wanted else asked.days


def _open_hazards(session: Session, path: str, now: datetime) -> Facts:
    """How many hazards are open at this moment, and how many of them past their date."""
    row = session.execute(
        select(func.count(), number(col(Hazard.due_at) < now))
        .select_from(Hazard)
        .join(Area, col(Area.id) == col(Hazard.area_id))
        .where(col(Hazard.state).in_(_OPEN), access.within(col(Area.path), path))
    ).one()
    return {"open": row[0], "overdue": row[1]}


def _open_requests(session: Session, path: str, now: datetime) -> Facts:
    """How many residents' requests are open at this moment, and how many of them not done by their date."""
    late = (col(ResidentRequest.due_at) < now) & col(ResidentRequest.state).in_(TO_DO)
    row = session.execute(
        select(func.count(), number(late))
        .select_from(ResidentRequest)
        .join(Area, col(Area.id) == col(ResidentRequest.area_id))
        .where(col(ResidentRequest.closed_at).is_(None), access.within(col(Area.path), path))
    ).one()
    return {"open": row[0], "overdue": row[1]}


def _burden(session: Session, reader: Actor, path: str, asked: AskedSummary) -> Facts:
    """What the bot itself costs people a day, in a month or a quarter; empty where nothing was counted."""
    long_enough = asked.period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER)
    if not long_enough or not access.allows(reader, burden.READ, Resource(path)):
        return {}
    found = burden.spread(session, reader, Scope(path, asked.period.first, asked.period.last))
    return {kind: asdict(spread) for kind, spread in found.items()}


def _area(session: Session, area_id: int) -> Row[Any] | None:
    return session.execute(
        select(col(Area.id), col(Area.name), col(Area.kind), col(Area.path), col(Area.parent_id)).where(
            col(Area.id) == area_id
        )
    ).first()


def _own_area(session: Session, actor: Actor) -> Row[Any] | None:
    """The largest area whose figures the actor may see."""
    areas = _own_areas(session, actor)
    return areas[0] if areas else None


def _own_areas(session: Session, actor: Actor) -> list[Row[Any]]:
    paths = {held.path for held in actor.holdings if access.allows(actor, READ, Resource(held.path))}
    rows = session.execute(
        select(col(Area.id), col(Area.name), col(Area.kind), col(Area.path), col(Area.parent_id)).where(
            col(Area.path).in_(paths)
        )
    )
    return sorted(rows, key=lambda row: (row.path.count("/"), row.path))


def _others(session: Session, reader: Actor, area_id: int) -> list[Facts]:
    """Other areas that the reader keeps, where the one shown is not below or above them."""
    areas = _own_areas(session, reader)
    shown = next((row for row in areas if row.id == area_id), None)
    return [{"area_id": row.id, "name": row.name} for row in areas if shown and row.id != area_id]
