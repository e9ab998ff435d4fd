"""Every morning, when their area wants it: one message with all that waits for a person."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.reminders import digest
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Everybody of the area at once: only those for whom something waits cost anything."""
    told = digest.send(session, SYSTEM, occasion.path, occasion.but, now=now, settings=settings)
    return Batch({"people": told})


def keep_up(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """What was done goes from the day's messages."""
    return Batch({"changed": digest.follow(session, SYSTEM, now=now, settings=settings)})


JOB = Job("digest", "0 8 * * *", timedelta(hours=3), work, by_area=True)
FOLLOW = Job("follow_digest", "* * * * *", timedelta(minutes=2), keep_up)
