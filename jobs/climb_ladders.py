"""Every minute: who has not checked in is noticed, and what nobody has answered goes one rung up."""

from datetime import timedelta

from bot.access import Work
from bot.features.attendance import not_checked_in
from bot.features.escalation import climbing
from bot.features.registry.ladder_kinds import KINDS
from jobs.job import Batch, Job, Occasion

MOST = 50


def run(work: Work, occasion: Occasion) -> Batch:
    """First who is missing, some people a batch; then who has come since; then the rungs that are due."""
    part, after = str(occasion.cursor.get("part", "begin")), occasion.after
    if part == "begin":
        begun, last = not_checked_in.begin(work, occasion.due_at, after, MOST)
        return Batch({"begun": begun}, {"part": "begin", "after": last} if last else {"part": "follow"})
    if part == "follow":
        come, last = not_checked_in.follow(work, after, MOST)
        return Batch({"come": come}, {"part": "follow", "after": last} if last else {"part": "climb"})
    climbed, more = climbing.climb(work, KINDS, MOST)
    return Batch({"climbed": climbed}, {"part": "climb"} if more else None)


JOB = Job("climb_ladders", "* * * * *", timedelta(minutes=2), run, judges=True)
