"""A head's linked households and what is told of them: rows only. Who may do what is asked above."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import case, delete, func, insert, select, update
from sqlmodel import Session, col

from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.settings import Settings
from bot.settings.work_day import work_day
from bot.storage.database import insert_new
from bot.storage.rows import Expression, Query, all_of
from models import Area, HouseholdCluster, HouseholdDay, HouseholdMark, HouseholdMarkKind


class Linked(Struct):
    """A cluster of a head's. Its households are numbered from 1; `area` names it."""

    cluster_id: int
    head_id: int
    area_id: int
    area: str
    path: str
    count: int


class ClusterDay(Struct):
    """A day of a cluster: its households, when it was told of, and how many are marked."""

    id: int
    cluster_id: int
    count: int
    answered_at: datetime | None
    marked: int


class DayMark(Struct):
    """What is up with a household, by its number within its cluster."""

    day_id: int
    number: int
    kind: str
    words: str
    voice: str | None
    request: str


def today(now: datetime, settings: Settings) -> date:
    """The day that is told of: today's work day."""
    return work_day(now, settings.work)


def clusters_of(session: Session, head_id: int) -> list[Linked]:
    """The clusters a person heads, in a fixed order."""
    found: Query = (
        select(
            col(HouseholdCluster.id).label("cluster_id"), col(HouseholdCluster.head_id),
            col(Area.id).label("area_id"), col(Area.name).label("area"), col(Area.path),
            col(HouseholdCluster.count),
        )
        .join(Area, col(Area.id) == col(HouseholdCluster.area_id))
        .where(col(HouseholdCluster.head_id) == head_id, col(HouseholdCluster.removed_at).is_(None))
        .order_by(col(HouseholdCluster.id))
    )  # fmt: skip
    return all_of(session, Linked, found)


def located(clusters: Sequence[Linked], number: int) -> tuple[Linked, int]:
    """The cluster of a household that is counted through all of them, and its number there.

    Raises Refused where there is no such household.
    """
    for cluster in clusters:
        if 1 <= number <= cluster.count:
            return cluster, number
        number -= cluster.count
    raise Refused("button-stale")


def named(clusters: Sequence[Linked], number: int) -> tuple[int, str]:
    """The number of a household within its area, and the area where there are several, else empty."""
    cluster, inside = located(clusters, number)
    return inside, cluster.area if len(clusters) > 1 else ""


def open_days(session: Session, clusters: Sequence[Linked], day: date) -> None:
    """See that there is a row for the day of each cluster."""
    rows = [
        {
            "cluster_id": c.cluster_id, "head_id": c.head_id, "area_id": c.area_id, "count": c.count,
            "day": day, "marked": 0, "not_reached": 0,
        }
        for c in clusters
    ]  # fmt: skip
    insert_new(session, HouseholdDay, rows)


def days_of(session: Session, clusters: Sequence[Linked], day: date) -> list[ClusterDay]:
    """The rows of one day."""
    found = select(
        col(HouseholdDay.id), col(HouseholdDay.cluster_id), col(HouseholdDay.count),
        col(HouseholdDay.answered_at), col(HouseholdDay.marked),
    ).where(_these(clusters, day))  # fmt: skip
    return all_of(session, ClusterDay, found)


def day_id(session: Session, cluster: Linked, day: date) -> int:
    """The number of one cluster's day."""
    found = select(col(HouseholdDay.id)).where(_these([cluster], day))
    return session.execute(found).scalar_one() or 0


def answer(session: Session, clusters: Sequence[Linked], day: date, now: datetime) -> bool:
    """The day is told of. False where it was before."""
    answered = session.connection().execute(
        update(HouseholdDay)
        .where(_these(clusters, day), col(HouseholdDay.answered_at).is_(None))
        .values(answered_at=now)
    )
    return answered.rowcount > 0


def take_back(session: Session, clusters: Sequence[Linked], day: date, since: datetime) -> bool:
    """The day is not told of yet, if it was no longer ago than this."""
    fresh = (_these(clusters, day), col(HouseholdDay.answered_at) >= since)
    taken = session.connection().execute(update(HouseholdDay).where(*fresh).values(answered_at=None))
    return taken.rowcount > 0


def marks_of(session: Session, day_ids: Sequence[int]) -> list[DayMark]:
    """What is up with which household on these days."""
    found = select(
        col(HouseholdMark.day_id), col(HouseholdMark.number), col(HouseholdMark.kind),
        col(HouseholdMark.words), col(HouseholdMark.voice), col(HouseholdMark.request),
    ).where(col(HouseholdMark.day_id).in_(day_ids))  # fmt: skip
    return all_of(session, DayMark, found.order_by(col(HouseholdMark.day_id), col(HouseholdMark.number)))


def put_mark(session: Session, of_day: int, number: int, kind: HouseholdMarkKind, now: datetime) -> int:
    """Mark a household; its number."""
    values = {"day_id": of_day, "number": number, "kind": kind, "words": "", "marked_at": now}
    made = session.execute(insert(HouseholdMark).values(**values).returning(col(HouseholdMark.id)))
    return made.scalar_one() or 0


def mark_on(session: Session, of_day: int, number: int) -> int | None:
    """The number of a household's mark; None where there is none."""
    here = (col(HouseholdMark.day_id) == of_day, col(HouseholdMark.number) == number)
    return session.execute(select(col(HouseholdMark.id)).where(*here)).scalar()


def drop_mark(session: Session, mark_id: int) -> None:
    """Take a mark away."""
    session.execute(delete(HouseholdMark).where(col(HouseholdMark.id) == mark_id))


def recount(session: Session, of_day: int) -> None:
    """Write down how many households of the day are marked, and how many were not reached."""
    unreached = case((col(HouseholdMark.kind) == HouseholdMarkKind.NOT_REACHED, 1))
    marked, not_reached = session.execute(
        select(func.count(), func.count(unreached)).where(col(HouseholdMark.day_id) == of_day)
    ).one()
    counts = {"marked": marked, "not_reached": not_reached}
    session.execute(update(HouseholdDay).where(col(HouseholdDay.id) == of_day).values(**counts))


def _these(clusters: Sequence[Linked], day: date) -> Expression:
    ids = [cluster.cluster_id for cluster in clusters]
    return col(HouseholdDay.cluster_id).in_(ids) & (col(HouseholdDay.day) == day)
