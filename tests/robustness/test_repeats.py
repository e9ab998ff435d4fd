"""The same update, once or five times, in whatever order: one effect, one reply."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from bot.app import build
from bot.base.clock import Clock
from bot.playground.people import Place
from bot.process.context import App
from bot.process.process import Process
from bot.receive.receive import store
from bot.settings import DatabaseSettings
from bot.storage.database import Database
from models import Account
from tests.e2e.town import MORNING, Town
from tests.robustness.pipe import BOT, message, open_pipe

AT = int(MORNING.timestamp())
FIRST = 5_000_000_000
# Deeds of two people; whatever their order, each leaves something behind or answers.
DEEDS: tuple[tuple[int, dict[str, Any]], ...] = (
    (1, {"location": {"latitude": 24.4001, "longitude": 98.5501}}),
    (1, {"text": "下班"}),
    (1, {"location": {"latitude": 24.5, "longitude": 98.6}}),
    (2, {"text": "上岗"}),
    (2, {"location": {"latitude": 24.406, "longitude": 98.557, "live_period": 900}}),
    (1, {"text": "补卡"}),
    (2, {"text": "下班"}),
    (2, {"text": "你好"}),
)
# In no order of writing: two people do not wait for each other.
LEFT_BEHIND = (
    "SELECT person_id, in_at, out_at, evidence, place_grade FROM checkin ORDER BY person_id, in_at",
    "SELECT person_id, at, latitude FROM presence_point ORDER BY person_id, at, latitude",
    "SELECT person_id, form, step FROM draft ORDER BY person_id, form",
    "SELECT key, kind, chat_id FROM outbox ORDER BY key",
    "SELECT update_id, state, attempts FROM inbox ORDER BY update_id",
    "SELECT action, person_id FROM audit ORDER BY person_id, action",
)


class Stopped(Clock):
    """Time stands still."""

    def now(self) -> Any:
        """The morning."""
        return MORNING + timedelta(minutes=30)


class Bench:
    """A place to try one series of deliveries after another, each on a fresh copy of the town."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        pipe = asyncio.run(open_pipe(folder))
        with pipe.db.write_now() as session:
            rows = [
                {"bot": BOT, "user_id": FIRST + n, "chat_id": FIRST + n, "person_id": n, "reach": "ok",
                 "joined_at": MORNING} for n in (1, 2)
            ]  # fmt: skip
            session.connection().execute(insert(Account), rows)
        self._pipe = pipe
        pipe.db.close()
        self._app: App = asyncio.run(build(pipe.settings))

    def left_behind(self, batches: list[list[int]]) -> list[list[tuple[Any, ...]]]:
        """What these deliveries leave, each batch handled before the next comes."""
        file = self._folder / "copy.sqlite3"
        for old in self._folder.glob("copy.sqlite3*"):
            old.unlink()
        shutil.copy(self._folder / "pipe.sqlite3", file)
        db = Database(DatabaseSettings(url=f"sqlite:///{file}", synchronous="OFF"))
        try:
            asyncio.run(self._deliver(db, batches))
            with db.read() as session:
                return [[tuple(row) for row in session.execute(text(query))] for query in LEFT_BEHIND]
        finally:
            db.close()

    async def _deliver(self, db: Database, batches: list[list[int]]) -> None:
        clock = Stopped()
        process = Process(db, self._app, self._pipe.api, self._pipe.settings, clock)
        for batch in batches:
            async with db.write() as session:
                store(session, BOT, [_update(number) for number in batch], clock)
            while await process.batch(64):
                pass


def _update(number: int) -> dict[str, Any]:
    who, deed = DEEDS[number]
    body = message(FIRST + who, 10 + number, AT + 60 * number, **deed)
    return {"update_id": 1000 + number, "message": body}


def _once(batches: list[list[int]]) -> list[list[int]]:
    """The same deliveries, only the first of each update."""
    first = {number: place for place, batch in reversed(list(enumerate(batches))) for number in batch}
    return [[n for n in dict.fromkeys(batch) if first[n] == place] for place, batch in enumerate(batches)]


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """The bench, cleared away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield Bench(Path(folder))


@given(
    st.lists(
        st.lists(st.integers(0, len(DEEDS) - 1), min_size=1, max_size=12), min_size=1, max_size=5
    ).filter(lambda batches: all(sum(b.count(n) for b in batches) <= 5 for n in range(len(DEEDS))))
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_repeats_change_nothing(bench: Bench, batches: list[list[int]]) -> None:
    assert bench.left_behind(batches) == bench.left_behind(_once(batches))


def test_every_deed_leaves_something(bench: Bench) -> None:
    """So that the test above does not compare nothing with nothing."""
    checkins, points, drafts, outbox, inbox, _ = bench.left_behind([list(range(len(DEEDS)))] * 5)
    assert (len(checkins), len(points), len(drafts)) == (3, 0, 1)
    assert len(inbox) == len(DEEDS)
    # The question of a form is a living message.
    assert len(outbox) >= len(DEEDS) - 1


def test_telegram_delivers_again_what_was_confirmed(town: Town) -> None:
    worker = town.join("岩罕")
    at_post = Place(24.4001, 98.5501)
    ids = [worker.tap("上岗", location=at_post)]
    worker.wait_for("已上岗")
    ids += [worker.tap("下班")]
    worker.wait_for("已下班")
    town.playground.wait_acknowledged(*ids[:1])
    town.settle()
    before = len(worker.received)
    town.playground.redeliver(*reversed(ids), *ids)
    worker.send("你好")
    worker.wait_for()
    town.settle()
    assert town.count("checkin") == 1
    assert town.count("inbox", "attempts > 1") == 0
    assert len(worker.received) == before + 1
