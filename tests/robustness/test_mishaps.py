"""Our own mishaps: crashes, bugs in handlers, a locked database, a full disk."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.engine import Engine
from telegram import Update
from telegram.ext import MessageHandler, filters

import handlers
from bot import markers
from bot.context import App, Context
from models import Feedback, InboxRow
from tests.e2e.town import MORNING, Town
from tests.robustness.stage import heard, reminder, reply, stage, state, tell, until

POLITE = "刚才这一步出了点问题"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with stage(tmp_path) as town:
        yield town


@pytest.fixture
def resting(tmp_path: Path) -> Iterator[Town]:
    """A town whose bot does not run yet."""
    with stage(tmp_path, running=False) as town:
        yield town


def _do(town: Town, statement: str, **values: Any) -> None:
    with town.db.write_now() as session:
        session.execute(text(statement), values)


def _row(town: Town, where: str) -> Any:
    with town.db.read() as session:
        return session.execute(text(f"SELECT * FROM inbox WHERE {where}")).one()


# Deliver


def test_what_was_being_sent_at_a_crash_is_repeated_where_its_kind_allows(resting: Town) -> None:
    worker = resting.bind("岩罕")
    tell(resting, worker.id, reply("first"), reminder("second"), reply("third"), reminder("fourth"))
    _do(resting, "UPDATE outbox SET state = 'sending' WHERE key LIKE 'first%' OR key LIKE 'second%'")
    resting.bot.start()
    worker.wait_for("fourth")
    assert heard(worker, "first", "second", "third", "fourth") == ["first", "third", "fourth"]
    assert state(resting, "second", worker.id) == "unknown"


def test_what_is_late_is_dropped_and_holds_up_nobody(resting: Town) -> None:
    worker = resting.bind("岩罕")
    for number in range(40):
        tell(resting, worker.id, reminder(f"late{number}"), deadline=MORNING + timedelta(minutes=5))
    tell(resting, worker.id, reminder("in time"), deadline=MORNING + timedelta(minutes=15))
    resting.clock.set(MORNING + timedelta(minutes=10))
    resting.bot.start()
    worker.wait_for("in time", timeout=3)
    until(lambda: resting.count("outbox", "state = 'dropped'") == 40, 3)
    assert heard(worker, "late") == []


def test_what_quiet_hours_hold_comes_when_they_end(town: Town) -> None:
    worker = town.join("岩罕")
    town.clock.set(MORNING + timedelta(hours=16))
    tell(town, worker.id, reminder("held"), reply("through"))
    worker.wait_for("through")
    assert state(town, "held", worker.id) == "held"
    town.clock.set(MORNING.replace(hour=5, minute=59, second=50) + timedelta(days=1))
    time.sleep(1.5)
    assert state(town, "held", worker.id) == "held"
    town.clock.set(MORNING.replace(hour=6, minute=0, second=1) + timedelta(days=1))
    worker.wait_for("held", timeout=3)


# Process


def _with_handler(
    monkeypatch: pytest.MonkeyPatch, words: str, deed: Callable[[Update, Context], None]
) -> None:
    """Let these words do the deed."""
    register = handlers.register

    async def handle(update: Update, context: Context) -> None:
        deed(update, context)

    def with_ours(app: App) -> None:
        app.add_handler(MessageHandler(filters.Text([words]), handle))
        register(app)

    monkeypatch.setattr(handlers, "register", with_ours)


def _write_down(context: Context) -> None:
    row = {"person_id": context.actor.person_id, "at": context.at, "words": "written down"}
    context.session.execute(insert(Feedback), row)


def test_a_handler_that_raises_is_tried_twice_and_told(
    resting: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def raise_late(update: Update, context: Context) -> None:
        tries.append(context.turn.update_id)
        _write_down(context)
        context.reply("not_understood")
        raise ZeroDivisionError("the very bug")

    _with_handler(monkeypatch, "boom", raise_late)
    resting.bot.start()
    worker, admin, other = resting.join("岩罕"), resting.join("孙工"), resting.join("玉香")
    before = len(worker.received)
    number = worker.send("boom")
    worker.send("还在吗")
    other.send("你好")
    resting.settle()
    assert tries == [number, number]
    row = _row(resting, f"update_id = {number}")
    assert (row.state, row.attempts) == ("failed", 2)
    assert "ZeroDivisionError: the very bug" in row.error
    assert "raise_late" in row.error
    assert resting.count("feedback") == 0
    told = worker.texts[before:]
    assert [POLITE in words for words in told] == [True, False]
    assert len(other.texts) == 2
    alarms = [words for words in admin.texts if "ZeroDivisionError" in words]
    assert len(alarms) == 1
    worker.send("boom")
    worker.wait_for(POLITE)
    resting.settle()
    assert [words for words in admin.texts if "ZeroDivisionError" in words] == alarms
    resting.clock.move(timedelta(days=1))
    worker.send("boom")
    worker.wait_for(POLITE)
    resting.settle()
    assert len([words for words in admin.texts if "ZeroDivisionError" in words]) == 2


def test_a_reply_that_cannot_be_kept_fails_its_update_alone(
    resting: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reply_nonsense(update: Update, context: Context) -> None:
        _write_down(context)
        context.reply("not_understood", thing=object())

    _with_handler(monkeypatch, "boom", reply_nonsense)
    resting.bot.start()
    worker, other = resting.join("岩罕"), resting.join("玉香")
    number = worker.send("boom")
    other.send("你好")
    other.wait_for()
    worker.send("还在吗")
    until(lambda: len(worker.received) >= 3)
    resting.settle()
    row = _row(resting, f"update_id = {number}")
    assert row.state == "failed"
    assert "object" in row.error
    assert POLITE in worker.texts[-2]
    assert resting.count("feedback") == 0


def test_a_row_that_kills_the_process_each_time_is_given_up(resting: Town) -> None:
    worker = resting.bind("岩罕")
    numbers = [worker.send(words) for words in ("第一条", "第二条")]
    bot = resting.settings.bot_id
    with resting.db.write_now() as session:
        markers.put(session, "process_stopped", "no")
        session.execute(
            insert(InboxRow),
            {
                "bot": bot, "update_id": 5, "chat_id": worker.id, "received_at": resting.clock.now(),
                "payload": b'{"update_id":5}', "state": "pending", "attempts": 3,
            },
        )  # fmt: skip
    resting.bot.start()
    until(lambda: len(worker.received) == 3)
    resting.settle()
    assert POLITE in worker.texts[0]
    row = _row(resting, "update_id = 5")
    assert (row.state, row.attempts) == ("failed", 3)
    assert "died" in row.error
    assert resting.count("inbox", f"state = 'done' AND update_id >= {numbers[0]}") == 2


# The database


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
    with resting.db.read() as session:
        stored = set(session.execute(text("SELECT update_id FROM inbox")).scalars())
    assert resting.playground.acknowledged <= stored
    assert not numbers <= stored
    disk.leave(None)
    until(lambda: all(len(p.received) >= n + 6 for p, n in zip(phones, before, strict=True)), 15)
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
        _write_down(context)
        if place == "handler":
            context.session.execute(text("UPDATE feedback SET words = :words"), {"words": "长" * 50_000})
        context.reply("not_understood", ballast="长" * 50_000)

    _with_handler(monkeypatch, "fill", fill)
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
    assert _row(resting, f"update_id = {number}").state == "done"
    assert POLITE not in worker.last.text
