"""Every evening, when their area wants it: household heads are asked whether their households are well."""

from datetime import timedelta

from bot.access import Work
from bot.features.households import asking as household_asking
from jobs.job import Batch, Job, Occasion

MOST = 200


def run(work: Work, occasion: Occasion) -> Batch:
    """Ask some heads; the cursor is the last one's number."""
    after = int(occasion.cursor.get("after", 0))
    asked = household_asking.ask(work, occasion.path, after, MOST, but=occasion.but, again=False)
    return Batch({"asked": asked.heads}, {"after": asked.after} if asked.after else None)


JOB = Job("ask_households", "0 19 * * *", timedelta(hours=2), run, by_area=True)
