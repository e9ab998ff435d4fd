"""Every minute: patrols left open past their shift are ended as incomplete, and the people told kindly."""

from datetime import timedelta

from bot.features.patrols.ending import close_overdue
from jobs.job import Job, until_none

run = until_none("closed", close_overdue, most=100)
JOB = Job("close_patrols", "* * * * *", timedelta(minutes=2), run, judges=True)
