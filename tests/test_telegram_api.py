"""What a call tells: done, declined, not sent, or nobody knows; and never the address."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import TelegramSettings
from bot.telegram_api import Api, Declined, NotSent, Unsure

TOKEN = "7654321:AAE-5q_Rs7tUvWxYz0123456789abcdefgh"
Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


def _says(status: int, body: str) -> Talk:
    async def talk(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(body.encode())}\r\n\r\n"
        writer.write(head.encode() + body.encode())

    return talk


async def _abort(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _silence(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.3)


async def _half(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")


async def _called(talk: Talk | None, timeout: float = 5) -> Any:
    """The result of a call to a server that talks like this; None: there is no server."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if talk:
            await talk(writer)
        writer.close()
        over.set()

    over = asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
    if talk is None:
        server.close()
    api = Api(TelegramSettings(token=SecretStr(TOKEN), base_url=address), timeout)
    try:
        return await api.call("getMe")
    finally:
        await api.close()
        server.close()
        if talk:
            await over.wait()


def _error(talk: Talk | None, timeout: float = 5) -> Exception:
    with pytest.raises((NotSent, Unsure, Declined)) as caught:
        asyncio.run(_called(talk, timeout))
    error = caught.value
    assert TOKEN not in f"{error} {error!r}"
    # What it came from holds the address, so it is not shown.
    assert error.__suppress_context__ or error.__context__ is None
    return error


def test_a_result_is_given_as_it_is() -> None:
    assert asyncio.run(_called(_says(200, '{"ok":true,"result":{"id":1}}'))) == {"id": 1}


def test_no_connection_is_not_sent() -> None:
    error = _error(None)
    assert isinstance(error, NotSent)
    assert "is the server running" in str(error)


def test_a_name_that_is_not_found_is_told_with_what_to_look_at() -> None:
    async def call() -> None:
        api = Api(TelegramSettings(token=SecretStr(TOKEN), base_url="http://nowhere.invalid/bot"), 5)
        try:
            await api.call("getMe")
        finally:
            await api.close()

    with pytest.raises(NotSent, match="is this machine online, and does its DNS work") as caught:
        asyncio.run(call())
    assert "nowhere.invalid" not in str(caught.value)


@pytest.mark.parametrize(
    "talk",
    [
        _abort, _half, _says(500, "<html>"), _says(502, '{"ok":false}'), _says(200, ""), _says(200, "null"),
        _says(200, "[1]"), _says(200, '{"ok":'), _says(404, "<html>not Telegram</html>"),
    ],
)  # fmt: skip
def test_a_broken_answer_leaves_it_open(talk: Talk) -> None:
    assert isinstance(_error(talk), Unsure)


def test_no_answer_leaves_it_open() -> None:
    assert isinstance(_error(_silence, timeout=0.1), Unsure)


def test_telegrams_refusal_is_told_with_its_hints() -> None:
    error = _error(
        _says(429, '{"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":7}}')
    )
    assert error == Declined(429, "Too Many", 7.0, None)
    error = _error(_says(400, '{"ok":false,"description":"grown","parameters":{"migrate_to_chat_id":-1005}}'))
    assert error == Declined(400, "grown", 0.0, -1005)


def test_too_large_is_told_even_by_what_stands_before_telegram() -> None:
    error = _error(_says(413, "<html>413 Request Entity Too Large</html>"))
    assert error == Declined(413, "Request Entity Too Large")


@pytest.mark.parametrize("parameters", ["null", "[]", '"soon"', "5"])
def test_odd_hints_are_no_hints(parameters: str) -> None:
    error = _error(_says(403, f'{{"ok":false,"description":"no","parameters":{parameters}}}'))
    assert error == Declined(403, "no", 0.0, None)
