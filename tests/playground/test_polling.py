"""getUpdates confirms, waits and yields as Telegram's does."""

import threading
import time
from typing import Any

from bot.playground.runner import Playground
from tests.playground.conftest import Client


def ids(client: Client, **params: Any) -> list[int]:
    return [update["update_id"] for update in client.ok("getUpdates", **params)]


def test_offset_confirms(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    first, second, third = worker.start(), worker.send("a"), worker.send("b")
    assert ids(client) == [first, second, third]
    assert playground.acknowledged == set()
    assert ids(client, offset=second) == [second, third]
    assert playground.acknowledged == {first}
    assert ids(client, offset=second, limit=1) == [second]
    assert ids(client, offset=third + 1) == []
    assert playground.acknowledged == {first, second, third}


def test_negative_offset_keeps_the_newest(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    told = [worker.send(str(n)) for n in range(5)]
    assert ids(client, offset=-2) == told[-2:]
    assert ids(client) == told[-2:]


def test_ids_that_start_again_lower_are_delivered(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    old = worker.start()
    assert ids(client, offset=old + 1) == []
    playground.bot.updates.restart_ids(5)
    assert worker.send("a") == 5
    assert ids(client, offset=old + 1) == [5]
    assert ids(client, offset=6) == []
    assert 5 in playground.acknowledged


def test_redelivered_although_confirmed(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    first, second = worker.start(), worker.send("a")
    assert ids(client, offset=second + 1) == []
    playground.redeliver(second, first, first)
    assert ids(client, offset=second + 1) == [second, first, first]
    assert ids(client, offset=second + 1) == []


def test_a_long_poll_wakes_on_news(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    timer = threading.Timer(0.1, worker.start)
    timer.start()
    begun = time.monotonic()
    assert len(ids(client, timeout=50)) == 1
    assert time.monotonic() - begun < 40
    timer.join()


def test_a_second_poll_ends_the_first(playground: Playground, client: Client) -> None:
    answers: list[dict[str, Any]] = []
    other = Client(playground)
    poll = threading.Thread(target=lambda: answers.append(other.call("getUpdates", timeout=10)))
    poll.start()
    while not playground.bot.updates.listeners:
        time.sleep(0.01)
    assert client.ok("getUpdates") == []
    poll.join(20)
    other.connection.close()
    assert answers[0]["error_code"] == 409
    assert answers[0]["description"].startswith("Conflict: terminated by other getUpdates request; make sure")


def test_allowed_updates_are_remembered(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    client.ok("getUpdates", allowed_updates=["callback_query", "message_reaction"])
    assert worker.start() == 0
    reacted = worker.react(worker.mine, "👍")
    assert ids(client) == [reacted]
    client.ok("getUpdates", allowed_updates=[])
    assert worker.react(worker.mine, None) == 0
    assert worker.send("a") == reacted + 1


def test_open_polls_do_not_hold_up_the_end() -> None:
    with Playground() as playground:
        client = Client(playground)
        poll = threading.Thread(target=lambda: client.call("getUpdates", timeout=30))
        poll.start()
        while not playground.bot.updates.listeners:
            time.sleep(0.01)
        begun = time.monotonic()
    poll.join(20)
    client.connection.close()
    # Of thirty that it would have waited.
    assert time.monotonic() - begun < 20
