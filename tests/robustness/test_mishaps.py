"""Our own mishaps: crashes, what is late, bugs in handlers."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from telegram import Update

from bot.process.context import Context
from bot.storage import values as storage_values
from bot.views.notices import NotUnderstood, Refusal
from models import InboxRow
from tests.e2e.town import MORNING, Town
from tests.robustness.stage import (
    POLITE,
    heard,
    inbox_row,
    reminder,
    reply,
    stage,
    state,
    tell,
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


def _do(town: Town, statement: str, **values: Any) -> None:
    with town.db.write_now() as session:
        session.execute(text(statement), values)


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
    worker.wait_for("in time")
    until(lambda: resting.count("outbox", "state = 'dropped'") == 40)
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
    worker.wait_for("held")


# Process


def test_a_handler_that_raises_is_tried_twice_and_told(
    resting: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def raise_late(update: Update, context: Context) -> None:
        tries.append(context.turn.update_id)
        write_down(context)
        context.reply(NotUnderstood())
        raise ZeroDivisionError("the very bug")

    with_handler(monkeypatch, "boom", raise_late)
    resting.bot.start()
    worker, admin, other = resting.join("岩罕"), resting.join("孙工"), resting.join("玉香")
    before = len(worker.received)
    number = worker.send("boom")
    worker.send("还在吗")
    other.send("你好")
    resting.settle()
    assert tries == [number, number]
    row = inbox_row(resting, f"update_id = {number}")
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
        write_down(context)
        context.reply(Refusal("not-understood", {"thing": object()}))  # type: ignore[dict-item]

    with_handler(monkeypatch, "boom", reply_nonsense)
    resting.bot.start()
    worker, other = resting.join("岩罕"), resting.join("玉香")
    number = worker.send("boom")
    other.send("你好")
    other.wait_for()
    worker.send("还在吗")
    until(lambda: len(worker.received) >= 3)
    resting.settle()
    row = inbox_row(resting, f"update_id = {number}")
    assert row.state == "failed"
    assert "object" in row.error
    assert POLITE in worker.texts[-2]
    assert resting.count("feedback") == 0


def test_a_row_that_kills_the_process_each_time_is_given_up(resting: Town) -> None:
    worker = resting.bind("岩罕")
    numbers = [worker.send(words) for words in ("第一条", "第二条")]
    bot = resting.settings.bot_id
    with resting.db.write_now() as session:
        storage_values.put(session, "process_stopped", "no")
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
    row = inbox_row(resting, "update_id = 5")
    assert (row.state, row.attempts) == ("failed", 3)
    assert "died" in row.error
    assert resting.count("inbox", f"state = 'done' AND update_id >= {numbers[0]}") == 2
