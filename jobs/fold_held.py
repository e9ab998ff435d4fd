"""Every minute, of use shortly before quiet hours end: what they held for a person becomes one message."""

from datetime import timedelta

from bot.features.reminders.held_overnight import fold
from jobs.job import Job, until_none

JOB = Job("fold_held", "* * * * *", timedelta(minutes=1), until_none("chats", fold, most=50))
