"""Later in the evening: household heads who have not answered are asked once more."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.households import asking as household_asking
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 200


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Remind some heads; the cursor is the last one's number."""
    after = int(occasion.cursor.get("after", 0))
    asked = household_asking.ask(
        session, SYSTEM, occasion.path, after, MOST, but=occasion.but, again=True, now=now, settings=settings
    )  # fmt: skip
    return Batch({"reminded": asked.heads}, {"after": asked.after} if asked.after else None)


JOB = Job("remind_households", "30 20 * * *", timedelta(hours=1), work, by_area=True)
