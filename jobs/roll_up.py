"""Every minute: figures of what has changed are counted anew."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.figures import rollups
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

# Of days and areas. Some hundred rows are written for so many, in some 10 ms.
MOST = 75


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """Count some of what was touched; its notes are gone then, so no cursor but "go on" is needed."""
    done = rollups.catch_up(session, SYSTEM, now=now, settings=settings, limit=MOST)
    return Batch({"changes": done.notes}, {"again": True} if done.more else None)


JOB = Job("roll_up", "* * * * *", timedelta(minutes=2), work)
