"""Every ten minutes: hazards that are due soon, or past due."""

from bot.services.hazard_ladders import begin_due, remind
from jobs.due import due_job

JOB = due_job("hazards_due", lambda settings: settings.hazards.remind_hours, remind, begin_due)
