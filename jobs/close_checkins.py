"""Every minute: check-ins whose check-out was forgotten are closed and marked."""

from datetime import timedelta

from bot.access import Work
from bot.features.duty.check_out import close_overdue
from jobs.job import Batch, Job, Occasion

MOST = 500


def run(work: Work, _: Occasion) -> Batch:
    """Close one batch; what is closed is no longer found, so no cursor but "go on" is needed."""
    closed = close_overdue(work, limit=MOST)
    return Batch({"closed": closed}, {"again": True} if closed == MOST else None)


JOB = Job("close_checkins", "* * * * *", timedelta(minutes=2), run, judges=True)
