"""Every night: rotations are written out as shifts up to the horizon, which is a day further than before."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.shifts import planning as shift_planning
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

# With a handful of shifts and a crew each, some 500 rows.
MOST = 25


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Write some rotations; the cursor is the last one's number."""
    after = int(occasion.cursor.get("after", 0))
    written, last = shift_planning.extend(session, SYSTEM, after, MOST, now=now, settings=settings)
    return Batch({"shifts": written}, {"after": last} if last else None)


JOB = Job("extend_rotations", "40 2 * * *", timedelta(hours=20), work)
