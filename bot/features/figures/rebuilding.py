"""Counting everything anew, for when roll-ups are doubted; nothing changes where nothing was wrong."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import Resource, Work
from bot.features.figures import rollups
from bot.features.figures.periods import day_list
from bot.settings.work_day import AROUND, work_day
from models import CheckIn, DailyWorker, Hazard, HouseholdDay, Patrol, ResidentRequest, Rollup, Shift

BATCH = 400


def days(work: Work) -> list[date]:
    """Every day from the first one of which there is a record, or a figure, until the last for which a shift
    that has begun may count."""
    access.require(work.actor, "figures.keep", Resource())
    by = work.settings.work
    dated = (CheckIn.work_day, DailyWorker.since, HouseholdDay.day, Rollup.day)
    timed = (Shift.starts_at, Patrol.started_at, Hazard.reported_at, ResidentRequest.registered_at)
    found = [work.session.execute(select(func.min(col(column)))).scalar() for column in dated]
    moments = [work.session.execute(select(func.min(col(column)))).scalar() for column in timed]
    first = [day for day in found if day] + [work_day(moment, by) for moment in moments if moment]
    return list(day_list(min(first), work_day(work.now + AROUND, by))) if first else []


def rebuild(work: Work, day: date, after: int) -> tuple[int, int]:
    """Count a day anew in some areas, by number; how many roll-ups were wrong, and the last area's number
    (0: these were all)."""
    areas = rollups.areas_after(work.session, after, BATCH)
    wrong = rollups.recount(work, [(day, area) for area in areas])
    return wrong, areas[-1] if len(areas) == BATCH else 0
