"""Answers that are not as documented: the message that meets one is set aside, everything else goes on."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.access import SYSTEM, Work
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from bot.playground.people import Person as Phone
from tests.e2e.town import Town
from tests.robustness.stage import heard, reminder, reply, stage, state, tell
from tests.robustness.strange import Strange
from tests.waiting import until

VICTIMS, MIXED, OTHERS, EACH = 50, 8, 8, 41
# What says that it was done, and then what it cannot have done.
DONE = (
    b'{"ok":true}', b'{"ok":true,"result":null}', b'{"ok":true,"result":{"message_id":{"a":1}}}',
    b'{"ok":true,"result":{"message_id":"7"}}', b'{"ok":true,"result":[]}',
    b'{"ok":true,"result":{"message_id":-5}}',
    b'{"ok":true,"result":{"message_id":99999999999999999999}}', b'{"ok":true,"result":true}',
)  # fmt: skip
# What leaves it open.
OPEN = (
    b'{"ok":false,"error_code":[400],"description":"x"}', b'{"ok":false,"error_code":400,"description":{}}',
    b"", b"<html>hello</html>", b'{"result":{"message_id":5}}', b"[]", b'{"ok":false,"error_code":-1}',
    b"NaN", b'{"ok":true,"result":{"message_id":NaN}}', b"x" * 10_000_000,
)  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with stage(tmp_path) as town:
        yield town


def _people(town: Town, count: int) -> list[Phone]:
    phones = [town.stranger(f"岩{number}") for number in range(count)]
    with town.playground.world.lock:
        for phone in phones:
            phone.phone.private.started = True
    return phones


def _said(body: bytes) -> Any:
    return lambda right: (200, body)


@pytest.mark.parametrize("body", DONE, ids=range(len(DONE)))
def test_what_was_done_is_not_done_again(body: bytes, town: Town) -> None:
    one, other = _people(town, 2)
    town.playground.faults.strange(_said(body), chat=one.id)
    tell(town, one.id, reply("first"), reply("second"))
    tell(town, other.id, reply("third"))
    other.wait_for("third")
    until(lambda: state(town, "second", one.id) == "sent")
    assert state(town, "first", one.id) == "unknown"
    assert heard(one, "first", "second") == ["first", "second"]


@pytest.mark.parametrize("body", OPEN, ids=range(len(OPEN)))
def test_what_is_left_open_is_repeated_where_its_kind_allows(body: bytes, town: Town) -> None:
    one, other = _people(town, 2)
    for phone in (one, other):
        town.playground.faults.strange(_said(body), chat=phone.id)
    tell(town, one.id, reply("first"), reply("second"))
    tell(town, other.id, reminder("once"), reminder("next"))
    until(lambda: state(town, "second", one.id) == "sent")
    until(lambda: state(town, "next", other.id) == "sent")
    assert state(town, "once", other.id) == "unknown"
    assert state(town, "first", one.id) == "sent"


def _everything(town: Town, phone: Phone) -> None:
    """One of each that is sent, beside reminders: a card that changes, a menu, a place that is left."""
    with town.db.write_now() as session:
        to, now = Recipient(town.settings.bot_id, phone.id, "zh_CN"), town.clock.now()
        outbox.show(Work(session, SYSTEM, now, town.settings), "card", reply("card one"), to)
        outbox.set_commands(session, to, ["supervisor"], f"menu:{phone.id}", now)
        outbox.leave(session, to, f"leave:{phone.id}", now)


def _cards_change(town: Town) -> None:
    with town.db.write_now() as session:
        outbox.show_again(session, "card", reply("card two"), town.clock.now())


def test_thousands_of_strange_answers_hold_up_nobody(town: Town) -> None:
    started = time.monotonic()
    admin = town.join("孙工")
    strange, words = Strange(20_261_123), [f"word{number}," for number in range(EACH)]
    victims, mixed, others = _people(town, VICTIMS), _people(town, MIXED), _people(town, OTHERS)
    for phone in (*victims, *mixed):
        town.playground.faults.strange(strange, chat=phone.id, times=None)
    polls = town.playground.faults.strange(strange, method="getUpdates", times=4)
    for phone in (*mixed, *others):
        _everything(town, phone)
    for phone in (*victims, *others):
        tell(town, phone.id, *map(reminder, words))
    _cards_change(town)
    asked = [phone for phone in others if phone.send("有人吗")]
    for phone in others:
        until(lambda phone=phone: len(heard(phone, *words)) == EACH, 60)  # type: ignore[misc]
        assert heard(phone, *words) == words
        until(lambda phone=phone: heard(phone, "card two"))  # type: ignore[misc]
    until(lambda: town.count("outbox", "state = 'pending' AND kind = 'feedback.received'") == 0, 60)
    until(lambda: polls.struck == 4 and all(heard(phone, "邀请链接") for phone in asked), 60)
    until(lambda: any("sendMessage" in told for told in admin.texts))
    alarms = [told for told in admin.texts if "telegram" in told]
    assert len(alarms) == len(set(alarms)) <= 10
    seconds, rows = time.monotonic() - started, _states(town)
    print(f"{strange.made} strange answers in {seconds:.0f} s: {dict(rows)}, {len(alarms)} alarms")
    assert strange.made > VICTIMS * EACH


def _states(town: Town) -> Counter[str]:
    with town.db.read() as session:
        found = session.execute(text("SELECT state, count(*) AS count FROM outbox GROUP BY state"))
        return Counter({row.state: row.count for row in found})
