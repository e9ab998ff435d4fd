"""Rate limits as token buckets, on a clock the test moves."""

from contextlib import suppress

import pytest

from bot.playground.limits import Limits
from bot.playground.replies import ApiError
from bot.playground.runner import Playground
from tests.playground.conftest import Client


class Hands:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(limits: Limits, chat: int, tries: int) -> int:
    """How many of `tries` messages go through at once."""
    before = limits.refused
    for _ in range(tries):
        with suppress(ApiError):
            limits.take(chat)
    return tries - (limits.refused - before)


def test_a_private_chat_takes_three_then_one_a_second() -> None:
    clock = Hands()
    limits = Limits(monotonic=clock)
    assert taken(limits, 5, 9) == 3
    clock.now += 1
    assert taken(limits, 5, 9) == 1
    clock.now += 60
    assert taken(limits, 5, 9) == 3


def test_a_group_takes_twenty_then_one_in_three_seconds() -> None:
    clock = Hands()
    limits = Limits(monotonic=clock)
    assert taken(limits, -5, 30) == 20
    with pytest.raises(ApiError) as refusal:
        limits.take(-5)
    assert refusal.value.parameters == {"retry_after": 3}
    assert refusal.value.description == "Too Many Requests: retry after 3"
    clock.now += 3
    assert taken(limits, -5, 9) == 1


def test_the_bot_takes_thirty_then_thirty_a_second() -> None:
    clock = Hands()
    limits = Limits(monotonic=clock)
    assert sum(taken(limits, chat, 1) for chat in range(1, 100)) == 30
    clock.now += 0.5
    assert sum(taken(limits, chat, 1) for chat in range(200, 300)) == 15


def test_even_pacing_is_never_refused() -> None:
    clock = Hands()
    limits = Limits(monotonic=clock)
    for chat in range(1, 1000):
        limits.take(chat)
        clock.now += 1 / 29.5
    assert limits.refused == 0


def test_edits_count_and_toasts_do_not() -> None:
    clock = Hands()
    with Playground(monotonic=clock) as playground:
        client = Client(playground)
        worker = playground.person("岩罕")
        worker.start()
        which = {"chat_id": worker.id, "message_id": 2}
        buttons = {"inline_keyboard": [[{"text": "好", "callback_data": "b"}]]}
        client.ok("sendMessage", chat_id=worker.id, text="1", reply_markup=buttons)
        client.ok("editMessageText", **which, text="2", reply_markup=buttons)
        client.ok("editMessageText", **which, text="3", reply_markup=buttons)
        refused = client.call("editMessageText", **which, text="4")
        assert refused["error_code"] == 429
        assert refused["parameters"] == {"retry_after": 1}
        worker.tap("好")
        query = client.ok("getUpdates")[-1]["callback_query"]
        client.ok("answerCallbackQuery", callback_query_id=query["id"])
        client.connection.close()
