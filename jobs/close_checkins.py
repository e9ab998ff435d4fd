"""Every minute: check-ins whose check-out was forgotten are closed and marked."""

from bot.features.duty.check_out import close_overdue
from jobs.job import LAST_MINUTE, Job, until_none

run = until_none("closed", close_overdue, most=500)
JOB = Job("close_checkins", "* * * * *", LAST_MINUTE, run, judges=True)
