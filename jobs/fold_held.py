"""Every minute, of use shortly before quiet hours end: what they held for a person becomes one message."""

from datetime import timedelta

from bot.access import Work
from bot.features.reminders import held_overnight
from jobs.job import Batch, Job, Occasion

MOST = 50


def run(work: Work, _: Occasion) -> Batch:
    """Some chats; what is folded is no longer found, so no cursor but "go on" is needed."""
    folded = held_overnight.fold(work, MOST)
    return Batch({"chats": folded}, {"again": True} if folded == MOST else None)


JOB = Job("fold_held", "* * * * *", timedelta(minutes=1), run)
