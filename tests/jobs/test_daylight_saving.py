"""The clocks are changed in spring and in autumn: every occasion is done, and each once."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.schedule import slots
from bot.settings import Settings, load
from bot.storage.database import Database
from jobs import ALL
from jobs.job import Job
from models import Slot

# An hour is left out after this midnight, and one comes twice after that.
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
DAILY = ("ask_households", "remind_households", "tell_silent_heads", "tell_silent_duty")


@pytest.fixture
def berlin() -> Settings:
    """Where clocks are changed."""
    return load(None, {"GRIDDUTY_WORK__TIMEZONE": "Europe/Berlin"})


def named(name: str) -> Job:
    return next(job for job in ALL if job.name == name)


def opened(session: Session, job: Job) -> list[datetime]:
    found = select(col(Slot.due_at)).where(col(Slot.rule) == job.name).order_by(col(Slot.due_at))
    return list(session.execute(found).scalars())


def ticks(since: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    now = since
    while now <= until:
        yield now
        now += step


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
@pytest.mark.parametrize("name", DAILY)
def test_what_is_done_every_day_is_done_once_at_its_hour(
    db: Database, berlin: Settings, name: str, change: date
) -> None:
    job, usual = named(name), berlin.timetable.daily_of(name)
    assert usual
    before = datetime.combine(change, datetime.min.time(), UTC) - timedelta(days=1)
    with db.write_now() as session:
        for now in ticks(before, before + timedelta(days=3), timedelta(minutes=10)):
            slots.open_due(Work(session, SYSTEM, now, berlin), job)
        local = [due.astimezone(berlin.work.zone) for due in opened(session, job)]
    assert Counter(due.date() for due in local) == {change + timedelta(days=n): 1 for n in (-1, 0, 1)}
    assert {due.time() for due in local} == {usual.at}


@pytest.mark.parametrize("change", [SPRING, AUTUMN])
@pytest.mark.parametrize("name", ["climb_ladders", "remind"])
def test_what_is_done_every_minute_leaves_none_out_and_does_none_twice(
    db: Database, berlin: Settings, name: str, change: date
) -> None:
    night = datetime.combine(change, datetime.min.time(), UTC)
    with db.write_now() as session:
        for now in ticks(night, night + timedelta(hours=3), timedelta(seconds=30)):
            slots.open_due(Work(session, SYSTEM, now, berlin), named(name))
        assert opened(session, named(name)) == list(
            ticks(night + timedelta(minutes=1), night + timedelta(hours=3), timedelta(minutes=1))
        )
