"""Every ten minutes: residents' requests that are due soon, or past due."""

from bot.features.requests.escalation import begin_due, remind
from jobs.due import due_job

JOB = due_job("requests_due", lambda settings: settings.requests.remind_hours, remind, begin_due)
