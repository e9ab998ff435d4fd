"""Every minute: swaps that were not settled before their shift started are ended, and the people told."""

from datetime import timedelta

from bot.features.swaps.swaps import expire
from jobs.job import Job, until_none

JOB = Job("expire_swaps", "* * * * *", timedelta(minutes=2), until_none("ended", expire, most=100))
