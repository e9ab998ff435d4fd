"""Every minute: swaps that were not settled before their shift started are ended, and the people told."""

from bot.features.swaps.swaps import expire
from jobs.job import LAST_MINUTE, Job, until_none

JOB = Job("expire_swaps", "* * * * *", LAST_MINUTE, until_none("ended", expire, most=100))
