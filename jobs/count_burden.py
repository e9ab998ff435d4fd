"""Every night: how many messages people got the day before, and how many taps they made."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.figures import burden
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Count the next rows of one table, or add the day up at last; the cursor is the table and the row."""
    day = occasion.due_at.astimezone(settings.work.zone).date() - timedelta(days=1)
    part = occasion.cursor.get("part", burden.PARTS[0])
    after = int(occasion.cursor.get("after", 0))
    if part == "end":
        people, last = burden.add_up(session, SYSTEM, day, after, settings=settings)
        return Batch({"people": people}, {"part": part, "after": last} if last else None)
    if not occasion.cursor and burden.is_counted(session, SYSTEM, day):
        return Batch()
    rows, last = burden.count_part(session, SYSTEM, day, part, after, settings=settings)
    if last:
        return Batch({"rows": rows}, {"part": part, "after": last})
    following = (*burden.PARTS, "end")[burden.PARTS.index(part) + 1]
    return Batch({"rows": rows}, {"part": following})


JOB = Job("count_burden", "20 4 * * *", timedelta(hours=19), work)
