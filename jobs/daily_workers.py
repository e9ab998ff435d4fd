"""Grid workers without planned shifts: every hour as the roster has them, and at the hour at which boards
ask who has come, that day is counted where they are."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.figures import daily_workers
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """The next people (once an hour), then the next areas of each hour at which boards asked; the cursor is
    the last one's number."""
    place = occasion.cursor
    if "area" in place:
        at = datetime.fromisoformat(str(place["at"]))
        after = daily_workers.begin(session, SYSTEM, at, int(place["area"]), settings=settings)
        following = {"at": at.isoformat(), "area": after} if after else _to_begin(session, now, settings)
        return Batch({}, following)
    if not place and daily_workers.is_kept(session, SYSTEM, now=now):
        return Batch({}, _to_begin(session, now, settings))
    done = daily_workers.keep(session, SYSTEM, int(place.get("person", 0)), now=now, settings=settings)
    following = {"person": done.after} if done.after else _to_begin(session, now, settings)
    return Batch({"changes": done.changed}, following)


def _to_begin(session: Session, now: datetime, settings: Settings) -> dict[str, object] | None:
    asked = daily_workers.asked(session, SYSTEM, now=now, settings=settings)
    return {"at": asked[0].isoformat(), "area": 0} if asked else None


# The next minute does the same.
JOB = Job("daily_workers", "* * * * *", timedelta(minutes=2), work)
