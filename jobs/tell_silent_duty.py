"""Every morning: those who look after an area see who has not checked in."""

from datetime import timedelta

from bot.access import Work
from bot.features.attendance import missing_reports
from jobs.job import Batch, Job, Occasion
from models import ReportKind

MOST = 20


def run(work: Work, occasion: Occasion) -> Batch:
    """Show some areas' boards; the cursor is the last area's number."""
    after = int(occasion.cursor.get("after", 0))
    told, last = missing_reports.tell(work, ReportKind.DUTY, occasion.path, after, MOST, but=occasion.but)
    return Batch({"told": told}, {"after": last} if last else None)


JOB = Job("tell_silent_duty", "0 10 * * *", timedelta(hours=2), run, by_area=True, judges=True)
