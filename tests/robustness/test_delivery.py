"""Telegram in trouble: too many requests, lost answers, broken connections, no Telegram at all."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.deliver import deliver
from bot.playground.people import Person as Phone
from tests.e2e.town import Town
from tests.robustness.stage import heard, reminder, reply, stage, state, tell
from tests.waiting import until

RATE = 29.5


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with stage(tmp_path) as town:
        yield town


@pytest.fixture(autouse=True)
def _soon_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Telegram, look for it again after half a second, so that tests are short."""
    monkeypatch.setattr(deliver, "STOPPED_SECONDS", 0.5)


def _sent_at(town: Town, chat: int, *, taken: bool = True) -> list[float]:
    calls = town.playground.ledger.named("sendMessage")
    return [call.at for call in calls if call.chat == chat and (call.outcome == "ok") == taken]


def _people(town: Town, count: int) -> list[Phone]:
    phones = [town.stranger(f"岩{number}") for number in range(count)]
    with town.playground.world.lock:
        for phone in phones:
            phone.phone.private.started = True
    return phones


def test_a_refused_chat_waits_as_told_while_others_go_on(town: Town) -> None:
    one, other = _people(town, 2)
    town.playground.faults.too_many(3, chat=one.id)
    tell(town, one.id, reply("first"), reply("second"), reminder("third"))
    until(lambda: _sent_at(town, one.id, taken=False))
    tell(town, other.id, reply("fourth"), reminder("fifth"))
    until(lambda: len(heard(other, "fourth", "fifth")) == 2)
    assert not one.received
    # What is late goes together.
    until(lambda: heard(one, "first", "second", "third") == ["first", "second", "third"])
    (refused,) = _sent_at(town, one.id, taken=False)
    assert _sent_at(town, one.id)[0] - refused >= 3


@pytest.mark.parametrize("chats", [1, 3])
def test_many_refused_chats_or_a_long_wait_leave_one_probe_a_second(
    chats: int, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.deliver.rate_limit.ALARM_WAIT", 3.0)
    people = _people(town, 8)
    refused, others = people[:chats], people[chats:]
    for phone in refused:
        town.playground.faults.too_many(4, chat=phone.id)
        tell(town, phone.id, reply("refused"))
    until(lambda: all(_sent_at(town, phone.id, taken=False) for phone in refused))
    start = max(_sent_at(town, phone.id, taken=False)[0] for phone in refused)
    for phone in others:
        tell(town, phone.id, reply("probe"), reminder("later"))
    until(lambda: all(len(phone.received) == 2 for phone in others) and refused[0].received)
    probes = [call.at - start for call in town.playground.ledger.named("sendMessage") if call.outcome == "ok"]
    within = [at for at in probes if at < 4]
    assert 2 <= len(within) <= 5
    assert all(later - sooner > 0.5 for sooner, later in pairwise(within))
    # What is no answer waits for the end of it.
    later = [
        call.at - start
        for call in town.playground.ledger.named("sendMessage")
        if "later" in str(call.params["text"])
    ]
    assert min(later) >= 4


@pytest.mark.parametrize("trouble", ["error", "drop", "broken_json", "lost_answer"])
def test_what_may_have_arrived_is_repeated_where_its_kind_allows(trouble: str, town: Town) -> None:
    one, other = _people(town, 2)
    for phone in (one, other):
        getattr(town.playground.faults, trouble)(method="sendMessage", chat=phone.id)
    tell(town, one.id, reply("first"), reply("second"))
    tell(town, other.id, reminder("once"))
    until(lambda: state(town, "second", one.id) == "sent")
    until(lambda: state(town, "once", other.id) == "unknown")
    arrived = trouble in ("broken_json", "lost_answer")
    assert heard(one, "first", "second") == ["first"] * arrived + ["first", "second"]
    assert heard(other, "once") == ["once"] * arrived
    tell(town, other.id, reminder("next"))
    other.wait_for("next")


def test_an_outage_gives_nothing_up_however_long(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.deliver.send_errors.min", lambda *_: 0.05, raising=False)
    monkeypatch.setattr("bot.deliver.sender.WORKS_SECONDS", 0.2)
    phones = _people(town, 4)
    fault = town.playground.faults.error(502, method="sendMessage", times=None)
    for phone in phones:
        tell(town, phone.id, reply("first"), reply("second"))
    until(lambda: fault.struck > 60)
    town.playground.faults.clear()
    for phone in phones:
        until(lambda phone=phone: heard(phone, "first", "second") == ["first", "second"])  # type: ignore[misc]


def test_random_trouble_loses_no_reply_and_keeps_their_order(town: Town) -> None:
    phones = _people(town, 6)
    words = [f"word{number}" for number in range(6)]
    for kind in ("error", "drop", "broken_json"):
        getattr(town.playground.faults, kind)(method="sendMessage", probability=0.12, times=None)
    for phone in phones:
        tell(town, phone.id, *map(reply, words))
    until(lambda: town.count("outbox", "state <> 'sent'") < 4, 20)
    town.playground.faults.clear()
    until(lambda: town.count("outbox", "state <> 'sent'") == 0, 20)
    for phone in phones:
        # Late ones go together, so a repeat may repeat several; each is first heard in its turn.
        assert list(dict.fromkeys(heard(phone, *words))) == words


def test_without_telegram_at_the_start_and_later_nothing_is_lost(tmp_path: Path) -> None:
    with stage(tmp_path, running=False) as town:
        (phone,) = _people(town, 1)
        tell(town, phone.id, reply("first"), reminder("second"))
        town.playground.stop()
        town.bot.start()
        time.sleep(1)
        tell(town, phone.id, reply("third"))
        town.playground.start()
        until(lambda: len(phone.received) == 3)
        town.playground.stop()
        tell(town, phone.id, reply("fourth"), reminder("fifth"))
        time.sleep(1)
        town.playground.start()
        until(lambda: len(phone.received) == 5)
        phone.send("还在吗")
        phone.wait_for()
        words = ["first", "third", "second", "fourth", "fifth"]
        assert heard(phone, *words) == words


def test_a_refused_token_settles_nothing_and_is_told(town: Town) -> None:
    (phone,) = _people(town, 1)
    fault = town.playground.faults.error(401, method="sendMessage", times=None)
    with capture_logs() as logged:
        tell(town, phone.id, reply("first"), reminder("second"))
        until(lambda: fault.struck >= 2)
    assert any(line["log_level"] == "error" and "401" in line.get("error", "") for line in logged)
    assert town.count("outbox", "state in ('pending', 'sending')") == 2
    town.playground.faults.clear()
    until(lambda: heard(phone, "first", "second") == ["first", "second"])


def test_reminders_go_evenly_and_replies_at_once(tmp_path: Path) -> None:
    with stage(tmp_path, limits=True, DELIVERY__RATE=str(RATE)) as town:
        phones = _people(town, 300)
        asker = town.stranger("问路人")
        for phone in phones:
            tell(town, phone.id, reminder("evening"))
        passed = []
        while not heard(phones[-1], "evening"):
            before = len(town.playground.ledger.named("sendMessage"))
            asker.send("有人吗")
            asker.wait_for()
            passed.append(len(town.playground.ledger.named("sendMessage")) - before)
        until(lambda: town.count("outbox", "state <> 'sent'") == 0)
        assert town.playground.bot.limits.refused == 0
        assert len(passed) >= 3
        # An answer overtakes what waits, however slow the machine is.
        assert max(passed) < len(phones) / 3, passed
