"""Every night: how many messages people got the day before, and how many taps they made."""

from datetime import timedelta

from bot.access import Work
from bot.features.figures import burden
from jobs.job import Batch, Job, Occasion


def run(work: Work, occasion: Occasion) -> Batch:
    """Count the next rows of one table, or add the day up at last; the cursor is the table and the row."""
    day = occasion.due_at.astimezone(work.settings.work.zone).date() - timedelta(days=1)
    part, after = str(occasion.cursor.get("part", burden.PARTS[0])), occasion.after
    if part == "end":
        people, last = burden.add_up(work, day, after)
        return Batch({"people": people}, {"part": part, "after": last} if last else None)
    if not occasion.cursor and burden.is_counted(work, day):
        return Batch()
    rows, last = burden.count_part(work, day, part, after)
    if last:
        return Batch({"rows": rows}, {"part": part, "after": last})
    following = (*burden.PARTS, "end")[burden.PARTS.index(part) + 1]
    return Batch({"rows": rows}, {"part": following})


JOB = Job("count_burden", "20 4 * * *", timedelta(hours=19), run)
