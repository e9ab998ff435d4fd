"""Those who look after an area see every morning who has not checked in, and every evening which household
heads have not answered."""

from datetime import timedelta

from bot.access import Work
from bot.features.attendance import missing_reports
from jobs.job import Job, Occasion, by_number
from models import ReportKind

MOST = 20


def _job(name: str, cron: str, kind: ReportKind) -> Job:
    def tell(work: Work, occasion: Occasion) -> tuple[int, int | None]:
        """Show some areas' boards."""
        return missing_reports.tell(work, kind, occasion.path, occasion.after, MOST, but=occasion.but)

    return Job(name, cron, timedelta(hours=2), by_number("told", tell), by_area=True, judges=True)


DUTY = _job("tell_silent_duty", "0 10 * * *", ReportKind.DUTY)
HEADS = _job("tell_silent_heads", "0 21 * * *", ReportKind.HOUSEHOLDS)
