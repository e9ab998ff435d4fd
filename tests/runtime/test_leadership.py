"""One `run` on SQLite; on PostgreSQL one active holder of a part, the others standing by."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from bot.base.errors import LeadershipLost, OperatorError
from bot.runtime import leadership
from bot.runtime.leadership import Leadership, lead, only_run
from bot.settings import Settings
from bot.storage import values
from bot.storage.database import Database
from tests.waiting import until_so

sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
postgresql = pytest.mark.parametrize("settings", ["postgresql"], indirect=True)


@pytest.fixture
def other(db: Database, settings: Settings) -> Iterator[Database]:
    """The same database from a second process."""
    second = Database(settings.database)
    yield second
    second.close()


@pytest.fixture
def ask() -> Iterator[Callable[..., Leadership]]:
    """Asks for leaderships, and gives them up in the end."""
    asked: list[Leadership] = []

    def leadership(db: Database, part: str = "deliver", bot: int = 7) -> Leadership:
        asked.append(Leadership(db, part, bot))
        return asked[-1]

    yield leadership
    for each in asked:
        each.give_up()


def _cut_off_holders(db: Database) -> None:
    with db.write_now() as session:
        # Waits up to 10,000 ms until they are gone.
        held = "FROM pg_locks WHERE locktype = 'advisory' AND granted"
        session.execute(text(f"SELECT pg_terminate_backend(pid, 10000) {held}"))


@sqlite
def test_a_second_run_is_refused(db: Database, other: Database) -> None:
    with only_run(db), pytest.raises(OperatorError, match="running"), only_run(other):
        pass


@sqlite
def test_a_lock_file_left_behind_does_not_matter(db: Database) -> None:
    leadership.lock_file(db).write_text("4711")
    with only_run(db):
        pass
    with only_run(db):
        pass


@postgresql
def test_one_holder_at_a_time(db: Database, other: Database, ask: Callable[..., Leadership]) -> None:
    first, second = ask(db), ask(other)
    assert first.take()
    assert not second.take()
    assert ask(other, part="schedule").take()
    assert ask(other, bot=8).take()
    first.give_up()
    # The server lets go of the lock when it has noticed.
    asyncio.run(until_so(second.take))
    assert second.epoch == first.epoch + 1


@postgresql
def test_who_lost_the_lock_unnoticed_writes_nothing(
    db: Database, other: Database, ask: Callable[..., Leadership]
) -> None:
    first, second = ask(db), ask(other)
    assert first.take()
    _cut_off_holders(other)
    assert second.take()
    with pytest.raises(LeadershipLost), db.guarded(first.check).write_now() as session:
        values.put(session, "sent", "twice")
    with other.guarded(second.check).write_now() as session:
        assert values.get(session, "sent") is None
    assert not first.is_held()


@postgresql
def test_the_one_standing_by_takes_over(
    db: Database, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "STAND_BY_SECONDS", 0.05)
    asyncio.run(_take_over(db, other))


async def _take_over(db: Database, other: Database) -> None:
    active: list[str] = []
    began: list[str] = []

    async def part(name: str, stop: asyncio.Event) -> None:
        active.append(name)
        began.append(name)
        await stop.wait()
        active.remove(name)

    stops = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(lead(Leadership(db, "deliver", 7), lambda own: part("first", own), stops[0]))
    await until_so(lambda: active == ["first"])
    second = asyncio.create_task(
        lead(Leadership(other, "deliver", 7), lambda own: part("second", own), stops[1])
    )
    await asyncio.sleep(0.2)
    assert active == ["first"]
    stops[0].set()
    await first
    await until_so(lambda: active == ["second"])
    _cut_off_holders(other)
    await until_so(lambda: began == ["first", "second", "second"])
    assert active == ["second"]
    stops[1].set()
    await second
