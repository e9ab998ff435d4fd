"""Whose records of when are read: an area, and days."""

from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import Work
from bot.base.facts import Struct
from bot.settings import Settings
from bot.settings.work_day import bounds
from models import Area

CHUNK = 1000


class Scope(Struct):
    """Whose records of when: an area with all below it, work days from `since` to `until` inclusive."""

    path: str
    since: date
    until: date


def moments(scope: Scope, settings: Settings) -> tuple[datetime, datetime]:
    """When the work days of a scope begin, and when they are over."""
    return bounds(scope.since, scope.until, settings.work)


def path_of(work: Work, code: str) -> str | None:
    """The path of an area by its code; None if there is none to be seen."""
    seen = access.visible(work.actor, "checkin.export", Area.path)
    return work.session.execute(select(col(Area.path)).where(col(Area.code) == code, seen)).scalar()
