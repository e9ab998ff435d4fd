"""Every minute: swaps that were not settled before their shift started are ended, and the people told."""

from datetime import timedelta

from bot.access import Work
from bot.features.swaps.swaps import expire
from jobs.job import Batch, Job, Occasion

MOST = 100


def run(work: Work, _: Occasion) -> Batch:
    """End one batch; what is ended is no longer found, so no cursor but "go on" is needed."""
    ended = expire(work, limit=MOST)
    return Batch({"ended": ended}, {"again": True} if ended == MOST else None)


JOB = Job("expire_swaps", "* * * * *", timedelta(minutes=2), run)
