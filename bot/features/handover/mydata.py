"""What is kept of a person's handovers, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from models import Handover, OpenItem


def lines(own: OwnData) -> Iterable[Line]:
    """How many were given and taken over, and how much was said in them."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    counts = {
        "given": col(Handover.given_by) == own.actor.person_id,
        "taken": col(Handover.taken_by) == own.actor.person_id,
        "said": col(OpenItem.told_by) == own.actor.person_id,
    }
    words = {
        name: own.session.execute(select(func.count()).where(mine)).scalar_one()
        for name, mine in counts.items()
    }
    if any(words.values()):
        yield line("handovers", **words)
