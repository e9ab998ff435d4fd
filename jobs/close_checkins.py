"""Every minute: check-ins whose check-out was forgotten are closed and marked."""

from datetime import timedelta

from bot.features.duty.check_out import close_overdue
from jobs.job import Job, until_none

run = until_none("closed", close_overdue, most=500)
JOB = Job("close_checkins", "* * * * *", timedelta(minutes=2), run, judges=True)
