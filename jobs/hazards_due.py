"""Every ten minutes: hazards that are due soon, or past due."""

from bot.features.hazards.repository import HAZARD
from jobs.due import due_job

JOB = due_job("hazards_due", HAZARD)
