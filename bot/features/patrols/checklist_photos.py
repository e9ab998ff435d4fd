"""Photos on the way: of an item just noted, else of a checkpoint."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, self_of
from bot.features.patrols import checklist, checkpoints
from bot.features.patrols.checklist import Noted
from bot.features.patrols.checkpoints import Reached
from bot.features.patrols.starting import MAKE
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from models import Photo

# The parts of an album come within this time.
ALBUM = timedelta(minutes=2)


def take(work: Work, sent: ReceivedPhoto, caption: str, at: datetime) -> Noted | Reached | None:
    """Keep a photo with what it shows; its caption is said about the same. None for a further part of an
    album, of which nothing more is asked. Raises Refused without an open patrol."""
    access.require(work.actor, MAKE, self_of(work.actor))
    further = _is_further_part(work.session, work.actor, sent.media_group, at)
    number = photos.keep(work.session, work.actor, sent, now=work.now)
    noted = checklist.add_photo(work, number)
    if caption:
        checklist.say(work, caption, "", at)
    if further or noted is not None:
        return None if further else noted
    return checkpoints.by_photo(work, number, at)


def _is_further_part(session: Session, actor: Actor, album: str, at: datetime) -> bool:
    mine = (col(Photo.person_id) == actor.person_id, col(Photo.album) == album)
    found = select(col(Photo.id)).where(*mine, col(Photo.sent_at) >= at - ALBUM)
    return bool(album) and session.execute(found.limit(1)).first() is not None
