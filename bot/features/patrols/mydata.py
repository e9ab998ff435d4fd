"""What is kept of a person's patrols, for that person."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from bot.storage.rows import Expression
from models import CheckpointVisit, Patrol, PatrolAnswer, PatrolPoint

TABLES = (Patrol, CheckpointVisit, PatrolPoint, PatrolAnswer)


def lines(own: OwnData) -> Iterable[Line]:
    """How many, since when; what was reached, found and said; the points of the tracks, and when they go."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    session, mine = own.session, col(Patrol.person_id) == own.actor.person_id
    began = col(Patrol.started_at)
    count, first, last = session.execute(
        select(func.count(), func.min(began), func.max(began)).where(mine)
    ).one()
    if not count:
        return
    marks, answers = (_count(session, table, mine) for table in (CheckpointVisit, PatrolAnswer))
    words = {"count": count, "reached": marks, "found": answers}
    yield line("patrols", {"first": first, "last": last}, **words)
    yield from _points(own, mine)
    said = select(began, col(Patrol.words), col(Patrol.voice)).where(mine).order_by(began)
    for at, remark, voice in session.execute(
        said.where((col(Patrol.words) != "") | col(Patrol.voice).is_not(None))
    ):
        yield line("patrol-remark", {"at": at}, said=" ".join(filter(None, (remark, "🎤" if voice else ""))))


def _points(own: OwnData, mine: Expression) -> Iterable[Line]:
    at = col(PatrolPoint.at)
    found = select(func.count(), func.min(at), func.max(at)).join(
        Patrol, col(Patrol.id) == col(PatrolPoint.patrol_id)
    )
    count, first, last = own.session.execute(found.where(mine)).one()
    if count:
        days = own.location_days
        goes = first + timedelta(days=days)
        yield line("patrol-points", {"first": first, "last": last, "goes": goes}, count=count, days=days)


def _count(session: Session, table: type[CheckpointVisit | PatrolAnswer], mine: Expression) -> int:
    counted = select(func.count()).select_from(table).join(Patrol, col(Patrol.id) == col(table.patrol_id))
    return int(session.execute(counted.where(mine)).scalar_one())
