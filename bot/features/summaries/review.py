"""A unit's review pack (述评材料): its figures, its hazards with before and after, its ledgers' sums.

The figures are those of the summary. No person is named and none is set against another.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit
from bot.features.summaries import by_topic
from bot.features.summaries.notices import AskedSummary, HazardPair, ListedHazard, PackFigures, Review
from bot.features.summaries.summary import path_of
from bot.settings.work_day import bounds
from bot.storage.rows import Expression, Query, all_of
from models import (
    Area,
    EntryKind,
    Hazard,
    HazardPhoto,
    HazardState,
    Merit,
    Photo,
    PhotoOf,
    PhotoState,
    Post,
)

# Whoever may take these out may take out the pack, which holds a little of both.
FIGURES, HAZARDS = "figures.export", "hazard.export"
# More would be no pack any more but a list: that is what /export is for.
MOST_HAZARDS, MOST_PAIRS = 60, 6


def ask(work: Work, asked: AskedSummary) -> Review:
    """Ask for a pack; what stands in it is read when it is sent, and that it was asked for is written down.

    Raises NotAllowed.
    """
    path = path_of(work.session, asked.area_id)
    for action in (FIGURES, HAZARDS):
        access.require(work.actor, action, Resource(path))
    day = asked.day.isoformat()
    audit.record(work.at(asked.asked_at), FIGURES, path, what="review", day=day)
    return by_topic.ask(work, asked, "report").shown_as(Review)


def load(session: Session, reader: Actor, asked: Review) -> PackFigures | None:
    """What stands in it as it is now; None for a reader who may not see it (any more)."""
    path = path_of(session, asked.area_id)
    if not all(access.allows(reader, action, Resource(path)) for action in (FIGURES, HAZARDS)):
        return None
    found = by_topic.load(session, reader, asked)
    if found is None:
        return None
    count, listed = _hazards(session, asked, path)
    return found.shown_as(
        PackFigures, hazard_count=count, listed=listed, pairs=_pairs(session, asked, path),
        merits=_merits(session, asked, path),
    )  # fmt: skip


def contents(work: Work, asked: AskedSummary, photos: Sequence[int]) -> list[str]:
    """Under which keys these photos of a pack are kept in the store, in this order; empty: not there."""
    access.require(work.actor, HAZARDS, Resource(path_of(work.session, asked.area_id)))
    rows = work.session.execute(select(col(Photo.id), col(Photo.content)).where(col(Photo.id).in_(photos)))
    known = {row.id: row.content or "" for row in rows}
    return [known.get(number, "") for number in photos]


def _hazards(session: Session, asked: AskedSummary, path: str) -> tuple[int, tuple[ListedHazard, ...]]:
    """Those told in the period and those still open from before, area by area in roster order; how many
    there are, and as many of them as find room."""
    first, last = _ends(asked)
    mine = (
        access.within(col(Area.path), path), col(Hazard.state) != HazardState.WITHDRAWN,
        col(Hazard.reported_at) < last,
        or_(col(Hazard.reported_at) >= first, col(Hazard.closed_at).is_(None)),
    )  # fmt: skip
    count = session.execute(_from_hazards(func.count()).where(*mine)).scalar_one()
    overdue = col(Hazard.closed_at).is_(None) & (col(Hazard.due_at) < asked.counted_until)
    rows = session.execute(
        _from_hazards(*_NAMED, col(Hazard.state), overdue.label("overdue"))
        .where(*mine)
        .order_by(col(Area.position), col(Area.id), col(Hazard.id))
        .limit(MOST_HAZARDS)
    )
    return count, tuple(ListedHazard(**{**row._mapping, "overdue": bool(row.overdue)}) for row in rows)


def _pairs(session: Session, asked: AskedSummary, path: str) -> tuple[HazardPair, ...]:
    """Some that were closed in the period and have photos of before and after, the newest first."""
    first, last = _ends(asked)
    before, after = (_photo(shows) for shows in (PhotoOf.BEFORE, PhotoOf.AFTER))
    query = (
        _from_hazards(*_NAMED, before.label("before"), after.label("after"))
        .where(
            access.within(col(Area.path), path), col(Hazard.state) == HazardState.CLOSED,
            col(Hazard.closed_at) >= first, col(Hazard.closed_at) < last,
            before.is_not(None), after.is_not(None),
        )
        .order_by(col(Hazard.closed_at).desc(), col(Hazard.id).desc())
        .limit(MOST_PAIRS)
    )  # fmt: skip
    return tuple(all_of(session, HazardPair, query))


def _photo(shows: PhotoOf) -> ColumnElement[int]:
    """The first photo of before, the last one of after, of those that are kept."""
    chosen = func.min if shows is PhotoOf.BEFORE else func.max
    return (
        select(chosen(col(Photo.id)))
        .join(HazardPhoto, col(HazardPhoto.photo_id) == col(Photo.id))
        .where(
            col(HazardPhoto.hazard_id) == col(Hazard.id), col(HazardPhoto.shows) == shows,
            col(Photo.state) == PhotoState.STORED,
        )
        .correlate(Hazard)
        .scalar_subquery()
    )  # fmt: skip


# Number, kind, place, when it was told, and when it was put right.
_NAMED: tuple[Expression, ...] = (
    col(Hazard.year), col(Hazard.number), col(Hazard.label), col(Hazard.place), col(Hazard.reported_at),
    case(
        (col(Hazard.closed_at).is_not(None), func.coalesce(col(Hazard.fixed_at), col(Hazard.closed_at)))
    ).label("done_at"),
    col(Area.name).label("area"), col(Post.name).label("post"),
)  # fmt: skip


def _from_hazards(*columns: Expression) -> Query:
    return (
        select(*columns)
        .select_from(Hazard)
        .join(Area, col(Area.id) == col(Hazard.area_id))
        .outerjoin(Post, col(Post.id) == col(Hazard.post_id))
    )


def _merits(session: Session, asked: AskedSummary, path: str) -> dict[str, int]:
    """How many activities and commendations were written into ledgers."""
    first, last = _ends(asked)
    rows = session.execute(
        select(col(Merit.kind), func.count())
        .join(Area, col(Area.id) == col(Merit.area_id))
        .where(
            access.within(col(Area.path), path), col(Merit.removed_at).is_(None),
            col(Merit.at) >= first, col(Merit.at) < last,
        )
        .group_by(col(Merit.kind))
    )  # fmt: skip
    return dict.fromkeys((EntryKind.ACTIVITY.value, EntryKind.COMMENDATION.value), 0) | {
        kind: int(many) for kind, many in rows
    }


def _ends(asked: AskedSummary) -> tuple[datetime, datetime]:
    return bounds(asked.day, asked.span.last, asked.work)
