"""Every morning, when their area wants it: one message with all that waits for a person."""

from datetime import timedelta

from bot.access import Work
from bot.features.reminders import digest
from jobs.job import LAST_MINUTE, Batch, Job, Occasion


def run(work: Work, occasion: Occasion) -> Batch:
    """Everybody of the area at once: only those for whom something waits cost anything."""
    told = digest.send(work, occasion.path, occasion.but)
    return Batch({"people": told})


def keep_up(work: Work, _: Occasion) -> Batch:
    """What was done goes from the day's messages."""
    return Batch({"changed": digest.follow(work)})


JOB = Job("digest", "0 8 * * *", timedelta(hours=3), run, by_area=True)
FOLLOW = Job("follow_digest", "* * * * *", LAST_MINUTE, keep_up)
