"""More replies than can be sent: they go together, are nodded to at once, and come before reminders."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliver import queue
from bot.playground.people import Message
from bot.views.base import Button, Reader
from bot.views.base import Message as Told
from bot.views.messages import KINDS, message
from bot.views.notices import Refusal
from tests.e2e.town import Town
from tests.robustness.stage import heard, reminder, reply, stage, state, tell
from tests.waiting import until

WORDS = [f"word{number}" for number in range(6)]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setattr(queue, "BEHIND", timedelta(seconds=0.5))
    with stage(tmp_path, DELIVERY__RATE="4") as town:
        yield town


def _crowd(town: Town, count: int) -> None:
    """Enough waiting replies to other chats that all are late."""
    for number in range(count):
        phone = town.stranger(f"岩{number}")
        with town.playground.world.lock:
            phone.phone.private.started = True
        tell(town, phone.id, reply("crowd"))


def _nodded(town: Town, message: Message) -> bool:
    with town.playground.world.lock:
        return bool(message.reactions.get(town.playground.bot.id))


def test_late_replies_to_a_chat_go_together_in_their_order(town: Town) -> None:
    worker = town.bind("岩罕")
    _crowd(town, 8)
    tell(town, worker.id, reminder("evening"), *map(reply, WORDS))
    until(lambda: state(town, "word5", worker.id) == "sent")
    assert heard(worker, *WORDS, "evening") == WORDS
    assert len(worker.received) <= 3
    worker.wait_for("evening")
    until(lambda: town.count("outbox", "state <> 'sent'") == 0)
    assert town.count("outbox", "message_id IS NULL") == 0


def test_one_that_telegram_refuses_takes_no_other_along(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = KINDS["refused"].view

    def view(told: Refusal, to: Reader) -> Told:
        if told.facts["words"] == "word2":
            return Told("word2", ((Button("too long", "x" * 65),),))
        return refused(told, to)

    monkeypatch.setitem(KINDS, "refused", message(Refusal, view))
    worker = town.bind("岩罕")
    _crowd(town, 8)
    tell(town, worker.id, *map(reply, WORDS))
    until(lambda: state(town, "word5", worker.id) == "sent")
    assert heard(worker, *WORDS) == [word for word in WORDS if word != "word2"]
    assert state(town, "word2", worker.id) == "failed"


def test_a_message_whose_answer_is_late_is_nodded_to_at_once(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("在吗")
    worker.wait_for()
    early = worker.mine
    _crowd(town, 16)
    until(lambda: town.count("outbox", "state = 'sent'") >= 6)
    worker.send("/my")
    late = worker.mine
    until(lambda: _nodded(town, late))
    assert len(worker.received) == 2
    worker.wait_for()
    until(lambda: town.count("outbox", "state <> 'sent'") == 0)
    assert not _nodded(town, early)
    worker.send("谢谢")
    worker.wait_for()
    assert not _nodded(town, worker.mine)
    assert town.playground.ledger.counts["setMessageReaction"] == 1
