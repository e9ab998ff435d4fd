"""Every ten minutes: forms that were forgotten for a day, or have changed since, are put away."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.forms import engine
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion

MOST = 200


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """Put away one batch; what is put away is no longer found, so no cursor but "go on" is needed."""
    put_away = engine.lapse(session, now, MOST)
    return Batch({"put_away": put_away}, {"again": True} if put_away == MOST else None)


JOB = Job("lapse_forms", "*/10 * * * *", timedelta(minutes=20), work)
