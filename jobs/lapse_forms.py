"""Every ten minutes: forms that were forgotten for a day, or have changed since, are put away."""

from datetime import timedelta

from bot.access import Work
from bot.forms import engine
from jobs.job import Batch, Job, Occasion

MOST = 200


def run(work: Work, _: Occasion) -> Batch:
    """Put away one batch; what is put away is no longer found, so no cursor but "go on" is needed."""
    put_away = engine.lapse(work.session, work.now, MOST)
    return Batch({"put_away": put_away}, {"again": True} if put_away == MOST else None)


JOB = Job("lapse_forms", "*/10 * * * *", timedelta(minutes=20), run)
