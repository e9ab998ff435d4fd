"""Every minute: swaps that were not settled before their shift started are ended, and the people told."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.swaps.swaps import expire
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 100


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """End one batch; what is ended is no longer found, so no cursor but "go on" is needed."""
    ended = expire(session, SYSTEM, now=now, settings=settings, limit=MOST)
    return Batch({"ended": ended}, {"again": True} if ended == MOST else None)


JOB = Job("expire_swaps", "* * * * *", timedelta(minutes=2), work)
