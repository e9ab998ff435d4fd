"""The webhook against everybody who finds it: stored is what Telegram sent, and nothing else."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.base.clock import Clock
from bot.receive import receive
from bot.receive.receive import Receive
from bot.settings import load
from bot.storage.database import Database
from tests.layouts import with_tables

SECRET = "hook-Secret_0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST = 64 * 1024


class Silence:
    """Stands for Telegram: knows the bot, takes the address."""

    async def call(self, method: str, timeout: float | None = None, **values: Any) -> dict[str, Any]:
        """Everything is fine."""
        return {"id": 7, "username": "duty_bot"}


@dataclass
class Hook:
    """A webhook that listens, and what it has stored."""

    db: Database
    port: int
    client: aiohttp.ClientSession

    @property
    def url(self) -> str:
        """Where Telegram posts."""
        return f"http://127.0.0.1:{self.port}{receive.WEBHOOK_PATH}"

    async def post(self, body: Any, secret: str | None = SECRET) -> int:
        """The status of the answer to a post."""
        headers = {} if secret is None else {HEADER: secret}
        async with self.client.post(self.url, data=body, headers=headers) as answer:
            assert SECRET not in await answer.text()
            assert SECRET not in str(answer.headers)
            return answer.status

    async def raw(self, head: str, body: bytes = b"", secret: str = SECRET, seconds: float = 10) -> bytes:
        """What comes back for bytes as they are."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"{head}\r\nHost: x\r\n{HEADER}: {secret}\r\n\r\n".encode("latin-1") + body)
        try:
            return await asyncio.wait_for(reader.read(2000), seconds)
        except ConnectionResetError:
            return b""
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    def stored(self) -> list[int]:
        """The numbers of what is in the inbox."""
        with self.db.read() as session:
            return list(session.execute(text("SELECT update_id FROM inbox ORDER BY seq")).scalars())


@asynccontextmanager
async def _hook(folder: Path) -> AsyncIterator[Hook]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        "GRIDDUTY_TELEGRAM__TOKEN": "7:" + "x" * 35,
        "GRIDDUTY_TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "GRIDDUTY_TELEGRAM__WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "GRIDDUTY_TELEGRAM__WEBHOOK_SECRET": SECRET,
        "GRIDDUTY_TELEGRAM__WEBHOOK_MAX_BODY": str(MOST),
        "GRIDDUTY_DATABASE__URL": f"sqlite:///{folder / 'hook.sqlite3'}",
        "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
    }
    settings, stop = load(None, environment), asyncio.Event()
    db = with_tables(folder / "hook.sqlite3")
    part = Receive(db, Silence(), settings, Clock())  # type: ignore[arg-type]
    serving = asyncio.create_task(part.run(stop))
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as client:
        hook = Hook(db, port, client)
        await _until_it_listens(hook)
        yield hook
        # Whatever was done to it, Telegram's next update is taken.
        assert await hook.post(_update(999_999)) == 200
        assert hook.stored()[-1] == 999_999
    stop.set()
    await asyncio.wait_for(serving, 10)
    db.close()


async def _until_it_listens(hook: Hook) -> None:
    for _ in range(3000):
        try:
            await hook.post(b"", secret=None)
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(0.02)
        else:
            return
    raise AssertionError("the webhook does not listen")


def _update(number: int) -> bytes:
    return json.dumps({"update_id": number, "message": {"chat": {"id": number}, "text": "上岗"}}).encode()


def _with_hook(folder: Path, play: Callable[[Hook], Awaitable[None]]) -> None:
    async def run() -> None:
        async with _hook(folder) as hook:
            await play(hook)

    asyncio.run(run())


def test_only_the_right_secret_opens(tmp_path: Path) -> None:
    async def play(hook: Hook) -> None:
        wrong = [
            "",
            "wrong",
            SECRET + "x",
            SECRET[:-1],
            SECRET.upper(),
            " ",
            "ключ",
            SECRET.replace("0", "０"),
        ]
        for secret in [None, *wrong]:
            assert await hook.post(_update(1), secret) == 403, secret
        assert b" 403 " in await hook.raw(_head(5), b"hello", "\xff\xfe")
        assert not hook.stored()

    _with_hook(tmp_path, play)


def test_a_body_too_large_is_refused_and_not_kept(tmp_path: Path) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(2 * MOST // 1024):
            yield b"x" * 1024

    async def status_of(hook: Hook, body: Any, secret: str = SECRET) -> int:
        try:
            return await hook.post(body, secret)
        except aiohttp.ClientError:
            # Hung up on while still talking.
            return 0

    async def play(hook: Hook) -> None:
        for body in (b"x" * (MOST + 1), b"x" * 8 * MOST, chunks()):
            assert await status_of(hook, body) in (413, 0)
        assert await status_of(hook, b"x" * 8 * MOST, "wrong") in (403, 0)
        assert not hook.stored()
        filler = b" " * (MOST - len(_update(5)))
        assert await hook.post(_update(5) + filler) == 200
        assert hook.stored() == [5]

    _with_hook(tmp_path, play)


def test_what_cannot_be_read_is_kept_and_acknowledged(tmp_path: Path) -> None:
    bodies = [
        b"", b"{", b"null", b"[]", b'{"a":NaN}', b"\xff\xfe\x00", b"[" * 60_000,
        b'{"update_id":' * 4000 + b"1" + b"}" * 4000,
        b'{"update_id":"x"}', b'{"update_id":1e999}', b'{"update_id":-1}', b"1" * 60_000,
        b'{"a":"\\ud800\\u0000"}',
        b'{"update_id":true,"message":{"chat":{"id":' + b"9" * 400 + b"}}}",
    ]  # fmt: skip

    async def play(hook: Hook) -> None:
        for body in bodies:
            assert await hook.post(body) == 200, body[:40]
        kept = hook.stored()
        assert len(kept) == len(set(kept)) == len(bodies)
        # Sent again, as Telegram does: known by its own bytes.
        for body in bodies:
            assert await hook.post(body) == 200
        assert hook.stored() == kept

    _with_hook(tmp_path, play)


def test_who_dawdles_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(hook: Hook) -> None:
        idle = [await asyncio.open_connection("127.0.0.1", hook.port) for _ in range(50)]
        slow = [asyncio.create_task(hook.raw(_head(100), b'{"upd', seconds=30)) for _ in range(20)]
        assert await hook.post(_update(1)) == 200
        assert not any(each.done() for each in slow)
        for each in slow:
            each.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        for _, writer in idle:
            writer.close()
            await writer.wait_closed()
        monkeypatch.setattr(receive, "BODY_SECONDS", 0.2)
        late = await asyncio.gather(*(hook.raw(_head(100), b'{"upd', seconds=30) for _ in range(20)))
        assert all(b" 408 " in answer for answer in late)
        assert hook.stored() == [1]

    _with_hook(tmp_path, play)


def test_who_hangs_up_leaves_nothing(tmp_path: Path) -> None:
    async def play(hook: Hook) -> None:
        for body in (b"", b'{"update_id":1', _update(1)[:-1]):
            _, writer = await asyncio.open_connection("127.0.0.1", hook.port)
            writer.write(f"{_head(len(_update(1)))}\r\nHost: x\r\n{HEADER}: {SECRET}\r\n\r\n".encode() + body)
            await writer.drain()
            writer.transport.abort()
        await asyncio.sleep(0.1)
        assert not hook.stored()

    _with_hook(tmp_path, play)


def test_other_ways_in_are_closed(tmp_path: Path) -> None:
    async def play(hook: Hook) -> None:
        headers = {HEADER: SECRET}
        for method in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
            async with hook.client.request(method, hook.url, data=_update(1), headers=headers) as answer:
                assert answer.status in (405, 400), method
        for path in (
            "/",
            "/telegram/x",
            "/TELEGRAM",
            "//telegram",
            "/telegram%00",
            "/docs",
        ):
            url = f"http://127.0.0.1:{hook.port}"
            async with hook.client.post(url + path, data=_update(1), headers=headers) as answer:
                assert answer.status == 404, path
        garbage = ["\x16\x03\x01", "POST", "POST /telegram HTTP/9.9", "POST " + "x" * 70_000 + " HTTP/1.1"]
        for head in garbage:
            assert b" 200 " not in await hook.raw(head)
        assert b" 400 " in await hook.raw(_head(-5))
        assert not hook.stored()

    _with_hook(tmp_path, play)


def test_two_hundred_at_once_are_all_stored(tmp_path: Path) -> None:
    async def play(hook: Hook) -> None:
        # Each twice, and among them as many that are refused.
        right = [hook.post(_update(number)) for number in [*range(1, 101), *range(1, 101)]]
        wrong = [hook.post(_update(5000), "wrong") for _ in range(100)]
        answers = await asyncio.gather(*right, *wrong)
        assert answers == [200] * 200 + [403] * 100
        assert sorted(hook.stored()) == list(range(1, 101))

    _with_hook(tmp_path, play)


def _head(length: int) -> str:
    return f"POST {receive.WEBHOOK_PATH} HTTP/1.1\r\nContent-Length: {length}"
