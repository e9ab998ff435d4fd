"""A locked database, a full or failing disk: nothing is acknowledged that is not kept, nothing is lost."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from telegram import Update

from bot.process.context import Context
from bot.views.notices import NotUnderstood, Refusal
from tests.e2e.town import Town
from tests.robustness.stage import (
    POLITE,
    inbox_row,
    stage,
    with_handler,
    write_down,
)
from tests.waiting import until


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with stage(tmp_path) as town:
        yield town


@pytest.fixture
def resting(tmp_path: Path) -> Iterator[Town]:
    """A town whose bot does not run yet."""
    with stage(tmp_path, running=False) as town:
        yield town


@contextmanager
def _locked(town: Town) -> Iterator[None]:
    """Another program writes and does not end."""
    other = sqlite3.connect(town.db.file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def test_a_database_locked_by_another_loses_nothing(town: Town) -> None:
    phones = [town.join(name) for name in ("岩罕", "玉香", "阿昌")]
    before = [len(phone.received) for phone in phones]
    with _locked(town):
        numbers = [phone.send("还在吗") for phone in phones]
        time.sleep(3)
        assert not town.playground.acknowledged & set(numbers)
    until(lambda: all(len(p.received) == n + 1 for p, n in zip(phones, before, strict=True)))
    town.playground.wait_acknowledged(*numbers)
    assert town.count("inbox", "state <> 'done'") == 0


class Disk:
    """Room for the bot's own connections, by SQLite's own limit of pages."""

    def __init__(self) -> None:
        self._connections: list[Any] = []
        self._lock = threading.Lock()
        event.listen(Engine, "connect", self._note)

    def _note(self, connection: Any, _: Any) -> None:
        with self._lock:
            self._connections.append(connection)

    def leave(self, pages: int | None) -> None:
        """Let the file grow by so many pages; None: without end."""
        for connection in self._connections:
            try:
                used = connection.execute("PRAGMA page_count").fetchone()[0]
                most = 1 << 30 if pages is None else used + pages
                connection.execute(f"PRAGMA max_page_count = {most}")
            except sqlite3.ProgrammingError:
                continue

    def close(self) -> None:
        """Note no more connections."""
        event.remove(Engine, "connect", self._note)


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    yield disk
    disk.close()


@pytest.mark.parametrize("pages", [0, 2, 5])
def test_a_full_disk_loses_nothing(pages: int, disk: Disk, resting: Town) -> None:
    resting.bot.start()
    phones = [resting.join(name) for name in ("岩罕", "玉香", "阿昌", "排勒")]
    before = [len(phone.received) for phone in phones]
    disk.leave(pages)
    numbers = {phone.send("长" * 1_500 + str(n)) for n in range(6) for phone in phones}
    time.sleep(2)
    acknowledged = set(resting.playground.acknowledged)
    with resting.db.read() as session:
        stored = set(session.execute(text("SELECT update_id FROM inbox")).scalars())
    assert acknowledged <= stored
    assert not numbers <= stored
    disk.leave(None)
    until(lambda: all(len(p.received) >= n + 6 for p, n in zip(phones, before, strict=True)))
    resting.playground.wait_acknowledged(*numbers)
    resting.settle()
    assert resting.count("inbox", "state <> 'done'") == 0
    assert [len(p.received) - n for p, n in zip(phones, before, strict=True)] == [6] * 4


@pytest.mark.parametrize("place", ["handler", "commit"])
def test_what_meets_a_full_disk_while_handled_is_done_once_there_is_room(
    place: str, disk: Disk, resting: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def fill(update: Update, context: Context) -> None:
        tries.append(update.update_id)
        if len(tries) == 1:
            disk.leave(0)
        write_down(context)
        if place == "handler":
            context.session.execute(text("UPDATE feedback SET words = :words"), {"words": "长" * 50_000})
        context.reply(Refusal("feedback-received", {"name": "岩罕", "words": "长" * 50_000}))

    with_handler(monkeypatch, "fill", fill)
    resting.bot.start()
    worker, other = resting.join("岩罕"), resting.join("玉香")
    told = [len(worker.received), len(other.received)]
    number = worker.send("fill")
    until(lambda: len(tries) >= 2)
    other.send("还在吗")
    time.sleep(1)
    assert [len(worker.received), len(other.received)] == told
    assert resting.count("feedback") == 0
    disk.leave(None)
    until(lambda: [len(worker.received), len(other.received)] == [n + 1 for n in told])
    resting.settle()
    assert resting.count("feedback") == 1
    assert inbox_row(resting, f"update_id = {number}").state == "done"
    assert POLITE not in worker.last.text


def test_a_transaction_that_the_disk_undid_takes_no_other_update_along(
    resting: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At some errors of the disk SQLite undoes the whole transaction, savepoints and all."""
    tries = []

    def lose(update: Update, context: Context) -> None:
        tries.append(update.update_id)
        write_down(context)
        if len(tries) == 1:
            context.session.connection().exec_driver_sql("ROLLBACK")
            raise OSError("disk I/O error")
        context.reply(NotUnderstood())

    def keep(update: Update, context: Context) -> None:
        write_down(context)
        context.reply(NotUnderstood())

    monkeypatch.setattr("bot.process.process.BATCH_SECONDS", 5.0)
    with_handler(monkeypatch, "gone", lose)
    with_handler(monkeypatch, "kept", keep)
    names = ("玉香", "岩罕", "阿昌")
    phones = [resting.bind(name) for name in names]
    numbers = [phone.send(words) for phone, words in zip(phones, ("kept", "gone", "kept"), strict=True)]
    resting.bot.start()
    until(lambda: all(phone.received for phone in phones))
    resting.settle()
    assert [len(phone.received) for phone in phones] == [1, 1, 1]
    assert not any(POLITE in phone.last.text for phone in phones)
    assert tries == [numbers[1]] * 2
    assert resting.count("feedback") == 3
    assert resting.count("inbox", "state = 'done'") == 3
