"""More photos of work that is said to be done, until somebody has looked at it: they stand with that step."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.hazards import cards, repository
from bot.features.hazards.reporting import READ, add_photo
from bot.photos.photos import ReceivedPhoto
from bot.settings import Settings
from bot.words import said
from models import Hazard, HazardEvent, HazardPhoto, HazardState, HazardStep, Photo, PhotoOf

# A photo outside any form within this time after the last word about the work is one more of it.
SOON = timedelta(hours=1)


def unverified(session: Session, actor: Actor) -> Row[Any] | None:
    """The newest that the actor put right and nobody has looked at: id, year, number; else None."""
    access.require(actor, "person.read_own", self_of(actor))
    mine = (col(Hazard.state) == HazardState.FIXED, col(Hazard.fixed_by) == actor.person_id)
    found = select(col(Hazard.id), col(Hazard.year), col(Hazard.number), col(Hazard.fixed_at)).where(*mine)
    return session.execute(found.order_by(col(Hazard.fixed_at).desc()).limit(1)).first()


def at_hand(work: Work) -> int | None:
    """The one of those that a photo sent just now is of; None where too much time has passed."""
    row = unverified(work.session, work.actor)
    if row is None:
        return None
    mine = (col(HazardEvent.hazard_id) == row.id, col(HazardEvent.person_id) == work.actor.person_id)
    last = work.session.execute(select(func.max(col(HazardEvent.at))).where(*mine)).scalar() or row.fixed_at
    return row.id if work.now - last <= SOON else None


def of_message(session: Session, actor: Actor, chat_id: int, message_id: int) -> int | None:
    """The same by a message about it that is replied to, however late."""
    access.require(actor, "person.read_own", self_of(actor))
    number = repository.of_message(session, actor.bot, chat_id, message_id)
    row = repository.read(session, number) if number else None
    ours = row is not None and row.state == HazardState.FIXED and row.fixed_by == actor.person_id
    return row.id if ours and row is not None else None


def add(work: Work, hazard_id: int, sent: ReceivedPhoto) -> Facts:
    """One more photo of the work; what it is called, and the photo. Raises Refused once it was looked at."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    repository.require_in(row, HazardState.FIXED)
    add_photo(work, row, sent, PhotoOf.AFTER)
    shown = repository.photos_of(work.session, hazard_id)[PhotoOf.AFTER]
    return cards.brief(row) | {"count": len(shown), "photo": shown[-1] if shown else 0}


def add_kept(
    session: Session, actor: Actor, hazard_id: int, photo_ids: Sequence[int],
    *, now: datetime, settings: Settings,
) -> Facts:  # fmt: skip
    """The same with photos that are kept already."""
    row = repository.get(session, hazard_id)
    access.require(actor, READ, repository.thing(session, row))
    repository.require_in(row, HazardState.FIXED)
    words = said.with_captions(session, "", photo_ids)
    event = repository.note(session, actor, row, HazardStep.ADDED, now, words=words)
    repository.attach(session, hazard_id, photo_ids, PhotoOf.AFTER, event)
    cards.show_changed(Work(session, SYSTEM, now, settings), hazard_id)
    shown = repository.photos_of(session, hazard_id)[PhotoOf.AFTER]
    return cards.brief(row) | {"count": len(shown), "photo": 0}


def take_out(work: Work, hazard_id: int, photo_id: int) -> None:
    """It was of something else: it is the actor's to use again. Raises Refused for another's photo."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    mine = select(col(Photo.id)).where(
        col(Photo.id) == photo_id, col(Photo.person_id) == work.actor.person_id
    )
    here = (col(HazardPhoto.hazard_id) == hazard_id, col(HazardPhoto.photo_id) == photo_id)
    if work.session.execute(mine).scalar() is None or row.state != HazardState.FIXED:
        raise Refused("button-stale")
    gone = work.session.connection().execute(delete(HazardPhoto).where(*here))
    if not gone.rowcount:
        raise Refused("button-stale")
    work.session.execute(update(Photo).where(col(Photo.id) == photo_id).values(used_for=None))
    said.of_photo_again(work.session, photo_id)
    cards.show_changed(work, hazard_id)
