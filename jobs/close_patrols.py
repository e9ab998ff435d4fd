"""Every minute: patrols left open past their shift are ended as incomplete, and the people told kindly."""

from bot.features.patrols.ending import close_overdue
from jobs.job import LAST_MINUTE, Job, until_none

run = until_none("closed", close_overdue, most=100)
JOB = Job("close_patrols", "* * * * *", LAST_MINUTE, run, judges=True)
