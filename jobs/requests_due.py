"""Every ten minutes: residents' requests that are due soon, or past due."""

from bot.features.requests.repository import REQUEST
from jobs.due import due_job

JOB = due_job("requests_due", REQUEST)
