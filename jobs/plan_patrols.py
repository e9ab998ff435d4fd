"""Every minute: planned patrols that nobody has set out on start to climb."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.patrols import escalation as patrol_escalation
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion


def work(session: Session, _: Occasion, now: datetime, settings: Settings) -> Batch:
    """All at once: sections with planned times are few."""
    return Batch({"planned": patrol_escalation.begin(session, SYSTEM, now=now, settings=settings)})


JOB = Job("plan_patrols", "* * * * *", timedelta(minutes=2), work, judges=True)
