"""What the clock does: one file a job; `ALL` is the timetable."""

from jobs import close_checkins, retention
from jobs.job import Job

ALL: tuple[Job, ...] = (close_checkins.JOB, retention.JOB)
