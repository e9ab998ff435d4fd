"""Connections to the webhook that send nothing, or slowly: closed after a while, and never too many."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from bot.receive import connections as guard
from tests.robustness.test_hostile_webhook import HEADER, SECRET, Hook, _update, _with_hook

MANY = 300
HEAD = "POST /telegram HTTP/1.1\r\nHost: x\r\n"
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _open(hook: Hook, words: str = "") -> Connection:
    reader, writer = await asyncio.open_connection("127.0.0.1", hook.port)
    writer.write(words.encode())
    return reader, writer


async def _closed(connection: Connection, seconds: float) -> bytes:
    """What came until the other side closed; TimeoutError where it did not."""
    reader, writer = connection
    try:
        return await asyncio.wait_for(reader.read(), seconds)
    except ConnectionError:
        return b""
    finally:
        await _close(writer)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


async def _trickle(connection: Connection, piece: bytes) -> None:
    """Some bytes now and then, for ever."""
    with contextlib.suppress(OSError):
        while not connection[1].is_closing():
            connection[1].write(piece)
            await connection[1].drain()
            await asyncio.sleep(0.05)


def test_who_says_nothing_makes_room_for_who_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_CONNECTIONS", 100)

    async def play(hook: Hook) -> None:
        idle = [await _open(hook) for _ in range(MANY)]
        for number in range(1, 31):
            assert await hook.post(_update(number)) == 200
        gone = await asyncio.gather(*(_closed(each, 5) for each in idle[: MANY - 100]))
        assert set(gone) == {b""}
        assert hook.stored() == list(range(1, 31))
        await asyncio.gather(*(_close(writer) for _, writer in idle))

    _with_hook(tmp_path, play)


@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        ("", b""), ("POST /tel", b""), (HEAD, b""), (HEAD, b"x: y\r\n"), ("", b"\r\n"),
        (f"{HEAD}{HEADER}: {SECRET}\r\nContent-Length: 60000\r\n\r\n", b""),
        (f"{HEAD}{HEADER}: {SECRET}\r\nContent-Length: 60000\r\n\r\n", b"{"),
        (f"{HEAD}{HEADER}: {SECRET}\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n{\r\n"),
        (f"{HEAD}Content-Length: 60000\r\n\r\n", b"{"), (f"{HEAD}Content-Length: 60000\r\n\r\n", b""),
        ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", b""),
    ],
)  # fmt: skip
def test_slow_connections_are_closed(
    begun: str, piece: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "REQUEST_SECONDS", 0.5)

    async def play(hook: Hook) -> None:
        slow = [await _open(hook, begun) for _ in range(20)]
        trickling = [asyncio.create_task(_trickle(each, piece)) for each in slow if piece]
        answers = await asyncio.gather(*(_closed(each, 10) for each in slow))
        assert not any(b" 200 " in answer for answer in answers)
        await asyncio.gather(*trickling)
        assert await hook.post(_update(1)) == 200
        assert hook.stored() == [1]

    _with_hook(tmp_path, play)


def test_a_head_without_end_is_cut_off(tmp_path: Path) -> None:
    async def play(hook: Hook) -> None:
        slow = await _open(hook, HEAD)
        slow[1].write(b"x: " + b"y" * 1000 + b"\r\n")
        await _trickle(slow, b"x: " + b"y" * 8000 + b"\r\n")
        await _closed(slow, 5)

    _with_hook(tmp_path, play)


def test_one_connection_serves_many_requests_however_long_they_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "REQUEST_SECONDS", 3)

    async def play(hook: Hook) -> None:
        reader, writer = await _open(hook)
        for number in range(1, 6):
            body = _update(number)
            head = f"{HEAD}{HEADER}: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
            # The whole takes longer than one request may.
            writer.write(head.encode() + body[:10])
            await asyncio.sleep(0.7)
            writer.write(body[10:])
            assert b" 200 " in await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
        await _close(writer)
        assert hook.stored() == [1, 2, 3, 4, 5]

    _with_hook(tmp_path, play)
