"""Later in the evening: household heads who have not answered are asked once more."""

from datetime import timedelta

from bot.access import Work
from bot.features.households import asking as household_asking
from jobs.job import Batch, Job, Occasion

MOST = 200


def run(work: Work, occasion: Occasion) -> Batch:
    """Remind some heads; the cursor is the last one's number."""
    after = int(occasion.cursor.get("after", 0))
    asked = household_asking.ask(work, occasion.path, after, MOST, but=occasion.but, again=True)
    return Batch({"reminded": asked.heads}, {"after": asked.after} if asked.after else None)


JOB = Job("remind_households", "30 20 * * *", timedelta(hours=1), run, by_area=True)
