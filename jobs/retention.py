"""Every night: what is kept past its date is erased."""

from datetime import timedelta

from bot.access import Work
from bot.features.privacy import retention
from bot.storage import clock_check
from jobs.job import Batch, Job, Occasion


def run(work: Work, occasion: Occasion) -> Batch:
    """Erase one batch of one kind; the cursor is the kind. By a clock that cannot be right nothing is too
    old."""
    if clock_check.is_wrong(work.session):
        return Batch({"clock_wrong": 1})
    kind = str(occasion.cursor.get("kind", retention.KINDS[0]))
    erased = retention.erase(work, kind)
    following = kind if erased == retention.BATCH else retention.after(kind)
    return Batch({kind: erased}, {"kind": following} if following else None)


JOB = Job("retention", "30 3 * * *", timedelta(hours=20), run)
