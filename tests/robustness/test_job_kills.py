"""Jobs killed at any moment and started anew, and two schedulers at once: no double, no loss."""

import asyncio
import os
import random
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.watches import Watches
from bot.base.clock import Clock
from bot.base.errors import DatabaseBusy
from bot.schedule.scheduler import Scheduler
from bot.settings import DatabaseSettings, load
from bot.storage import migrations, values
from bot.storage.database import Database
from jobs import ALL
from models.columns import FACTS
from tests.e2e.postgres import Postgres
from tests.robustness.test_reminder_load import MIDNIGHT, at
from tests.waiting import PATIENCE
from tests.warm import ROOT, Warm

BOT = 1000001
# Enough for several batches of each job.
WORKERS, HEADS, TOWNSHIPS = 1_800, 1_100, 44
KILLS, WATCH = 2, 600
# In the order of the day: when, and what all batches together are to have done.
JOBS = {
    "climb_ladders": ("08:10", {"begun": WATCH, "come": 0, "climbed": WATCH}),
    "tell_silent_duty": ("10:00", {"told": TOWNSHIPS}),
    "ask_households": ("19:00", {"asked": HEADS}),
    "remind_households": ("20:30", {"reminded": HEADS}),
    "tell_silent_heads": ("21:00", {"told": TOWNSHIPS}),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh database is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'duty.sqlite3'}"
    server: Postgres = request.getfixturevalue("server")
    return server.url(server.create())


class Jobs:
    """`gridduty job run` as processes of their own, at a time of the Monday."""

    def __init__(self, url: str, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDDUTY_")}
        own = {"GRIDDUTY_DATABASE__URL": url, "GRIDDUTY_TELEGRAM__TOKEN": f"{BOT}:none"}
        self._environment, self._log = kept | own, folder / "job.log"
        self.warm = Warm()

    def start(self, name: str) -> int:
        """Start it; the process id."""
        moment = f"{at(JOBS[name][0]):%Y-%m-%dT%H:%M}"
        words = ["job", "run", name, "--at", moment, "--config", str(ROOT / "config.toml")]
        return self.warm.start(words, self._environment, ROOT, self._log, self._log)

    def told(self) -> str:
        """What was printed last."""
        return self._log.read_text()


def settled(url: str) -> Database:
    """A migrated database with a roster, in which nobody comes and no head answers."""
    db = Database(DatabaseSettings(url=url, synchronous="OFF"))
    migrations.migrate(db)
    with db.write_now() as session:
        Watches(WORKERS, HEADS, TOWNSHIPS, 1, MIDNIGHT).settle(session, BOT)
        values.put(session, "late:begun", (at("08:00") - timedelta(minutes=1)).isoformat())
    return db


def counted(db: Database, what: str) -> int:
    with db.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def counts_of(db: Database, name: str) -> dict[str, int]:
    """What all batches of the job's slot together say they did."""
    with db.read() as session:
        asked = text("SELECT counts, state FROM slot WHERE rule = :rule")
        counts, state = session.execute(asked.columns(counts=FACTS), {"rule": name}).one()
    assert state == "done", state
    return dict(counts)


def kill_at_work(jobs: Jobs, db: Database, name: str, chance: random.Random) -> bool:
    """Start the job and kill it at some moment of its work; whether something was left to do."""
    pid, slot = jobs.start(name), f"slot WHERE rule = '{name}'"
    end = time.monotonic() + PATIENCE
    while not counted(db, slot):
        assert time.monotonic() < end, jobs.told()
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.1))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    assert jobs.warm.wait() in (-signal.SIGKILL, 0), jobs.told()
    return counted(db, f"{slot} AND state = 'running'") > 0


def test_jobs_that_are_killed_go_on_where_they_were(url: str, tmp_path: Path) -> None:
    chance, jobs, db = random.Random(1), Jobs(url, tmp_path), settled(url)
    try:
        for name, (_, counts) in JOBS.items():
            died = [kill_at_work(jobs, db, name, chance) for _ in range(KILLS)]
            assert any(died), name
            jobs.start(name)
            assert jobs.warm.wait() == 0, jobs.told()
            assert counts_of(db, name) == counts
            _everybody_once(db, name)
    finally:
        jobs.warm.close()
        db.close()


def test_two_schedulers_at_once_do_everything_once(url: str) -> None:
    db = settled(url)
    try:
        for name, (clock, counts) in JOBS.items():
            both = threading.Barrier(2)
            keepers = [threading.Thread(target=keep_clock, args=(url, name, clock, both)) for _ in range(2)]
            for keeper in keepers:
                keeper.start()
            for keeper in keepers:
                keeper.join(60)
            assert counts_of(db, name) == counts
            _everybody_once(db, name)
    finally:
        db.close()


def keep_clock(url: str, name: str, clock: str, both: threading.Barrier) -> None:
    """A scheduler with this job alone, a minute before its time and at it, side by side with another."""
    settings = load(None, {"GRIDDUTY_DATABASE__URL": url, "GRIDDUTY_TELEGRAM__TOKEN": f"{BOT}:none"})
    db, own = Database(settings.database), Clock()
    job = next(job for job in ALL if job.name == name)
    scheduler = Scheduler(db, settings, own, asyncio.Event(), [job])

    async def keep() -> None:
        for moment in (at(clock) - timedelta(minutes=1), at(clock) + timedelta(seconds=1)):
            own.set(moment)
            both.wait(PATIENCE)
            # As often as it would within a minute: a lock may be held by the other.
            for _ in range(30):
                with suppress(DatabaseBusy):
                    await scheduler._tick(asyncio.Event())

    asyncio.run(keep())
    db.close()


def _everybody_once(db: Database, name: str) -> None:
    """Each has one message of it, and one alone."""
    if name in ("ask_households", "remind_households"):
        tag, column = ("ask", "asked_at") if name == "ask_households" else ("again", "reminded_at")
        assert counted(db, f"card WHERE subject LIKE '%{tag}' AND wanted = 1") == HEADS
        assert counted(db, f"household_day WHERE {column} IS NOT NULL") == HEADS
    elif name == "climb_ladders":
        assert counted(db, "outbox WHERE kind = 'late.own'") == WATCH
        assert counted(db, "(SELECT DISTINCT chat_id FROM outbox) AS chats") == WATCH
        assert counted(db, "ladder_step") == counted(db, "ladder WHERE level = 1") == WATCH
    else:
        kind = "duty" if name == "tell_silent_duty" else "households"
        assert (
            counted(db, f"card WHERE subject LIKE '%{kind}%' AND kind = 'silent.board' AND wanted = 1")
            == TOWNSHIPS
        )
