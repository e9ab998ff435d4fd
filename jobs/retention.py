"""Every night: what is kept past its date is erased."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.privacy import retention
from bot.settings import Settings
from bot.storage import clock_check
from jobs.job import Batch, Job, Occasion


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Erase one batch of one kind; the cursor is the kind. By a clock that cannot be right nothing is too
    old."""
    if clock_check.is_wrong(session):
        return Batch({"clock_wrong": 1})
    kind = occasion.cursor.get("kind", retention.KINDS[0])
    erased = retention.erase(session, SYSTEM, kind, now=now, settings=settings)
    following = kind if erased == retention.BATCH else retention.after(kind)
    return Batch({kind: erased}, {"kind": following} if following else None)


JOB = Job("retention", "30 3 * * *", timedelta(hours=20), work)
