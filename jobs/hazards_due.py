"""Every ten minutes: hazards that are due soon, or past due."""

from bot.features.hazards.escalation import begin_due, remind
from jobs.due import due_job

JOB = due_job("hazards_due", lambda settings: settings.hazards.remind_hours, remind, begin_due)
