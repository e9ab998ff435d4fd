"""Every minute: patrols left open past their shift are ended as incomplete, and the people told kindly."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.patrols.ending import close_overdue
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 100


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """End one batch; what is ended is no longer found, so no cursor but "go on" is needed."""
    closed = close_overdue(session, SYSTEM, now=now, settings=settings, limit=MOST)
    return Batch({"closed": closed}, {"again": True} if closed == MOST else None)


JOB = Job("close_patrols", "* * * * *", timedelta(minutes=2), work, judges=True)
