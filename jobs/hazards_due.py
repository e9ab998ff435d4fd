"""Every ten minutes: who has a hazard hears that it is due soon; what is past due starts going up."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.services.hazard_ladders import begin_due, remind
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 100
EVERY = timedelta(minutes=10)


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """One batch: first what is due soon, by its numbers; then what is past due, which is found but once."""
    if occasion.cursor.get("part", "remind") == "remind":
        until = occasion.due_at + timedelta(hours=settings.hazards.remind_hours)
        after = int(occasion.cursor.get("after", 0))
        reminded, last = remind(
            session, SYSTEM, until - EVERY, until, after, MOST, now=now, settings=settings
        )
        return Batch({"reminded": reminded}, {"after": last} if last else {"part": "due"})
    told = begin_due(session, SYSTEM, MOST, now=now, settings=settings)
    return Batch({"told": told}, {"part": "due"} if told == MOST else None)


JOB = Job("hazards_due", "*/10 * * * *", timedelta(hours=1), work)
