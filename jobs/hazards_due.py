"""Every ten minutes: hazards past due and not right are told to who has them, and start going up."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.services.hazard_ladders import begin_due
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 100


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """One batch; what was told is no longer found, so no cursor but "go on" is needed."""
    told = begin_due(session, SYSTEM, MOST, now=now, settings=settings)
    return Batch({"told": told}, {"again": True} if told == MOST else None)


JOB = Job("hazards_due", "*/10 * * * *", timedelta(hours=1), work)
