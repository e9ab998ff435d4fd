"""Every minute: patrols left open past their shift are ended as incomplete, and the people told kindly."""

from datetime import timedelta

from bot.access import Work
from bot.features.patrols.ending import close_overdue
from jobs.job import Batch, Job, Occasion

MOST = 100


def run(work: Work, _: Occasion) -> Batch:
    """End one batch; what is ended is no longer found, so no cursor but "go on" is needed."""
    closed = close_overdue(work, limit=MOST)
    return Batch({"closed": closed}, {"again": True} if closed == MOST else None)


JOB = Job("close_patrols", "* * * * *", timedelta(minutes=2), run, judges=True)
