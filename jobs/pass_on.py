"""Every minute, where the roster has changed: what people who left had in hand goes to whoever is next."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.people import leavers
from bot.settings import Settings
from bot.storage import values
from jobs.job import Batch, Job, Occasion

# Each is a handful of statements.
MOST = 25


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Kind by kind, some things a batch; once more where the roster has changed meanwhile."""
    cursor = occasion.cursor
    if not cursor and not leavers.is_due(session, SYSTEM):
        return Batch({})
    version: str = cursor.get("version") or str(values.roster_version(session))
    name, place, after = str(cursor.get("name", version)), cursor.get("place", 0), cursor.get("after", 0)
    if place == len(leavers.KINDS):
        done = leavers.finish(session, SYSTEM, version, now)
        return Batch({}, None if done else {"name": name})
    passed, last = leavers.pass_on(session, SYSTEM, place, after, name, MOST, now=now, settings=settings)
    follows = {"place": place, "after": last} if last else {"place": place + 1, "after": 0}
    return Batch({"passed_on": passed}, {"version": version, "name": name, **follows})


JOB = Job("pass_on", "* * * * *", timedelta(minutes=20), work)
