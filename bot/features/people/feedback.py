"""Feedback on the bot itself: kept, and told to the admins."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import Work, self_of
from bot.base.errors import Refused
from bot.features.people.notices import FeedbackReceived
from bot.outbox import outbox
from bot.storage.database import insert_one
from bot.words import edits, said
from bot.words.edits import Change
from bot.words.said import Remark
from models import Feedback

MOST_A_DAY = 10
MOST_CHARACTERS = 1000


def require_room(work: Work) -> None:
    """Raise Refused where this person has said a day's worth already."""
    access.require(work.actor, "feedback.give", self_of(work.actor))
    since = work.now - timedelta(days=1)
    mine = (col(Feedback.person_id) == work.actor.person_id, col(Feedback.at) > since)
    if work.session.execute(select(func.count()).where(*mine)).scalar_one() >= MOST_A_DAY:
        raise Refused("feedback-enough", most=MOST_A_DAY)


def give(work: Work, remark: Remark) -> None:
    """Keep what was said, and tell the admins."""
    require_room(work)
    words, voice = remark.words.strip(), remark.voice
    if len(words) > MOST_CHARACTERS:
        raise Refused("feedback-too-long", most=MOST_CHARACTERS)
    values = {"person_id": work.actor.person_id, "at": work.now, "words": words, "voice": voice or None}
    number = insert_one(work.session, Feedback, values)
    said.file(work.session, work.actor, f"feedback:{number}")
    notice = FeedbackReceived(work.actor.name, words, voice)
    outbox.tell(work, _readers(work), notice, f"feedback:{number}")


def reworded(work: Work, number: int, change: Change) -> list[int] | None:
    """Feedback says something else now; the admins."""
    access.require(work.actor, "feedback.give", self_of(work.actor))
    mine = (col(Feedback.id) == number, col(Feedback.person_id) == work.actor.person_id)
    if not edits.put(work.session, Feedback.words, change, *mine):
        return None
    return _readers(work)


def _readers(work: Work) -> list[int]:
    found = access.people_with(work.session, "feedback.read", work.actor.path)
    return sorted({person_id for person_id, _ in found})
