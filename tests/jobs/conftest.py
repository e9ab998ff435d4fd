"""A migrated SQLite database and the scheduler on a clock that tests move."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.base.clock import Clock
from bot.schedule.scheduler import Scheduler
from bot.settings import Settings, load
from bot.storage.database import Database
from jobs.job import Job
from models import Slot
from tests.layouts import migrated

MORNING = datetime.fromisoformat("2026-11-23T07:59:30+08:00")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a fresh SQLite database."""
    environment = {
        "GRIDDUTY_DATABASE__URL": f"sqlite:///{tmp_path}/gridduty.sqlite3",
        "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
    }
    return load(None, environment)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A migrated database."""
    opened = migrated(tmp_path / "gridduty.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    """A Monday morning."""
    set_ = Clock()
    set_.set(MORNING)
    return set_


@dataclass
class Ticks:
    """A scheduler whose ticks the test makes; one that is started anew knows only the database."""

    db: Database
    settings: Settings
    clock: Clock
    jobs: Sequence[Job] = ()
    scheduler: Scheduler = field(init=False)

    def start(self, *jobs: Job) -> None:
        """A new process with these jobs."""
        self.jobs = jobs or self.jobs
        self.scheduler = Scheduler(self.db, self.settings, self.clock, asyncio.Event(), self.jobs)

    def tick(self) -> None:
        """One tick."""
        asyncio.run(self.scheduler._tick(asyncio.Event()))

    def slots(self) -> list[tuple[str, str]]:
        """Occasion and state of every slot, in order."""
        with self.db.read() as session:
            rows = session.execute(
                select(col(Slot.occasion), col(Slot.state)).order_by(col(Slot.occasion))
            ).all()
        return [(row[0], row[1]) for row in rows]


@pytest.fixture
def ticks(db: Database, settings: Settings, clock: Clock) -> Callable[..., Ticks]:
    """A scheduler with these jobs."""

    def started(*jobs: Job) -> Ticks:
        made = Ticks(db, settings, clock)
        made.start(*jobs)
        return made

    return started
