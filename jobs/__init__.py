"""What the clock does: one file a job; `ALL` is the timetable."""

from jobs import close_checkins, expire_swaps, extend_rotations, retention
from jobs.job import Job

ALL: tuple[Job, ...] = (close_checkins.JOB, expire_swaps.JOB, extend_rotations.JOB, retention.JOB)
