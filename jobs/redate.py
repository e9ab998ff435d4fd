"""Every ten minutes: where work days were written by another rule or other settings, they are put right."""

from datetime import timedelta

from bot.access import Work
from bot.features.figures import redating
from jobs.job import Batch, Job, Occasion


def run(work: Work, occasion: Occasion) -> Batch:
    """The next rows of one table; the cursor is the table and the row."""
    moved, following = redating.redate(work, str(occasion.cursor.get("part", "")), occasion.after)
    cursor = {"part": following[0], "after": following[1]} if following else None
    return Batch({"moved": moved}, cursor)


JOB = Job("redate", "*/10 * * * *", timedelta(minutes=9), run)
