"""Grid workers without planned shifts: every hour as the roster has them, and at the hour at which boards
ask who has come, that day is counted where they are."""

from datetime import datetime

from bot.access import Work
from bot.features.figures import daily_workers
from jobs.job import LAST_MINUTE, Batch, Job, Occasion


def run(work: Work, occasion: Occasion) -> Batch:
    """The next people (once an hour), then the next areas of each hour at which boards asked; the cursor is
    the last one's number."""
    place = occasion.cursor
    if "area" in place:
        at = datetime.fromisoformat(str(place["at"]))
        after = daily_workers.begin(work, at, int(place["area"]))
        following = {"at": at.isoformat(), "area": after} if after else _to_begin(work)
        return Batch({}, following)
    if not place and daily_workers.is_kept(work):
        return Batch({}, _to_begin(work))
    done = daily_workers.keep(work, int(place.get("person", 0)))
    following = {"person": done.after} if done.after else _to_begin(work)
    return Batch({"changes": done.changed}, following)


def _to_begin(work: Work) -> dict[str, object] | None:
    asked = daily_workers.asked(work)
    return {"at": asked[0].isoformat(), "area": 0} if asked else None


JOB = Job("daily_workers", "* * * * *", LAST_MINUTE, run)
