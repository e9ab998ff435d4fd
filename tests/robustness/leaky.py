"""Runs the bot against servers that fail in every way, while everything that can print does.

    python -m tests.robustness.leaky FOLDER TOKEN SECRET console|json

Its output and its databases are what `test_secrets` searches.
"""

import asyncio
import logging
import re
import socket
import struct
import sys
import threading
import warnings
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TextIO, cast
from urllib.parse import quote

import aiohttp
from sqlmodel import SQLModel
from telegram import Bot, Update
from telegram.ext import TypeHandler
from yarl import URL

import handlers
from bot.app import build
from bot.base import logs
from bot.base.clock import Clock
from bot.process.context import App, Context
from bot.receive.receive import store
from bot.run import run_parts
from bot.settings import Settings, load
from bot.storage.database import Database
from bot.telegram_api import AiohttpRequest, Api
from tests.e2e.town import settle_in
from tests.robustness.pipe import CONFIG, message

Answer = Callable[[asyncio.StreamWriter, str], Awaitable[None]]
SECONDS = 2.0
# How often each failing server was called.
met: Counter[str] = Counter()
servers: list[asyncio.Server] = []
BOT_ID = 1_000_001


class _Heard:
    """Prints what is logged, and remembers it: calls of the library alone could end it all too early."""

    text = ""

    def write(self, text: str) -> int:
        self.text += text
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


heard = _Heard()


def _said(status: str, body: str) -> Answer:
    """An answer that repeats the address, as a proxy in between may."""

    async def answer(writer: asyncio.StreamWriter, path: str) -> None:
        told = body.replace("PATH", path).encode()
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(told)}\r\n\r\n".encode() + told)
        await writer.drain()

    return answer


async def _reset(writer: asyncio.StreamWriter, _: str) -> None:
    # Without lingering it is a reset, whether everything was read or not.
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def _silence(_: asyncio.StreamWriter, __: str) -> None:
    await asyncio.sleep(SECONDS)


async def _half(writer: asyncio.StreamWriter, path: str) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + path.encode())
    await writer.drain()


async def _hang_up(_: asyncio.StreamWriter, __: str) -> None:
    """Nothing is said."""


_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
FAULTS: dict[str, Answer] = {
    "hang-up": _hang_up,
    "reset": _reset,
    "silence": _silence,
    "half": _half,
    "401": _said("401 Unauthorized", '{"ok":false,"error_code":401,"description":"no: PATH"}'),
    "404": _said("404 Not Found", '{"ok":false,"error_code":404,"description":"no: PATH"}'),
    "400": _said("400 Bad Request", '{"ok":false,"error_code":400,"description":"no: PATH"}'),
    "500": _said("500 Internal Server Error", "<html>PATH</html>"),
    "not-json": _said("200 OK", "PATH"),
    "wrong-json": _said("200 OK", '{"ok":true,"result":"PATH"}'),
    "redirect": _said("302 Found\r\nLocation: http://127.0.0.1:1/elsewhere", "PATH"),
    "bad-http": _said("nonsense", "PATH"),
}


async def _serve(name: str, answer: Answer) -> int:
    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        # What was not read turns a close into a reset.
        length = _LENGTH.search(head)
        await reader.readexactly(int(length[1]) if length else 0)
        met[name] += 1
        await answer(writer, head.decode().split(" ")[1])
        writer.close()

    return await _listening(take)


async def _listening(take: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]) -> int:
    server = await asyncio.start_server(take, "127.0.0.1", 0)
    servers.append(server)
    return int(server.sockets[0].getsockname()[1])


def _babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"no TLS here\r\n")
    writer.close()


async def _addresses() -> dict[str, str]:
    """Every fault by name, and where it is met."""
    found = {name: f"http://127.0.0.1:{await _serve(name, answer)}/bot" for name, answer in FAULTS.items()}
    plain = await _listening(_babble)
    return found | {
        "refused": "http://127.0.0.1:1/bot",
        "tls": f"https://127.0.0.1:{plain}/bot",
        "bad-address": "http://:0:bad/bot",
        "no-such-host": "http://nowhere.invalid/bot",
    }


def _settings(folder: Path, name: str, base_url: str, **more: str) -> Settings:
    token, secret = sys.argv[2:4]
    environment = {
        "GRIDDUTY_TELEGRAM__TOKEN": token,
        "GRIDDUTY_TELEGRAM__WEBHOOK_SECRET": secret,
        "GRIDDUTY_TELEGRAM__BASE_URL": base_url,
        "GRIDDUTY_TELEGRAM__POLL_SECONDS": "1",
        "GRIDDUTY_DELIVERY__TIMEOUT_SECONDS": "1",
        "GRIDDUTY_DATABASE__URL": f"sqlite:///{folder / f'{name}.sqlite3'}",
        **more,
    }
    return load(CONFIG, environment)


async def _raise_with_address(update: Update, context: Context) -> None:
    raise RuntimeError(f"POST https://api.telegram.org/bot{context.bot.token}/x " + _all_forms())


def _all_forms() -> str:
    token, secret = sys.argv[2:4]
    once = quote(token, safe="")
    return f"{token} {once} {quote(once, safe='')} {token!r} {secret} {secret!r}"


def _register(app: App) -> None:
    app.add_handler(TypeHandler(Update, _raise_with_address))


async def _run(settings: Settings, stop: asyncio.Event) -> None:
    clock, db = Clock(), Database(settings.database)
    SQLModel.metadata.create_all(db.writer)
    with db.write_now() as session:
        settle_in(session)
        told = [{"update_id": 1, "message": message(77, 5, int(clock.now().timestamp()), text="上岗")}]
        store(session, BOT_ID, told, clock)
    await run_parts(settings, db, clock, stop)
    db.close()


async def _python_telegram_bot(address: str) -> None:
    """The same through the library's own way of calling."""
    bot = Bot(sys.argv[2], base_url=address, request=AiohttpRequest(timeout=1))
    api = Api(_settings(Path(sys.argv[1]), "unused", address).telegram, 1)
    for call in (bot.send_message(1, "x"), api.call("getMe"), api.post("getUpdates", b"{}")):
        try:
            await call
        except Exception as error:
            logging.getLogger("edge").error("call failed: %r", error, exc_info=error)
            whole = URL(f"http://127.0.0.1/bot{sys.argv[2]}/x", encoded=True)
            logging.getLogger("edge").debug("bot %r at %s", bot, whole)
    await api.close()


async def _end(stop: asyncio.Event, port: int) -> None:
    for _ in range(300):
        if all(met[name] >= 3 for name in FAULTS) and "refuses the token" in heard.text:
            break
        await asyncio.sleep(0.2)
    # Time for what was met to be noticed.
    await asyncio.sleep(SECONDS)
    try:
        await _strangers_at_the_hook(port)
    finally:
        stop.set()


async def _until_heard(port: int) -> None:
    for _ in range(100):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            await writer.wait_closed()
            return


async def _strangers_at_the_hook(port: int) -> None:
    await _until_heard(port)
    address, header = f"http://127.0.0.1:{port}/telegram", "X-Telegram-Bot-Api-Secret-Token"
    async with aiohttp.ClientSession() as session:
        for given in ({}, {header: "wrong"}, {header: sys.argv[3]}, {header: sys.argv[3] + "x"}):
            for body in (
                b"{",
                b"\xff",
                b'{"update_id":5,"message":5}',
                b"not JSON",
                b"x" * 1_100_000,
            ):
                try:
                    async with session.post(address, data=body, headers=given) as answer:
                        print("hook", answer.status)
                except (aiohttp.ClientError, OSError) as error:
                    # Hung up on while still talking.
                    print("hook", error)


async def _everything(folder: Path) -> None:
    stop, addresses = asyncio.Event(), await _addresses()
    hook = {"GRIDDUTY_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1:1"}
    port = await _free_port()
    hook["GRIDDUTY_TELEGRAM__WEBHOOK_LISTEN"] = f"127.0.0.1:{port}"
    runs: list[Any] = [_run(_settings(folder, name, address), stop) for name, address in addresses.items()]
    runs.append(_run(_settings(folder, "hook", addresses["400"], **hook), stop))
    runs += [_python_telegram_bot(address) for name, address in addresses.items() if name != "bad-address"]
    runs.append(_end(stop, port))
    for result in await asyncio.gather(*runs, return_exceptions=True):
        if result is not None:
            logging.getLogger("run").error("a part ended", exc_info=result)
    for server in servers:
        server.close()
    lost = asyncio.create_task(_lose())
    await asyncio.sleep(0.01)
    del lost


async def _lose() -> None:
    raise ValueError("nobody asks for this task: " + _all_forms())


async def _free_port() -> int:
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = int(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()
    return port


class _Unraisable:
    def __del__(self) -> None:
        raise ValueError("while being forgotten: " + _all_forms())


def _in_a_thread() -> None:
    raise ValueError("in a thread: " + _all_forms())


def main() -> None:
    """Print all there is, and end with an error that nobody catches."""
    folder, form = Path(sys.argv[1]), sys.argv[4]
    logs.set_up("DEBUG", form == "json", cast(TextIO, heard))
    for secret in sys.argv[2:4]:
        logs.hide(secret)
    handlers.register = _register
    asyncio.run(_everything(folder), debug=True)
    assert asyncio.run(build(_settings(folder, "unused", "http://127.0.0.1:1/bot")))
    warnings.warn("a warning: " + _all_forms(), stacklevel=1)
    thread = threading.Thread(target=_in_a_thread)
    thread.start()
    thread.join()
    _Unraisable()
    raise ValueError("the last words: " + _all_forms())


if __name__ == "__main__":
    main()
