"""Every hour: grid workers without planned shifts, as the roster has them; a new work day is counted."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.services import daily_workers
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """The next people, then the next areas of each day to begin; the cursor is the last one's number."""
    place = occasion.cursor
    if "area" in place:
        day = date.fromisoformat(place["day"])
        after = daily_workers.begin(session, SYSTEM, day, int(place["area"]))
        following = {"day": day.isoformat(), "area": after} if after else _to_begin(session, now, settings)
        return Batch({}, following)
    done = daily_workers.keep(session, SYSTEM, int(place.get("person", 0)), now=now, settings=settings)
    following = {"person": done.after} if done.after else _to_begin(session, now, settings)
    return Batch({"changes": done.changed}, following)


def _to_begin(session: Session, now: datetime, settings: Settings) -> dict[str, object] | None:
    days = daily_workers.days_to_begin(session, SYSTEM, now=now, settings=settings)
    return {"day": days[0].isoformat(), "area": 0} if days else None


# Of no use later: the next hour does the same.
JOB = Job("daily_workers", "0 * * * *", timedelta(minutes=55), work)
