"""What is kept of how things went up because of a person, or to one, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from models import LadderOutcome, LadderStep


def lines(own: OwnData) -> Iterable[Line]:
    """How often the person was reminded of something open, how often of what others left open."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    mine = func.count().filter(col(LadderStep.level) == 0)
    count, about, last = own.session.execute(
        select(func.count(), mine, func.max(col(LadderStep.at))).where(
            col(LadderStep.person_id) == own.actor.person_id, col(LadderStep.outcome) == LadderOutcome.TOLD
        )
    ).one()
    if count:
        yield line("ladders", {"last": last}, own=about, others=count - about)
