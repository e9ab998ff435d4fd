"""Every minute: calls whose time has come go out, the silent are reminded, and what is over is closed."""

from bot.access import Work
from bot.features.calls import sending
from jobs.job import LAST_MINUTE, Batch, Job, Occasion


def run(work: Work, occasion: Occasion) -> Batch:
    """One batch of one call; the cursor is the last call that is done."""
    following = sending.due(work, occasion.after, 1)
    if not following:
        return Batch()
    more = sending.tend(work, following[0])
    return Batch({"batches": 1}, {"after": occasion.after if more else following[0]})


JOB = Job("tend_calls", "* * * * *", LAST_MINUTE, run)
