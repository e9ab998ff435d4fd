"""Parts in other processes are woken at once."""

import asyncio
import time

import pytest
from sqlalchemy import text

from bot.runtime.wakeups import Wakeup, Wakeups
from bot.storage.database import Database
from tests.waiting import PATIENCE

pytestmark = pytest.mark.parametrize("settings", ["postgresql"], indirect=True)


async def _listening(db: Database, wanted: int) -> None:
    found = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND state = 'idle'")
    end = time.monotonic() + PATIENCE
    while True:
        with db.read() as session:
            if session.execute(found).scalar() == wanted:
                return
        assert time.monotonic() < end, "nobody listens"
        await asyncio.sleep(0.02)


async def _any_set(wakeup: Wakeup, heard: Wakeup) -> None:
    """Ring until it is heard: what is rung while a connection is broken is lost."""
    end = time.monotonic() + PATIENCE
    while not heard.is_set():
        assert time.monotonic() < end, "nobody hears it"
        wakeup.set()
        wakeup.clear()
        await asyncio.sleep(0.05)


async def _ring(db: Database) -> None:
    stop = asyncio.Event()
    here, there, stranger = Wakeups(db, 7), Wakeups(db, 7), Wakeups(db, 8)
    heard, other, foreign = there.wakeup("inbox"), there.wakeup("outbox"), stranger.wakeup("inbox")
    own = here.wakeup("inbox")
    runs = [asyncio.create_task(each.run(stop)) for each in (here, there, stranger)]
    await _listening(db, 3)
    await _any_set(own, heard)
    await asyncio.sleep(0.1)
    assert not other.is_set()
    assert not foreign.is_set()
    assert not own.is_set(), "the own ringing came back"
    with db.write_now() as session:
        session.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        )
    heard.clear()
    await _any_set(own, heard)
    stop.set()
    await asyncio.gather(*runs)


def test_a_bell_is_heard_in_other_processes_and_again_after_a_break(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.wakeups.AGAIN_SECONDS", 0.1)
    asyncio.run(_ring(db))
