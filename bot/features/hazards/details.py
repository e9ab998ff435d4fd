"""A hazard looked into and spoken of. What is said in between changes nothing, and reaches whose turn it
is."""

from bot import access
from bot.access import Work, labels
from bot.features.cases import cards, workflow
from bot.features.hazards import repository
from bot.features.hazards.notices import HazardPhotoShown, HazardRemarked
from bot.features.hazards.reporting import put_photo
from bot.features.hazards.repository import HAZARD, REMARK, HazardRow
from bot.photos.photos import ReceivedPhoto
from bot.words.said import Remark
from models import HazardState, PhotoOf

MOST_PHOTOS = 10


def pictures(work: Work, hazard_id: int) -> list[HazardPhotoShown]:
    """Its photos, those of before first."""
    row = workflow.seen(work, HAZARD, hazard_id)
    found = repository.photos_of(work.session, hazard_id)
    # Of the work the newest: what was sent back earlier has been looked at.
    before, after = found[PhotoOf.BEFORE][:MOST_PHOTOS], found[PhotoOf.AFTER][-MOST_PHOTOS:]
    shown = [(PhotoOf.BEFORE, number) for number in before] + [(PhotoOf.AFTER, number) for number in after]
    return [HAZARD.tell(HazardPhotoShown, row, photo=number, shows=shows) for shows, number in shown]


def about(work: Work, chat_id: int, message_id: int) -> int | None:
    """The hazard of a message in the actor's chat that is not over, and that the actor may say something
    about; else None."""
    row = _of_message(work, chat_id, message_id)
    return row.id if row is not None and row.state in REMARK.states else None


def over(work: Work, chat_id: int, message_id: int) -> str:
    """The sentence for whoever says something about a hazard that is over; empty where it is not."""
    row = _of_message(work, chat_id, message_id)
    return HAZARD.over_key(row.state) if row is not None and row.state not in REMARK.states else ""


def _of_message(work: Work, chat_id: int, message_id: int) -> HazardRow | None:
    number = repository.of_message(work.session, work.actor.bot, chat_id, message_id)
    row = HAZARD.read(work.session, number) if number else None
    if row is None or not access.allows(work.actor, REMARK.action, HAZARD.resource(work.session, row)):
        return None
    return row


def remark(work: Work, hazard_id: int, words: str, voice: str) -> HazardRemarked:
    """Keep words or a voice note (Telegram's file id) with a hazard; what the actor is answered: what it is
    called, and who hears of it. Raises Refused once it is over."""
    row = workflow.held(work, HAZARD, hazard_id, REMARK)
    HAZARD.note(work, row, REMARK.step, Remark(words, voice))
    return _lay_before(work, row)


def show(work: Work, hazard_id: int, sent: ReceivedPhoto) -> HazardRemarked:
    """The same with a photo and what stands below it, from whoever has not put it right: it shows how it is
    now. Raises Refused once it is over."""
    row = workflow.held(work, HAZARD, hazard_id, REMARK)
    shows = PhotoOf.AFTER if row.state == HazardState.FIXED else PhotoOf.BEFORE
    put_photo(work, row, sent, shows, REMARK.step)
    return _lay_before(work, row, photo=True)


def _lay_before(work: Work, row: HazardRow, photo: bool = False) -> HazardRemarked:
    """Whose turn it is reads it; what the actor is answered."""
    asked = [person for person in workflow.turn_of(work, HAZARD, row) if person != work.actor.person_id]
    cards.show_changed(work, HAZARD, row.id, rings=asked, by=work.actor)
    told = tuple(labels.named(work.session, asked)[:3])
    return HAZARD.tell(HazardRemarked, row, told=told, photo=photo)
