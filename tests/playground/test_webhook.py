"""Updates posted to a webhook: secret, order, retries."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
import pytest

from bot.playground.runner import Playground
from tests.playground.conftest import Client
from tests.waiting import PATIENCE


class Receiver:
    """A tiny webhook: notes what comes, answers with the next of `answers` (200 when used up)."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: set[str | None] = set()
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.secrets.add(self.headers.get("X-Telegram-Bot-Api-Secret-Token"))
                status = outer.answers.pop(0) if outer.answers else 200
                outer.updates.append({**orjson.loads(body), "status": status})
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def wait(self, count: int) -> list[int]:
        """Ids of what was posted, once there are `count`."""
        deadline = time.monotonic() + PATIENCE
        while len(self.updates) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return [update["update_id"] for update in self.updates]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.close()


@pytest.fixture
def playground() -> Iterator[Playground]:
    with Playground(limits=False, webhook_retry=0.05) as running:
        yield running


def acknowledged(playground: Playground, wanted: set[int]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while playground.acknowledged != wanted and time.monotonic() < deadline:
        time.sleep(0.01)
    return playground.acknowledged == wanted


def test_posts_in_order_with_the_secret(playground: Playground, client: Client, receiver: Receiver) -> None:
    worker = playground.person("岩罕")
    told = [worker.start()]
    client.ok("setWebhook", url=receiver.url, secret_token="s3cret_-", max_connections=3)
    told += [worker.send(str(n)) for n in range(20)]
    assert receiver.wait(21) == told
    assert receiver.secrets == {"s3cret_-"}
    assert acknowledged(playground, set(told))
    info = client.ok("getWebhookInfo")
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (receiver.url, 0, 3)


def test_tries_again_until_2xx(playground: Playground, client: Client, receiver: Receiver) -> None:
    receiver.answers = [500, 403, 204]
    client.ok("setWebhook", url=receiver.url)
    worker = playground.person("岩罕")
    first, second = worker.start(), worker.send("a")
    assert receiver.wait(4) == [first, first, first, second]
    assert acknowledged(playground, {first, second})
    assert client.ok("getWebhookInfo")["last_error_message"] == "Wrong response from the webhook: 403"


def test_waits_while_nobody_listens(playground: Playground, client: Client, receiver: Receiver) -> None:
    client.ok("setWebhook", url="http://127.0.0.1:9/nobody")
    worker = playground.person("岩罕")
    first = worker.start()
    time.sleep(0.1)
    assert client.ok("getWebhookInfo")["pending_update_count"] == 1
    client.ok("setWebhook", url=receiver.url)
    assert receiver.wait(1) == [first]


def test_polling_and_webhook_exclude_each_other(client: Client, receiver: Receiver) -> None:
    client.ok("setWebhook", url=receiver.url)
    answer = client.call("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    client.ok("deleteWebhook")
    assert client.ok("getUpdates") == []


def test_what_setwebhook_refuses(client: Client) -> None:
    assert "HTTPS" in client.refused("setWebhook", url="http://example.org/hook")
    assert "unallowed characters" in client.refused(
        "setWebhook", url="https://example.org", secret_token="a b"
    )


def test_dropping_what_waits(playground: Playground, client: Client) -> None:
    playground.person("岩罕").start()
    client.ok("deleteWebhook", drop_pending_updates=True)
    assert client.ok("getUpdates") == []
