"""Every night: what is kept past its date is erased."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import clocks
from bot.access import SYSTEM
from bot.services import purge
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Erase one batch of one kind; the cursor is the kind. By a clock that cannot be right nothing is too
    old."""
    if clocks.is_wrong(session):
        return Batch({"clock_wrong": 1})
    kind = occasion.cursor.get("kind", purge.KINDS[0])
    erased = purge.erase(session, SYSTEM, kind, now=now, settings=settings)
    following = kind if erased == purge.BATCH else purge.after(kind)
    return Batch({kind: erased}, {"kind": following} if following else None)


JOB = Job("retention", "30 3 * * *", timedelta(hours=20), work)
