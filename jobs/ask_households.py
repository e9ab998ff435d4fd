"""Every evening, when their area wants it: household heads are asked whether their households are well."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.households import asking as household_asking
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 200


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Ask some heads; the cursor is the last one's number."""
    after = int(occasion.cursor.get("after", 0))
    asked = household_asking.ask(
        session, SYSTEM, occasion.path, after, MOST, but=occasion.but, again=False, now=now, settings=settings
    )  # fmt: skip
    return Batch({"asked": asked.heads}, {"after": asked.after} if asked.after else None)


JOB = Job("ask_households", "0 19 * * *", timedelta(hours=2), work, by_area=True)
