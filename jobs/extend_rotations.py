"""Every night: rotations are written out as shifts up to the horizon, which is a day further than before."""

from datetime import timedelta

from bot.features.shifts import planning as shift_planning
from jobs.job import Job, by_number

# With a handful of shifts and a crew each, some 500 rows.
MOST = 25

run = by_number("shifts", lambda work, occasion: shift_planning.extend(work, occasion.after, MOST))
JOB = Job("extend_rotations", "40 2 * * *", timedelta(hours=20), run)
