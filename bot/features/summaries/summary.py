"""Summaries: the figures of an area and a period, and of the areas one level below.

What is asked for is a handful of numbers; the figures are read, and the right to see them is asked, when the
message is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.access.scope import Scope
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases.case import AnyCase
from bot.features.figures import area_tree, burden
from bot.features.figures.area_tree import AreaBelow
from bot.features.figures.burden import Spread
from bot.features.figures.counting import Counts
from bot.features.figures.definitions import number, with_attendance
from bot.features.figures.periods import PeriodKind, day_list, period_of
from bot.features.figures.reading import of_area, read
from bot.features.hazards.repository import HAZARD
from bot.features.requests.repository import REQUEST
from bot.features.summaries import notices
from bot.settings.work_day import work_day
from bot.storage.rows import all_of, first_of
from models import Area

READ = "figures.read"
# How many days a trend shows where the period itself is short.
TREND_DAYS = {PeriodKind.DAY: 14, PeriodKind.WEEK: 28}
# So far back a period may be asked for.
_OLDEST = timedelta(days=5 * 366)


def ask(work: Work, area_id: int | None, kind: str, day: date | None) -> notices.AskedSummary:
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
    return notices.AskedSummary.of(area.id, period, work.now, work.settings.work)


def ask_below(work: Work, asked: notices.AskedSummary, offset: int) -> notices.SummaryBelow:
    """The areas one level down, to choose from. Raises NotAllowed."""
    area = _area(work.session, asked.area_id)
    assert area
    access.require(work.actor, READ, Resource(area.path))
    below = [row for row in area_tree.level_below(work.session, area.id) if row.removed_at is None]
    return asked.shown_as(
        notices.SummaryBelow, area=area.name, last=asked.span.last, today=asked.began_on,
        areas=tuple(notices.AreaButton(row.id, row.name) for row in below), offset=offset,
    )  # fmt: skip


def area_by_code(work: Work, code: str) -> int | None:
    """The number of an area that the actor may see; None if there is none with this code."""
    seen = access.visible(work.actor, READ, Area.path)
    return work.session.execute(select(col(Area.id)).where(col(Area.code) == code, seen)).scalar()


def load(session: Session, reader: Actor, asked: notices.AskedSummary) -> notices.Figures | None:
    """The figures as they are now; None for a reader who may not see them (any more)."""
    area = _area(session, asked.area_id)
    if area is None or not access.allows(reader, READ, Resource(area.path)):
        return None
    return figures(session, reader, asked)


def load_scheduled(session: Session, reader: Actor, asked: notices.AskedSummary) -> notices.Figures | None:
    """The same for a summary nobody asked for; None also where there is nothing to tell."""
    found = load(session, reader, asked)
    is_there = found and (found.whole or found.before or found.hazards.open or found.requests.open)
    return found if is_there else None


def figures(session: Session, reader: Actor, asked: notices.AskedSummary) -> notices.Figures:
    """Everything a summary shows. Raises NotAllowed."""
    area = _area(session, asked.area_id)
    assert area
    access.require(reader, READ, Resource(area.path))
    below = area_tree.level_below(session, area.id)
    trend_days = _trend_days(asked)
    ids = [area.id, *(row.id for row in below)]
    found = read(session, asked.days, ids, now=asked.asked_at, work=asked.work)
    earlier = sorted({*asked.days_before, *trend_days} - set(asked.days))
    history = read(session, earlier, [area.id], now=asked.asked_at, work=asked.work) | found
    above = _area(session, area.parent_id) if area.parent_id else None
    return notices.Figures(
        **{each.name: getattr(asked, each.name) for each in fields(notices.AskedSummary)},
        area=area.name, cutoff=asked.counted_until, last=asked.span.last, today=asked.began_on,
        above=above.id if above and access.allows(reader, READ, Resource(above.path)) else None,
        whole=with_attendance(of_area(found, area.id, asked.days)),
        before=with_attendance(of_area(history, area.id, asked.days_before)),
        below=tuple(_below(row, of_area(found, row.id, asked.days)) for row in below),
        trend=tuple(notices.DayFigures(d, _brief(of_area(history, area.id, [d]))) for d in trend_days),
        hazards=_open(session, HAZARD, area.path, asked.asked_at, HAZARD.life.open),
        requests=_open(session, REQUEST, area.path, asked.asked_at, REQUEST.life.to_do),
        others=_others(session, reader, area.id), burden=_burden(session, reader, area.path, asked),
        more=isinstance(asked, notices.Summary) and asked.more,
    )  # fmt: skip


# What pictures of areas and days are drawn from; the rest would only make messages heavy.
_SHOWN = ("due", "came", "late", "people")


def _brief(counts: Counts) -> Counts:
    shown = with_attendance(counts)
    return {code: shown[code] for code in _SHOWN if code in shown}


def _below(row: AreaBelow, counts: Counts) -> notices.AreaFigures:
    return notices.AreaFigures(row.id, row.name, row.removed_at is not None, _brief(counts))


def _trend_days(asked: notices.AskedSummary) -> list[date]:
    last = asked.days[-1] if asked.days else asked.day
    wanted = TREND_DAYS.get(asked.period)
    return list(day_list(last - timedelta(days=wanted - 1), last)) if wanted else asked.days


def _open(session: Session, kind: AnyCase, path: str, now: datetime, late: Sequence[str]) -> notices.OpenNow:
    """How many cases of a kind are open at this moment, and how many past their date in one of the states
    `late`."""
    cases = kind.tables.cases.c
    row = session.execute(
        select(func.count(), number((cases.due_at < now) & cases.state.in_(late)))
        .select_from(kind.tables.cases)
        .join(Area, col(Area.id) == cases.area_id)
        .where(cases.closed_at.is_(None), access.within(col(Area.path), path))
    ).one()
    return notices.OpenNow(*row)


def _burden(session: Session, reader: Actor, path: str, asked: notices.AskedSummary) -> Mapping[str, Spread]:
    """What the bot itself costs people a day, in a month or a quarter; empty where nothing was counted."""
    long_enough = asked.period in (PeriodKind.MONTH, PeriodKind.QUARTER)
    if not long_enough or not access.allows(reader, burden.READ, Resource(path)):
        return {}
    return burden.spread(session, reader, Scope(path, asked.day, asked.span.last))


class _Area(Struct):
    """An area, and the number of the one around it."""

    id: int
    name: str
    path: str
    parent_id: int | None


_FIELDS = (col(Area.id), col(Area.name), col(Area.path), col(Area.parent_id))


def _area(session: Session, area_id: int) -> _Area | None:
    return first_of(session, _Area, select(*_FIELDS).where(col(Area.id) == area_id))


def path_of(session: Session, area_id: int) -> str:
    """The path of an area; empty where there is none."""
    area = _area(session, area_id)
    return area.path if area else ""


def _own_area(session: Session, actor: Actor) -> _Area | None:
    """The largest area whose figures the actor may see."""
    areas = _own_areas(session, actor)
    return areas[0] if areas else None


def _own_areas(session: Session, actor: Actor) -> list[_Area]:
    paths = {held.path for held in actor.holdings if access.allows(actor, READ, Resource(held.path))}
    rows = all_of(session, _Area, select(*_FIELDS).where(col(Area.path).in_(paths)))
    return sorted(rows, key=lambda row: (row.path.count("/"), row.path))


def _others(session: Session, reader: Actor, area_id: int) -> tuple[notices.AreaButton, ...]:
    """Other areas that the reader keeps, where the one shown is not below or above them."""
    areas = _own_areas(session, reader)
    shown = any(row.id == area_id for row in areas)
    return tuple(notices.AreaButton(row.id, row.name) for row in areas if shown and row.id != area_id)
