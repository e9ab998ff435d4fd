"""What hazards and requests share: who has one hears that it is due soon; what is past due goes up."""

from collections.abc import Callable
from datetime import timedelta

from bot.access import Work
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 100
EVERY = timedelta(minutes=10)


def due_job(
    name: str,
    hours: Callable[[Settings], int],
    remind: Callable[..., tuple[int, int | None]],
    begin_due: Callable[..., int],
) -> Job:
    """A job that runs every ten minutes. `hours`: how long before it is due people are reminded."""

    def run(work: Work, occasion: Occasion) -> Batch:
        """One batch: first what is due soon, by its numbers; then what is past due, which is found but
        once."""
        if occasion.cursor.get("part", "remind") == "remind":
            until = occasion.due_at + timedelta(hours=hours(work.settings))
            after = int(occasion.cursor.get("after", 0))
            reminded, last = remind(work, until - EVERY, until, after, MOST)
            return Batch({"reminded": reminded}, {"after": last} if last else {"part": "due"})
        told = begin_due(work, MOST)
        return Batch({"told": told}, {"part": "due"} if told == MOST else None)

    return Job(name, "*/10 * * * *", timedelta(hours=1), run)
