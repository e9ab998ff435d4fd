"""Every minute: figures of what has changed are counted anew."""

from bot.access import Work
from bot.features.figures import rollups
from jobs.job import LAST_MINUTE, Batch, Job, Occasion

# Of days and areas. Some hundred rows are written for so many, in some 10 ms.
MOST = 75


def run(work: Work, _: Occasion) -> Batch:
    """Count some of what was touched; its notes are gone then, so no cursor but "go on" is needed."""
    done = rollups.catch_up(work, limit=MOST)
    return Batch({"changes": done.notes}, {"again": True} if done.more else None)


JOB = Job("roll_up", "* * * * *", LAST_MINUTE, run)
