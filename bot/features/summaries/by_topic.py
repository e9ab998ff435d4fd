"""A summary by topic: patrols by day and hour, open hazards by kind and age, and all on one page.

What is asked for is a handful of numbers; what is shown is read, and the right to see it asked, when the
message is sent.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Integer, cast, exists, extract, func, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, areas
from bot.features.cases.case import AnyCase
from bot.features.figures.definitions import number
from bot.features.figures.reading import of_area, read
from bot.features.hazards.repository import HAZARD
from bot.features.requests.repository import REQUEST
from bot.features.shifts.crews import coming
from bot.features.summaries import notices, summary
from bot.features.summaries.summary import READ, path_of
from bot.settings.cases import CaseCategory
from bot.settings.work_day import bounds, work_day
from bot.storage.rows import Query, all_of
from models import (
    Area,
    CheckIn,
    Hazard,
    Patrol,
    PatrolState,
    Post,
    Shift,
    ShiftMember,
)

TOPICS = (
    "patrols", "patrols-areas", "hazards", "hazards-areas", "requests", "requests-areas", "households", "map",
    "report", "page",
)  # fmt: skip
# So many posts, and so many hazards, stand on a map at the most.
MOST_PLACES = 300
# Ages of open hazards in days, up to and with; the rest are older.
AGES = (3, 7, 30)


def ask(work: Work, asked: notices.AskedSummary, topic: str) -> notices.SummaryTopic:
    """Ask for a topic (one of TOPICS). Raises NotAllowed."""
    access.require(work.actor, READ, Resource(path_of(work.session, asked.area_id)))
    kinds = _named(work.settings.hazards.categories)
    of_requests = _named(work.settings.requests.categories)
    return asked.shown_as(notices.SummaryTopic, topic=topic, kinds=kinds, request_kinds=of_requests)


def load(session: Session, reader: Actor, asked: notices.SummaryTopic) -> notices.TopicFigures | None:
    """What is to be shown as it is now; None for a reader who may not see it (any more)."""
    found = summary.load(session, reader, asked)
    if found is None:
        return None
    path = path_of(session, asked.area_id)
    below = [row.area_id for row in found.below]
    figures = read(session, asked.days, below, now=asked.asked_at, work=asked.work)
    counts = {row.area_id: of_area(figures, row.area_id, asked.days) for row in found.below}
    return found.shown_as(
        notices.TopicFigures, topic=asked.topic, kinds=asked.kinds, request_kinds=asked.request_kinds,
        places=tuple(notices.Place(**each) for each in areas.places(session, asked.area_id)),
        posts=_posts(session, asked, path), spots=_hazard_spots(session, asked, path),
        hours=_patrol_hours(session, asked, path), open=_open(session, asked, path, HAZARD, HAZARD.life.open),
        open_requests=_open(session, asked, path, REQUEST, REQUEST.life.to_do),
        areas=tuple(notices.NamedFigures(row.name, counts[row.area_id]) for row in found.below),
    )  # fmt: skip


def _named(kinds: Iterable[CaseCategory]) -> tuple[notices.CategoryName, ...]:
    return tuple(notices.CategoryName(kind.code, kind.zh_CN, kind.en) for kind in kinds)


def _patrol_hours(session: Session, asked: notices.AskedSummary, path: str) -> tuple[notices.HoursOfDay, ...]:
    """How many patrols set out in each hour of each work day, from the hour it starts with; of the last
    days where there are many."""
    days = asked.days[-31:]
    if not days:
        return ()
    hour = cast(extract("epoch", col(Patrol.started_at)), Integer) // 3600
    since, until = bounds(days[0], days[-1], asked.work)
    rows = session.execute(
        select(hour.label("hour"), func.count())
        .select_from(Patrol)
        .join(Area, col(Area.id) == col(Patrol.area_id))
        .where(
            col(Patrol.started_at) >= since, col(Patrol.started_at) < until,
            access.within(col(Area.path), path), col(Patrol.state) != PatrolState.OPEN,
        )
        .group_by(hour)
    )  # fmt: skip
    counted: Counter[tuple[date, int]] = Counter()
    for number_, many in rows:
        at = datetime.fromtimestamp(number_ * 3600, UTC)
        counted[work_day(at, asked.work), at.astimezone(asked.work.zone).hour] += many
    hours = [(asked.work.day_start.hour + n) % 24 for n in range(24)]
    return tuple(notices.HoursOfDay(day, tuple(counted[day, h] for h in hours)) for day in days)


def _posts(session: Session, asked: notices.AskedSummary, path: str) -> tuple[notices.PostPlace, ...]:
    """Posts whose place is known, in roster order, and whether somebody keeps duty there at this moment."""
    now = asked.asked_at
    is_open = (col(CheckIn.out_at).is_(None), col(CheckIn.close_at) > now)
    here = select(col(CheckIn.id)).where(col(CheckIn.post_id) == col(Post.id), *is_open)
    # On duty by a check-in that names no post, and planned for this one now.
    planned = (
        select(col(CheckIn.id))
        .join(ShiftMember, col(ShiftMember.person_id) == col(CheckIn.person_id))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(
            col(CheckIn.post_id).is_(None), *is_open, coming(), col(Shift.post_id) == col(Post.id),
            col(Shift.removed_at).is_(None), col(Shift.starts_at) <= now, col(Shift.ends_at) > now,
        )
    )  # fmt: skip
    manned = or_(exists(here.correlate(Post)), exists(planned.correlate(Post)))
    rows = session.execute(
        select(col(Post.name), col(Post.latitude), col(Post.longitude), manned.label("manned"))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(
            access.within(col(Area.path), path), col(Post.removed_at).is_(None),
            col(Post.latitude).is_not(None), col(Post.longitude).is_not(None),
        )
        .order_by(col(Area.position), col(Area.id), col(Post.code))
        .limit(MOST_PLACES)
    )  # fmt: skip
    return tuple(notices.PostPlace(**{**row._mapping, "manned": bool(row.manned)}) for row in rows)


def _hazard_spots(
    session: Session, asked: notices.AskedSummary, path: str
) -> tuple[notices.HazardPlace, ...]:
    """Open hazards whose place is known, the newest first."""
    rows = session.execute(
        select(
            col(Hazard.category), col(Hazard.latitude), col(Hazard.longitude),
            (col(Hazard.due_at) < asked.asked_at).label("overdue"),
        )
        .join(Area, col(Area.id) == col(Hazard.area_id))
        .where(
            col(Hazard.closed_at).is_(None), access.within(col(Area.path), path),
            col(Hazard.latitude).is_not(None), col(Hazard.longitude).is_not(None),
        )
        .order_by(col(Hazard.id).desc())
        .limit(MOST_PLACES)
    )  # fmt: skip
    return tuple(notices.HazardPlace(**{**row._mapping, "overdue": bool(row.overdue)}) for row in rows)


def _open(
    session: Session, asked: notices.AskedSummary, path: str, kind: AnyCase, late: Sequence[str]
) -> tuple[notices.OpenCases, ...]:
    """What is open at this moment, by category: by state, by age, and what is past its date in one of the
    states `late`."""
    cases, began = kind.tables.cases.c, kind.begun_at
    age = [number(began > asked.asked_at - timedelta(days=days)).label(f"age{days}") for days in AGES]
    query: Query = (
        select(
            cases.category, func.count().label("open"), *age,
            *(number(cases.state == state).label(state) for state in kind.life.open),
            number((cases.due_at < asked.asked_at) & cases.state.in_(late)).label("overdue"),
        )
        .join(Area, col(Area.id) == cases.area_id)
        .where(cases.closed_at.is_(None), access.within(col(Area.path), path))
        .group_by(cases.category)
    )  # fmt: skip
    return tuple(all_of(session, notices.OpenCases, query))
