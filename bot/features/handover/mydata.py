"""What is kept of a person's handovers, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, self_of
from bot.base.facts import Facts
from models import Handover, OpenItem


def lines(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """How many were given and taken over, and how much was said in them."""
    access.require(actor, "person.read_own", self_of(actor))
    counts = {
        "given": col(Handover.given_by) == actor.person_id,
        "taken": col(Handover.taken_by) == actor.person_id,
        "said": col(OpenItem.told_by) == actor.person_id,
    }
    words = {
        name: str(session.execute(select(func.count()).where(mine)).scalar_one())
        for name, mine in counts.items()
    }
    if set(words.values()) != {"0"}:
        yield {"what": "handovers", "words": words, "times": {}, "keys": {}}
