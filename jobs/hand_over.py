"""Every minute: crews about to leave are asked to hand over, the next ones to take over; late ones go up."""

from bot.access import Work
from bot.features.handover import scheduled as handover_scheduled
from jobs.job import LAST_MINUTE, Batch, Job, Occasion

MOST = 50


def run(work: Work, _: Occasion) -> Batch:
    """One batch of each; what is done is no longer found, so no cursor but "go on" is needed."""
    steps = {
        "mended": handover_scheduled.mend,
        "asked": handover_scheduled.ask,
        "brought": handover_scheduled.bring,
        "reminded": handover_scheduled.remind,
        "late": handover_scheduled.tell_late,
    }
    counts = {name: step(work, limit=MOST) for name, step in steps.items()}
    return Batch(counts, {"again": True} if MOST in counts.values() else None)


JOB = Job("hand_over", "* * * * *", LAST_MINUTE, run, judges=True)
