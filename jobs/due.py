"""What every kind of case needs: who has one hears that it is due soon; what is past due goes up."""

from datetime import timedelta

from bot.access import Work
from bot.features.cases import escalation
from bot.features.cases.case import CaseKind, R
from jobs.job import Batch, Job, Occasion

MOST = 100
EVERY = timedelta(minutes=10)


def due_job(name: str, kind: CaseKind[R]) -> Job:
    """A job that runs every ten minutes."""

    def run(work: Work, occasion: Occasion) -> Batch:
        """One batch: first what is due soon, by its numbers; then what is past due, which is found but
        once."""
        if occasion.cursor.get("part", "remind") == "remind":
            until = occasion.due_at + timedelta(hours=kind.settings(work.settings).remind_hours)
            after = int(occasion.cursor.get("after", 0))
            reminded, last = escalation.remind(work, kind, (until - EVERY, until), after, MOST)
            return Batch({"reminded": reminded}, {"after": last} if last else {"part": "due"})
        told = escalation.begin_due(work, kind, MOST)
        return Batch({"told": told}, {"part": "due"} if told == MOST else None)

    return Job(name, "*/10 * * * *", timedelta(hours=1), run)
