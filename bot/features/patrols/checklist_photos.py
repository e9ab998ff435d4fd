"""Photos on the way: of an item just noted, else of a checkpoint."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, self_of
from bot.features.patrols import checklist, checkpoints
from bot.features.patrols.checklist import Noted
from bot.features.patrols.checkpoints import Reached
from bot.features.patrols.starting import MAKE
from bot.photos import photos
from bot.photos.photos import Sent
from bot.settings import Settings
from models import Photo

# The parts of an album come within this time.
ALBUM = timedelta(minutes=2)


def take(
    session: Session, actor: Actor, sent: Sent, caption: str, at: datetime, *, now: datetime,
    settings: Settings,
) -> Noted | Reached | None:  # fmt: skip
    """Keep a photo with what it shows; its caption is said about the same. None for a further part of an
    album, of which nothing more is asked. Raises Refused without an open patrol."""
    access.require(actor, MAKE, self_of(actor))
    further = _is_further_part(session, actor, sent.media_group, at)
    number = photos.keep(session, actor, sent, now=now)
    noted = checklist.add_photo(session, actor, number, now=now, settings=settings)
    if caption:
        checklist.say(session, actor, caption, "", at, now=now, settings=settings)
    if further or noted is not None:
        return None if further else noted
    return checkpoints.by_photo(session, actor, number, at, now=now, settings=settings)


def _is_further_part(session: Session, actor: Actor, album: str, at: datetime) -> bool:
    mine = (col(Photo.person_id) == actor.person_id, col(Photo.album) == album)
    found = select(col(Photo.id)).where(*mine, col(Photo.sent_at) >= at - ALBUM)
    return bool(album) and session.execute(found.limit(1)).first() is not None
