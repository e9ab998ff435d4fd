"""Every evening: those who look after an area see which household heads have not answered."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.access import SYSTEM
from bot.features.attendance import missing_reports
from bot.settings import Settings
from jobs.job import Batch, Job, Occasion
from models import ReportKind

MOST = 20


def work(session: Session, occasion: Occasion, now: datetime, settings: Settings) -> Batch:
    """Show some areas' boards; the cursor is the last area's number."""
    after = int(occasion.cursor.get("after", 0))
    told, last = missing_reports.tell(
        session, SYSTEM, ReportKind.HOUSEHOLDS, occasion.path, after, MOST, but=occasion.but,
        now=now, settings=settings,
    )  # fmt: skip
    return Batch({"told": told}, {"after": last} if last else None)


JOB = Job("tell_silent_heads", "0 21 * * *", timedelta(hours=2), work, by_area=True, judges=True)
