"""Every minute: planned patrols that nobody has set out on start to climb."""

from datetime import timedelta

from bot.access import Work
from bot.features.patrols import escalation as patrol_escalation
from jobs.job import Batch, Job, Occasion


def run(work: Work, _: Occasion) -> Batch:
    """All at once: sections with planned times are few."""
    return Batch({"planned": patrol_escalation.begin(work)})


JOB = Job("plan_patrols", "* * * * *", timedelta(minutes=2), run, judges=True)
