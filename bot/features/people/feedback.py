"""Feedback on the bot itself: kept, and told to the admins."""

from datetime import datetime, timedelta

from sqlalchemy import func, insert, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, self_of
from bot.base.errors import Refused
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.words import edits, said
from bot.words.edits import Change
from models import Feedback

MOST_A_DAY = 10
MOST_CHARACTERS = 1000


def require_room(session: Session, actor: Actor, *, now: datetime, settings: Settings) -> None:
    """Raise Refused where this person has said a day's worth already."""
    access.require(actor, "feedback.give", self_of(actor))
    since = now - timedelta(days=1)
    mine = (col(Feedback.person_id) == actor.person_id, col(Feedback.at) > since)
    if session.execute(select(func.count()).where(*mine)).scalar_one() >= MOST_A_DAY:
        raise Refused("feedback-enough", most=MOST_A_DAY)


def give(session: Session, actor: Actor, words: str, voice: str, *, now: datetime, settings: Settings) -> int:
    """Keep what was said, in words or as Telegram's file id of a voice note; returns its number."""
    require_room(session, actor, now=now, settings=settings)
    words = words.strip()
    if len(words) > MOST_CHARACTERS:
        raise Refused("feedback-too-long", most=MOST_CHARACTERS)
    values = {"person_id": actor.person_id, "at": now, "words": words, "voice": voice or None}
    number = session.execute(insert(Feedback).values(**values).returning(col(Feedback.id))).scalar_one()
    said.file(session, actor, f"feedback:{number}")
    _tell_admins(session, actor, number or 0, words, voice, now, settings)
    return number or 0


def reworded(
    session: Session, actor: Actor, number: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """Feedback says something else now; the admins."""
    access.require(actor, "feedback.give", self_of(actor))
    mine = (col(Feedback.id) == number, col(Feedback.person_id) == actor.person_id)
    if not edits.put(session, Feedback.words, change, *mine):
        return None
    return sorted({person_id for person_id, _ in access.holders(session, "feedback.read", actor.path)})


def _tell_admins(
    session: Session, actor: Actor, number: int, words: str, voice: str, now: datetime, settings: Settings
) -> None:
    admins = {person_id for person_id, _ in access.holders(session, "feedback.read", actor.path)}
    notice = Notice("feedback.received", {"name": actor.name, "words": words, "voice": voice})
    for to in outbox.recipients_of(session, sorted(admins)):
        outbox.enqueue(session, notice, to, f"feedback:{number}:{to.bot}:{to.chat_id}", now, settings)
