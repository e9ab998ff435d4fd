"""What every kind of case needs: who has one hears that it is due soon; what is past due goes up."""

from datetime import timedelta

from bot.access import Work
from bot.features.cases import escalation
from bot.features.cases.case import CaseKind, R
from bot.features.hazards.repository import HAZARD
from bot.features.requests.repository import REQUEST
from jobs.job import Batch, Job, Occasion

MOST = 100
EVERY = timedelta(minutes=10)


def _due_job(name: str, kind: CaseKind[R]) -> Job:
    """A job that runs every ten minutes."""

    def run(work: Work, occasion: Occasion) -> Batch:
        """One batch: first what is due soon, by its numbers; then what is past due, which is found but
        once."""
        if occasion.cursor.get("part", "remind") == "remind":
            until = occasion.due_at + timedelta(hours=kind.settings(work.settings).remind_hours)
            span = until - EVERY, until
            reminded, last = escalation.remind(work, kind, span, occasion.after, MOST)
            return Batch({"reminded": reminded}, {"after": last} if last else {"part": "due"})
        told = escalation.begin_due(work, kind, MOST)
        return Batch({"told": told}, {"part": "due"} if told == MOST else None)

    return Job(name, "*/10 * * * *", timedelta(hours=1), run)


HAZARDS = _due_job("hazards_due", HAZARD)
REQUESTS = _due_job("requests_due", REQUEST)
