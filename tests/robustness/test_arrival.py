"""What arrives broken: it neither holds up nor loses what comes with it, and strangers get nowhere."""

import asyncio
import http.client
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.playground.people import Place
from bot.receive.receive import Receive
from bot.telegram_api import Api
from tests.e2e.town import Town
from tests.robustness.pipe import message, open_pipe
from tests.robustness.stage import stage

AT_POST = Place(24.4001, 98.5501)
SECRET = "a-secret_of-the-hook"
# No JSON, or none that reads: each in an update of its own, between sound ones.
BROKEN = {
    "open bracket": b'{"a":',
    "open quote": b'"',
    "closed too often": b"1}}]}",
    "not a value": b"nonsense",
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "huge number": b"1" * 10_000,
    "wrong bytes": b'{"text":"\xff\xfe\x00"}',
    "empty": b"",
}


def _states(town: Town) -> dict[int, str]:
    with town.db.read() as session:
        rows = session.execute(text("SELECT update_id, state FROM inbox"))
        return {row.update_id: row.state for row in rows}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_an_unreadable_update_holds_up_nobody(broken: bytes, town: Town) -> None:
    worker = town.join("岩罕")
    bad = town.playground.inject_raw("message", broken)
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    town.playground.wait_acknowledged(bad)
    town.settle()
    states = _states(town)
    assert states.pop(bad) == "failed"
    assert set(states.values()) == {"done"}
    assert town.count("checkin") == 1


def test_half_an_answer_loses_nothing(town: Town) -> None:
    worker = town.join("岩罕")
    town.bot.stop()
    now = int(town.clock.now().timestamp())
    ids = town.playground.inject(
        [{"message": message(worker.id, 100 + n, now, text=f"第{n}句")} for n in range(40)]
    )
    fault = town.playground.faults.broken_json(method="getUpdates", times=3)
    town.bot.start()
    town.playground.wait_acknowledged(*ids, timeout=20)
    town.settle()
    assert fault.struck == 3
    states = _states(town)
    assert {states[number] for number in ids} == {"done"}


def _post(port: int, body: bytes, secret: str | None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    try:
        connection.request("POST", "/telegram", body, headers)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        # Hung up on before all was said.
        return 0
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unended(port: int, secret: str) -> socket.socket:
    """A body that is announced and never comes to its end."""
    slow = socket.create_connection(("127.0.0.1", port), timeout=10)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {secret}\r\n"
    slow.sendall(f"{head}Content-Length: 500\r\n\r\n".encode() + b'{"update_id":')
    return slow


def test_strangers_at_the_webhook_get_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.receive.receive.BODY_SECONDS", 1.0)
    port = _free_port()
    hook: Any = {
        "TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM__WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "TELEGRAM__WEBHOOK_SECRET": SECRET,
    }
    with stage(tmp_path, **hook) as town:
        worker = town.join("岩罕")
        stored = town.count("inbox")
        forged = json.dumps({"update_id": 5, "message": message(worker.id, 9, 0, text="下班")}).encode()
        for wrong in (None, "", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xe9\xff"):
            assert _post(port, forged, wrong) == 403
        assert _post(port, b"x" * (3 << 20), SECRET) in (0, 413)
        assert town.count("inbox") == stored
        slow = _unended(port, SECRET)
        cut = _unended(port, SECRET)
        cut.close()
        for broken in BROKEN.values():
            assert _post(port, b'{"update_id":%d,"message":%s}' % (6, broken), SECRET) == 200
        worker.tap("上岗", location=AT_POST)
        worker.wait_for("已上岗")
        assert b" 408 " in slow.recv(100)
        slow.close()
        town.settle()
        assert town.count("inbox", "state = 'failed'") == 1
        assert town.count("inbox") == stored + 2


def test_a_body_without_end_does_not_hold_up_the_end(tmp_path: Path) -> None:
    port = _free_port()
    hook: Any = {
        "TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "TELEGRAM__WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "TELEGRAM__WEBHOOK_SECRET": SECRET,
    }
    with stage(tmp_path, **hook) as town:
        town.join("岩罕")
        slow = _unended(port, SECRET)
        # Within ten seconds, or it fails.
        town.bot.stop()
        slow.close()


class Stubborn(Api):
    """A server that answers at once, with what cannot be confirmed."""

    asked = 0

    async def call(self, method: str, timeout: float | None = None, **values: Any) -> Any:
        """Who the bot is."""
        return {"id": 1, "username": "x"}

    async def post(self, method: str, body: bytes, timeout: float | None = None) -> tuple[int, bytes]:
        """An update without an id."""
        self.asked += 1
        return 200, b'{"ok":true,"result":[{"message":{"text":"no id"}}]}'


def test_updates_without_ids_are_kept_once_and_not_asked_for_without_a_pause(tmp_path: Path) -> None:
    async def receive() -> None:
        pipe, stop = await open_pipe(tmp_path), asyncio.Event()
        server = Stubborn(pipe.settings.telegram)
        asyncio.get_running_loop().call_later(0.8, stop.set)
        await Receive(pipe.db, server, pipe.settings, pipe.clock).run(stop)
        assert pipe.count("inbox") == 1
        assert server.asked <= 3
        pipe.db.close()

    asyncio.run(receive())
