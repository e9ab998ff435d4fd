"""Every minute: planned patrols that nobody has set out on start to climb."""

from bot.access import Work
from bot.features.patrols import escalation as patrol_escalation
from jobs.job import LAST_MINUTE, Batch, Job, Occasion


def run(work: Work, _: Occasion) -> Batch:
    """All at once: sections with planned times are few."""
    return Batch({"planned": patrol_escalation.begin(work)})


JOB = Job("plan_patrols", "* * * * *", LAST_MINUTE, run, judges=True)
