"""Every night: rotations are written out as shifts up to the horizon, which is a day further than before."""

from datetime import timedelta

from bot.access import Work
from bot.features.shifts import planning as shift_planning
from jobs.job import Batch, Job, Occasion

# With a handful of shifts and a crew each, some 500 rows.
MOST = 25


def run(work: Work, occasion: Occasion) -> Batch:
    """Write some rotations; the cursor is the last one's number."""
    after = int(occasion.cursor.get("after", 0))
    written, last = shift_planning.extend(work, after, MOST)
    return Batch({"shifts": written}, {"after": last} if last else None)


JOB = Job("extend_rotations", "40 2 * * *", timedelta(hours=20), run)
