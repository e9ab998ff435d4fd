"""Every ten minutes: forms that were forgotten for a day, or have changed since, are put away."""

from datetime import timedelta

from bot.access import Work
from bot.forms import engine
from jobs.job import Job, until_none


def _lapse(work: Work, *, limit: int) -> int:
    return engine.lapse(work.session, work.now, limit)


JOB = Job("lapse_forms", "*/10 * * * *", timedelta(minutes=20), until_none("put_away", _lapse, most=200))
