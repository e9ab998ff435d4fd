"""Supervisors and bound groups are told how the day, week, month or quarter before was."""

from datetime import datetime, timedelta

from bot.access import Work
from bot.features.figures.periods import PeriodKind
from bot.features.summaries import scheduled as summary_scheduled
from bot.features.summaries.scheduled import Scope
from bot.settings import Settings
from bot.settings.workdays import workdays
from jobs.job import Batch, Job, Occasion

MOST_PEOPLE, MOST_GROUPS = 250, 20


def run(work: Work, kind: PeriodKind, occasion: Occasion) -> Batch:
    """Some people, then some groups; the cursor is the last one's number."""
    due_at, place = occasion.due_at, occasion.cursor
    scope = Scope(occasion.path, occasion.but)
    if kind in (PeriodKind.MONTH, PeriodKind.QUARTER) and not _is_first_workday(due_at, work.settings):
        return Batch()
    if "group" in place:
        after, many = int(place["group"]), MOST_GROUPS
        sent = summary_scheduled.to_groups(work, kind, due_at, scope, after, many)
        return Batch({"groups": sent.messages}, {"group": sent.after} if sent.after else None)
    after, many = int(place.get("person", 0)), MOST_PEOPLE
    sent = summary_scheduled.to_supervisors(work, kind, due_at, scope, after, many)
    return Batch({"people": sent.messages}, {"person": sent.after} if sent.after else {"group": 0})


def _is_first_workday(due_at: datetime, settings: Settings) -> bool:
    """Whether offices are open on this day for the first time in its month."""
    day = due_at.astimezone(settings.work.zone).date()
    calendar = workdays(settings.calendar.days_off, settings.calendar.workdays)
    return day == calendar.after(day.replace(day=1), 0)


def _job(kind: PeriodKind, name: str, cron: str, hours: int) -> Job:
    return Job(
        name, cron, timedelta(hours=hours), lambda work, occasion: run(work, kind, occasion), by_area=True
    )


# Every area may choose another time (`timetable`). The first working day of a month is never later than its
# 12th, whatever holidays begin it.
DAILY = _job(PeriodKind.DAY, "summary_daily", "0 8 * * *", 6)
WEEKLY = _job(PeriodKind.WEEK, "summary_weekly", "5 8 * * mon", 24)
MONTHLY = _job(PeriodKind.MONTH, "summary_monthly", "10 8 1-12 * *", 24)
QUARTERLY = _job(PeriodKind.QUARTER, "summary_quarterly", "15 8 1-12 1,4,7,10 *", 24)
