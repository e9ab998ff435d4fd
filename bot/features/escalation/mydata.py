"""What is kept of how things went up because of a person, or to one, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, self_of
from bot.base.facts import Facts
from models import LadderOutcome, LadderStep


def lines(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """How often the person was reminded of something open, how often of what others left open."""
    access.require(actor, "person.read_own", self_of(actor))
    mine = func.count().filter(col(LadderStep.level) == 0)
    count, about, last = session.execute(
        select(func.count(), mine, func.max(col(LadderStep.at))).where(
            col(LadderStep.person_id) == actor.person_id, col(LadderStep.outcome) == LadderOutcome.TOLD
        )
    ).one()
    if count:
        words = {"own": str(about), "others": str(count - about)}
        yield {"what": "ladders", "words": words, "times": {"last": last}, "keys": {}}
