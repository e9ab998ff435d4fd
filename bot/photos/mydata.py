"""What is kept of a person's photos, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from models import Photo, PhotoState


def lines(own: OwnData) -> Iterable[Line]:
    """How many there are, of how many our own copy is kept, and from when the first one is."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    kept = func.count().filter(col(Photo.content).is_not(None))
    count, copies, first = own.session.execute(
        select(func.count(), kept, func.min(col(Photo.sent_at))).where(
            col(Photo.person_id) == own.actor.person_id, col(Photo.state) != PhotoState.ERASED
        )
    ).one()
    if count:
        yield line("photos", {"first": first}, count=count, copies=copies)
