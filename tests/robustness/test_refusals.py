"""Messages that Telegram does not take: each is settled for what it is, and everybody else goes on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.access import SYSTEM, Work
from bot.deliver import calls
from bot.deliver.calls import Call
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from bot.views import messages
from bot.views.base import Message, Reader
from bot.views.messages import KINDS
from bot.views.notices import Refusal
from models import Reach
from tests.e2e.town import Town
from tests.robustness.stage import heard, reminder, reply, stage, state, tell
from tests.waiting import until


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with stage(tmp_path) as town:
        yield town


def _reach(town: Town, name: str) -> str:
    with town.db.read() as session:
        query = text("SELECT reach FROM account WHERE person_id = :person")
        return str(session.execute(query, {"person": town.id(name)}).scalar_one())


def _error(town: Town, words: str, chat: int) -> str:
    with town.db.read() as session:
        query = text("SELECT error FROM outbox WHERE key = :key")
        return str(session.execute(query, {"key": f"{words}:{chat}"}).scalar_one())


def _show(town: Town, chat: int, words: str) -> None:
    """Let the chat's living message say this."""
    with town.db.write_now() as session:
        to = Recipient(town.settings.bot_id, chat, "zh_CN")
        outbox.show(Work(session, SYSTEM, town.clock.now(), town.settings), "correction:1", reply(words), to)


def _shown(town: Town) -> None:
    until(lambda: town.count("card", "wanted > shown") == 0)


def test_who_has_blocked_the_bot_is_known_until_they_write_again(town: Town) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    with town.playground.world.lock:
        # As if the news of it had been lost.
        worker.phone.private.blocked = True
    tell(town, worker.id, reply("first"), reminder("second"))
    tell(town, other.id, reply("first"))
    other.wait_for("first")
    until(lambda: state(town, "second", worker.id) == "failed")
    assert state(town, "first", worker.id) == "failed"
    assert "blocked" in _error(town, "first", worker.id)
    assert (_reach(town, "岩罕"), _reach(town, "玉香")) == (Reach.BLOCKED, Reach.OK)
    with town.db.read() as session:
        assert outbox.recipients_of(session, [town.id("岩罕")]) == []
    with town.playground.world.lock:
        worker.phone.private.blocked = False
    worker.start()
    worker.wait_for()
    town.settle()
    assert _reach(town, "岩罕") == Reach.OK
    tell(town, worker.id, reply("third"))
    worker.wait_for("third")


def test_news_of_a_block_and_its_end_is_kept(town: Town) -> None:
    worker = town.join("岩罕")
    worker.block()
    until(lambda: _reach(town, "岩罕") == Reach.BLOCKED)
    worker.unblock()
    until(lambda: _reach(town, "岩罕") == Reach.OK)


def test_a_deleted_account_is_known(town: Town) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    town.playground.deactivate(worker)
    tell(town, worker.id, reply("first"))
    tell(town, other.id, reply("first"))
    other.wait_for("first")
    until(lambda: state(town, "first", worker.id) == "failed")
    until(lambda: _reach(town, "岩罕") == Reach.DEACTIVATED)


def test_a_text_that_does_not_parse_goes_as_plain_text(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(told: Refusal, to: Reader) -> Message:
        return Message("<b>3 &lt; 5</i>")

    worker = town.join("岩罕")
    monkeypatch.setitem(KINDS, "refused", messages.message(Refusal, broken))
    with capture_logs() as logged:
        tell(town, worker.id, reply("first"))
        message = worker.wait_for("3 < 5")
        until(lambda: state(town, "first", worker.id) == "sent")
    assert message.text == "3 < 5"
    assert [line["event"] for line in logged if line["log_level"] == "error"] == ["a text does not parse"]


def test_a_view_that_raises_fails_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(told: Refusal, to: Reader) -> Message:
        raise KeyError("missing")

    worker = town.join("岩罕")
    monkeypatch.setitem(KINDS, "refused", messages.message(Refusal, broken))
    tell(town, worker.id, reply("first"), reminder("second"))
    worker.wait_for("second")
    assert state(town, "first", worker.id) == "failed"
    assert "missing" in _error(town, "first", worker.id)


def _breaks(*_: object, **__: object) -> Message:
    raise ValueError("of our own")


def _send_to(monkeypatch: pytest.MonkeyPatch, chat: int, made: Callable[..., object]) -> None:
    """Let the calls to this chat be made so."""
    right = calls.send
    monkeypatch.setattr(calls, "send", lambda to, *rest: (made if to == chat else right)(to, *rest))


@pytest.mark.parametrize("broken", ["view", "loader", "call", "upload"])
def test_a_fault_of_our_own_is_set_aside_and_the_admins_are_told(
    broken: str, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, other, admin = town.join("岩罕"), town.join("玉香"), town.join("孙工")
    if broken == "view":
        monkeypatch.setitem(KINDS, "feedback.received", replace(KINDS["feedback.received"], view=_breaks))
    elif broken == "loader":
        monkeypatch.setitem(KINDS, "feedback.received", replace(KINDS["feedback.received"], load=_breaks))
    elif broken == "call":
        _send_to(monkeypatch, worker.id, _breaks)
    else:
        # Half a character: it can be written neither into the call nor over it.
        half = Call("sendDocument", {"chat_id": worker.id, "caption": "\ud83d"}, {"file": ("a", b"a", "a/b")})
        _send_to(monkeypatch, worker.id, lambda *_: half)
    # Of a kind that is never repeated: it is not taken for one that broke off on its way.
    tell(town, worker.id, reminder("once"))
    tell(town, other.id, reply("still"))
    until(lambda: state(town, "once", worker.id) == "failed")
    assert "Traceback" in _error(town, "once", worker.id)
    assert "deliver" in admin.wait_for("已经放到一边").text
    other.wait_for("still")


def test_a_living_message_that_is_gone_is_sent_anew(town: Town) -> None:
    worker = town.join("岩罕")
    _show(town, worker.id, "first")
    shown = worker.wait_for("first")
    _show(town, worker.id, "second")
    assert worker.wait_for("second") is shown
    _shown(town)
    worker.delete(shown)
    _show(town, worker.id, "third")
    anew = worker.wait_for("third")
    assert anew is not shown
    _shown(town)
    _show(town, worker.id, "fourth")
    assert worker.wait_for("fourth") is anew
    assert heard(worker, "first", "second", "third", "fourth") == ["fourth"]


def test_what_already_shows_that_is_done(town: Town) -> None:
    worker = town.join("岩罕")
    _show(town, worker.id, "first")
    worker.wait_for("first")
    _shown(town)
    calls = town.playground.ledger.counts["editMessageText"]
    _show(town, worker.id, "first")
    _shown(town)
    assert town.playground.ledger.counts["editMessageText"] == calls
    with town.db.write_now() as session:
        # As after a crash between the edit and its being written down.
        session.execute(text("UPDATE card SET content_hash = NULL, wanted = wanted + 1"))
    _shown(town)
    assert town.playground.ledger.counts["editMessageText"] == calls + 1
    assert [message.edits for message in worker.received if "first" in message.text] == [0]


def test_a_group_that_grew_is_written_to_under_its_new_number(town: Town) -> None:
    worker = town.join("岩罕")
    group = town.playground.group("芒里村", worker)
    group.add_bot(worker.user)
    old = group.id
    tell(town, old, reply("first"))
    _show(town, old, "card one")
    until(lambda: len([m for m in group.messages if m.from_bot]) == 2)
    _shown(town)
    group.migrate(worker.user)
    tell(town, old, reply("second"), reply("third"))
    _show(town, old, "card two")
    until(lambda: any("card two" in message.text for message in group.messages))
    town.settle()
    told = [word for m in group.messages for word in ("second", "third", "card two") if word in m.text]
    assert sorted(set(told)) == ["card two", "second", "third"]
    assert told.index("second") < told.index("third")
    assert town.count("outbox", f"chat_id = {old} AND state <> 'sent'") == 0


def test_a_bot_thrown_out_of_a_group_fails_there_alone(town: Town) -> None:
    worker = town.join("岩罕")
    group = town.playground.group("芒里村", worker)
    group.add_bot(worker.user)
    group.kick_bot(worker.user)
    tell(town, group.id, reply("first"))
    tell(town, worker.id, reply("first"))
    worker.wait_for("first")
    until(lambda: state(town, "first", group.id) == "failed")
    assert _reach(town, "岩罕") == Reach.OK
