"""What is kept of a person's photos, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, self_of
from bot.base.facts import Facts
from models import Photo, PhotoState


def lines(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """How many there are, of how many our own copy is kept, and from when the first one is."""
    access.require(actor, "person.read_own", self_of(actor))
    kept = func.count().filter(col(Photo.content).is_not(None))
    count, copies, first = session.execute(
        select(func.count(), kept, func.min(col(Photo.sent_at))).where(
            col(Photo.person_id) == actor.person_id, col(Photo.state) != PhotoState.ERASED
        )
    ).one()
    if count:
        words = {"count": str(count), "copies": str(copies)}
        yield {"what": "photos", "words": words, "times": {"first": first}, "keys": {}}
