"""Every minute, of use shortly before quiet hours end: what they held for a person becomes one message."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.reminders import held_overnight
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 50


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """Some chats; what is folded is no longer found, so no cursor but "go on" is needed."""
    folded = held_overnight.fold(session, SYSTEM, MOST, now=now, settings=settings)
    return Batch({"chats": folded}, {"again": True} if folded == MOST else None)


JOB = Job("fold_held", "* * * * *", timedelta(minutes=1), work)
