"""What the clock does: one file a job; `ALL` is the timetable."""

from jobs import (
    ask_households,
    climb_ladders,
    close_checkins,
    close_patrols,
    count_burden,
    expire_swaps,
    extend_rotations,
    hand_over,
    plan_patrols,
    remind,
    remind_households,
    retention,
    roll_up,
    summaries,
    tell_silent_duty,
    tell_silent_heads,
)
from jobs.job import Job

ALL: tuple[Job, ...] = (
    ask_households.JOB,
    climb_ladders.JOB,
    close_checkins.JOB,
    close_patrols.JOB,
    count_burden.JOB,
    expire_swaps.JOB,
    extend_rotations.JOB,
    hand_over.JOB,
    plan_patrols.JOB,
    remind.JOB,
    remind_households.JOB,
    retention.JOB,
    roll_up.JOB,
    summaries.DAILY,
    summaries.WEEKLY,
    summaries.MONTHLY,
    summaries.QUARTERLY,
    tell_silent_duty.JOB,
    tell_silent_heads.JOB,
)
