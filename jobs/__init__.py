"""What the clock does: one file a job; `ALL` is the timetable."""

from jobs import close_checkins, extend_rotations, retention
from jobs.job import Job

ALL: tuple[Job, ...] = (close_checkins.JOB, extend_rotations.JOB, retention.JOB)
