"""Killed at any moment, again and again: nothing that was acknowledged is lost, nothing is done twice."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.playground.runner import Playground
from bot.settings import DatabaseSettings
from bot.storage import migrations
from bot.storage.database import Database
from tests.e2e.postgres import Postgres
from tests.robustness.crowd import FIRST_USER, Crowd, Worker, settle_in
from tests.waiting import PATIENCE, until
from tests.warm import ROOT, Warm


class Mortal:
    """The bot as a process that is killed and started anew."""

    def __init__(self, url: str, playground: Playground, log: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GRIDDUTY_")}
        environment |= {
            "GRIDDUTY_TELEGRAM__TOKEN": playground.token,
            "GRIDDUTY_TELEGRAM__BASE_URL": playground.base_url,
            "GRIDDUTY_DATABASE__URL": url,
            "GRIDDUTY_DELIVERY__RATE": "0",
            "GRIDDUTY_DELIVERY__IN_FLIGHT": "64",
            "GRIDDUTY_LOGS__LEVEL": "WARNING",
        }
        self._environment = environment
        self._log, self._warm, self._pid = log, Warm(), 0

    def start(self) -> None:
        """A new run."""
        words = ["run", "--config", str(ROOT / "config.toml")]
        self._pid = self._warm.start(words, self._environment, ROOT, self._log, self._log)

    def kill(self) -> None:
        """The end of it, without a word."""
        os.kill(self._pid, signal.SIGKILL)
        assert self._warm.wait() == -signal.SIGKILL

    def close(self) -> None:
        """No more runs."""
        self._warm.close()


@contextmanager
def founded(url: str, people: int, bot: int) -> Iterator[Database]:
    """A migrated database with the roster."""
    db = Database(DatabaseSettings(url=url, synchronous="FULL"))
    migrations.migrate(db)
    with db.write_now() as session:
        settle_in(session, people, bot)
    yield db
    db.close()


def _inbox(db: Database) -> set[int]:
    with db.read() as session:
        return set(session.execute(text("SELECT update_id FROM inbox")).scalars())


def _count(db: Database, what: str) -> int:
    with db.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def _unfinished(db: Database) -> int:
    open_ = "state IN ('pending', 'sending')"
    return _count(db, f"inbox WHERE {open_}") + _count(db, f"outbox WHERE {open_}")


def _let_live(
    playground: Playground, chance: random.Random, share: int, is_at_rest: Callable[[], bool]
) -> None:
    """Until some moment: of the start, of a confirmation, or after some of its messages have gone; at the
    latest until it has nothing left to do, however long it takes to begin."""
    moment, confirmed, sent = chance.random(), playground.bot.updates.acknowledged_at, playground.sent
    if moment < 0.2:
        time.sleep(chance.uniform(0.01, 0.4))
    elif moment < 0.5:
        # Whoever confirms before all is on the disk is caught at this.
        before = len(confirmed)
        _watch(lambda: len(confirmed) > before, is_at_rest, lambda: 0.0002)
    else:
        enough = sent + chance.randint(1, share)
        _watch(lambda: playground.sent >= enough, is_at_rest, lambda: chance.uniform(0.001, 0.02))


def _watch(found: Callable[[], bool], is_at_rest: Callable[[], bool], pause: Callable[[], float]) -> None:
    """Look often whether it is found, now and then whether nothing more can come."""
    looked = time.monotonic()
    end = looked + PATIENCE
    while not found():
        assert time.monotonic() < end, "nothing is done"
        if time.monotonic() - looked > 0.5:
            if is_at_rest():
                return
            looked = time.monotonic()
        time.sleep(pause())


def _kill_and_restart(
    bot: Mortal, playground: Playground, db: Database, crowd: Crowd, kills: int, seed: int
) -> tuple[list[int], int]:
    """Let everything arrive while the bot dies `kills` times; the ids, and how often it died at work."""
    chance, ids, at_work = random.Random(seed), [], 0
    share = len(crowd.updates) // kills + 1
    for number in range(kills):
        bot.start()
        ids += playground.inject(crowd.updates[number * share : (number + 1) * share])
        _let_live(playground, chance, share, partial(_is_at_rest, db, playground, ids))
        bot.kill()
        at_work += _unfinished(db) > 0
        lost = playground.acknowledged - _inbox(db)
        assert not lost, f"acknowledged but not stored: {sorted(lost)[:5]}"
    bot.start()
    return ids, at_work


def _is_at_rest(db: Database, playground: Playground, ids: list[int]) -> bool:
    # The last batch is acknowledged by the poll after it.
    return len(playground.acknowledged) >= len(ids) and not _unfinished(db)


def _drain(db: Database, playground: Playground, ids: list[int]) -> None:
    until(lambda: _is_at_rest(db, playground, ids), 240, "the bot did not come to rest")


def _check_replies(db: Database, playground: Playground, bot: int, crowd: Crowd, ids: list[int]) -> None:
    """One outbox row for every update, each sent; and in every chat at least what was owed."""
    with db.read() as session:
        rows = session.execute(text("SELECT key, state FROM outbox WHERE key LIKE 'reply:%'")).all()
    assert Counter(state for _, state in rows) == {"sent": len(ids)}
    answered = Counter(key.rpartition(":")[0] for key, _ in rows)
    assert answered == {f"reply:{bot}:{update_id}": 1 for update_id in ids}
    for worker in crowd.workers:
        told = "\n".join(_messages(playground, FIRST_USER + worker.number))
        for words, owed in _owed(worker).items():
            assert told.count(words) >= owed, (worker, told)


def _owed(worker: Worker) -> dict[str, int]:
    """What a person must have read, and how often at the least; late replies may stand in one message."""
    outs = sum(out_at is not None for _, out_at in worker.checkins)
    vain = worker.deeds.count("out") - outs
    return {
        "已上岗": len(worker.checkins),
        "您在岗": len(worker.points),
        "已下班": outs,
        "已经下班了": vain,
    }


def _messages(playground: Playground, user: int) -> list[str]:
    with playground.world.lock:
        chat = playground.world.private_chat(playground.bot, playground.world.users[user])
        return [message.text for message in chat.messages.values() if message.from_bot]


def _survive(url: str, people: int, checkins: int, kills: int, tmp_path: Path) -> dict[str, Any]:
    crowd = Crowd(people, checkins, seed=kills)
    with (
        Playground(limits=False) as playground,
        founded(url, people, playground.bot.id) as db,
    ):
        bot = Mortal(url, playground, tmp_path / "bot.log")
        try:
            ids, at_work = _kill_and_restart(bot, playground, db, crowd, kills, seed=kills)
            _drain(db, playground, ids)
            bot.kill()
        finally:
            bot.close()
        with db.read() as session:
            assert not crowd.wrongs(session)
        assert playground.acknowledged == set(ids) == _inbox(db)
        assert _count(db, "inbox WHERE state <> 'done'") == 0, (tmp_path / "bot.log").read_text()[-3000:]
        _check_replies(db, playground, playground.bot.id, crowd, ids)
        return {
            "kills": kills, "killed at work": at_work, "people": people, "updates": len(ids),
            "check-ins": crowd.checkins, "presence points": sum(len(w.points) for w in crowd.workers),
            "replies owed": len(ids), "messages that arrived": playground.sent,
        }  # fmt: skip


def _tell(capsys: pytest.CaptureFixture[str], told: dict[str, Any]) -> None:
    with capsys.disabled():
        print("\n" + ", ".join(f"{name}: {count}" for name, count in told.items()))


def test_nothing_is_lost_or_done_twice_on_sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _survive(f"sqlite:///{tmp_path / 'duty.sqlite3'}", 1_000, 2_500, 36, tmp_path)
    _tell(capsys, told)
    assert told["killed at work"] >= 21


def test_nothing_is_lost_or_done_twice_on_postgresql(
    server: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _survive(server.url(server.create()), 300, 900, 10, tmp_path)
    _tell(capsys, told)
    assert told["killed at work"] >= 3
