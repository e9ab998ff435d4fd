"""What is kept of a person's patrols, for that person."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, self_of
from bot.base.facts import Facts
from models import CheckpointVisit, Patrol, PatrolAnswer, PatrolPoint

TABLES = (Patrol, CheckpointVisit, PatrolPoint, PatrolAnswer)


def lines(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """How many, since when; what was reached, found and said; the points of the tracks, and when they go."""
    access.require(actor, "person.read_own", self_of(actor))
    mine = col(Patrol.person_id) == actor.person_id
    began = col(Patrol.started_at)
    count, first, last = session.execute(
        select(func.count(), func.min(began), func.max(began)).where(mine)
    ).one()
    if not count:
        return
    marks, answers = (_count(session, table, mine) for table in (CheckpointVisit, PatrolAnswer))
    words = {"count": count, "reached": marks, "found": answers}
    yield _line("patrols", {"first": first, "last": last}, **words)
    yield from _points(session, mine, known["location_days"])
    said = select(began, col(Patrol.words), col(Patrol.voice)).where(mine).order_by(began)
    for at, remark, voice in session.execute(
        said.where((col(Patrol.words) != "") | col(Patrol.voice).is_not(None))
    ):
        yield _line("patrol-remark", {"at": at}, said=" ".join(filter(None, (remark, "🎤" if voice else ""))))


def _points(session: Session, mine: Any, days: int) -> Iterable[Facts]:
    at = col(PatrolPoint.at)
    found = select(func.count(), func.min(at), func.max(at)).join(
        Patrol, col(Patrol.id) == col(PatrolPoint.patrol_id)
    )
    count, first, last = session.execute(found.where(mine)).one()
    if count:
        goes = first + timedelta(days=days)
        yield _line("patrol-points", {"first": first, "last": last, "goes": goes}, count=count, days=days)


def _count(session: Session, table: Any, mine: Any) -> int:
    counted = select(func.count()).select_from(table).join(Patrol, col(Patrol.id) == col(table.patrol_id))
    return int(session.execute(counted.where(mine)).scalar_one())


def _line(what: str, times: Facts, **words: Any) -> Facts:
    told = {name: str(word) for name, word in words.items()}
    return {"what": what, "words": told, "times": times, "keys": {}}
