"""Every minute: check-ins whose check-out was forgotten are closed and marked."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.duty.check_out import close_overdue
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 500


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """Close one batch; what is closed is no longer found, so no cursor but "go on" is needed."""
    closed = close_overdue(session, SYSTEM, now=now, settings=settings, limit=MOST)
    return Batch({"closed": closed}, {"again": True} if closed == MOST else None)


JOB = Job("close_checkins", "* * * * *", timedelta(minutes=2), work, judges=True)
