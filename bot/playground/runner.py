"""The playground as tests use it: a Bot API server in a background thread, and people."""

import socket
import threading
import time
from collections.abc import Awaitable, Callable
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.playground.api import BotApi, Receive, Scope, Send, refuse, respond
from bot.playground.bots import BotAccount
from bot.playground.control import Control
from bot.playground.faults import Faults
from bot.playground.groups import Group
from bot.playground.guard import is_local
from bot.playground.injecting import inject, inject_raw
from bot.playground.ledger import Ledger
from bot.playground.limits import Limits
from bot.playground.people import PATIENCE, Person
from bot.playground.replies import ApiError, JsonObject
from bot.playground.updates import UpdateQueue
from bot.playground.world import Now, World, utc_now

App = Callable[[Scope, Receive, Send], Awaitable[None]]
FIRST_UPDATE = 700_000_001


class _Protocol(HttpToolsProtocol):
    """Lets the app drop a connection, which ASGI has no word for."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["playground.abort"] = self.transport.abort  # type: ignore[typeddict-unknown-key]


def bot_token(number: int) -> str:
    """A token of the form Telegram's have, for the bot with this id."""
    return f"{number}:{'playground'.ljust(35, '0')}"


class Playground:
    """Telegram for one test: use it in a `with` block, or mount `app` in a server of your own.

    `port` 0 takes any free one. `limits` plays Telegram's rate limits, counted by `monotonic`. `now` dates
    messages. `webhook_retry` is the first wait in seconds before a webhook is tried again, `keep_calls` how
    many calls the ledger remembers. Safe from any thread.
    """

    def __init__(
        self,
        port: int = 0,
        limits: bool = True,
        now: Now = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        webhook_retry: float = 0.2,
        keep_calls: int = 10_000,
    ) -> None:
        self.world = World(now, monotonic)
        self.faults = Faults()
        self.ledger = Ledger(keep_calls)
        self._limits = limits
        # Answers whatever path is neither the Bot API's nor the control API's.
        self.page: App | None = None
        self._api = BotApi(self.world, self.faults, self.ledger, webhook_retry)
        self._port = port
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        self.bot = self.add_bot("gridduty_bot", "网格值守")
        self._control = Control(self.world, self.bot, self.faults, self.ledger)

    def add_bot(self, username: str, name: str) -> BotAccount:
        """Register one more bot; its `token` is what it logs in with."""
        with self.world.lock:
            number = 1_000_001 + len(self.world.bots)
            queue = UpdateQueue(FIRST_UPDATE, self.world.monotonic)
            limits = Limits(self._limits, self.world.monotonic)
            bot = BotAccount(number, bot_token(number), username, name, queue, limits)
            self.world.add_bot(bot)
            return bot

    def person(self, name: str, bot: BotAccount | None = None, **details: Any) -> Person:
        """A new person; `details` are fields of `User`: phone, username, language_code, or a `user_id`."""
        return Person(self.world, bot or self.bot, self.world.add_user(name, **details))

    def group(self, title: str, *people: Person) -> Group:
        """A group these people are in; the first bot is not, until `add_bot`."""
        return Group(self.world, self.bot, title, [person.user for person in people])

    def deactivate(self, person: Person) -> None:
        """The person deletes the account."""
        with self.world.lock:
            person.user.deactivated = True

    @property
    def token(self) -> str:
        """The first bot's token."""
        return self.bot.token

    @property
    def url(self) -> str:
        """Where the server listens, such as http://127.0.0.1:8081."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What a Bot API client takes as base URL: the token follows directly."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """What a Bot API client takes as base URL of files."""
        return f"{self.url}/file/bot"

    @property
    def acknowledged(self) -> set[int]:
        """Ids of the updates the first bot confirmed by offset, or by a 2xx of its webhook."""
        with self.world.lock:
            return set(self.bot.updates.acknowledged_at)

    @property
    def sent(self) -> int:
        """How many messages the bots have sent (edits not counted)."""
        return self.world.sent

    @property
    def unknown_parameters(self) -> set[str]:
        """Parameters and fields sent that Telegram does not know, as "method.field"."""
        return self.ledger.unknown_parameters

    def redeliver(self, *update_ids: int) -> None:
        """Deliver updates to the first bot again, in this order, though it may have confirmed them."""
        with self.world.lock:
            self.bot.updates.redeliver(update_ids)

    def inject(self, updates: list[JsonObject]) -> list[int]:
        """Queue updates for the first bot as they are; see `bot.playground.injecting.inject`."""
        return inject(self.world, self.bot, updates)

    def inject_raw(self, kind: str, body: bytes) -> int:
        """Queue an update for the first bot whose content is these bytes of JSON, sensible or not."""
        return inject_raw(self.world, self.bot, kind, body)

    def wait_acknowledged(self, *update_ids: int, timeout: float = PATIENCE) -> None:
        """Return once the first bot has confirmed these updates; AssertionError if it does not."""
        deadline = time.monotonic() + timeout
        while missing := set(update_ids) - self.acknowledged:
            assert time.monotonic() < deadline, f"not acknowledged within {timeout} s: {sorted(missing)}"
            time.sleep(0.01)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole playground as an ASGI app."""
        if scope["type"] != "http":
            return
        send = self._dated(send)
        if scope["path"].startswith(("/bot", "/file/bot")):
            await self._api(scope, receive, send)
        elif scope["path"].startswith("/control/"):
            if is_local(scope):
                await self._control(scope, receive, send)
            else:
                await respond(send, 403, b'{"error": "only for this machine"}')
        elif self.page is not None:
            await self.page(scope, receive, send)
        else:
            await refuse(send, ApiError(404, "Not Found"))

    def _dated(self, send: Send) -> Send:
        """With a Date header by the clock that messages are dated by."""

        async def sending(event: Any) -> None:
            if event["type"] == "http.response.start":
                date = format_datetime(self.world.now(), usegmt=True).encode()
                event = {**event, "headers": [*event["headers"], (b"date", date)]}
            await send(event)

        return sending

    def listen(self) -> socket.socket:
        """Take the port; from here on clients can connect and wait."""
        listener = socket.create_server(("127.0.0.1", self._port), backlog=2048)
        self._port = listener.getsockname()[1]
        self._server = uvicorn.Server(server_config(self.app))
        return listener

    def serve(self, listener: socket.socket) -> None:
        """Serve in this thread until stopped or interrupted."""
        assert self._server is not None
        with listener:
            self._server.run(sockets=[listener])

    def start(self) -> None:
        """Listen, in a thread of its own."""
        listener = self.listen()
        self._thread = threading.Thread(target=self.serve, args=(listener,), name="playground", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; raises what the playground itself got wrong, if anything."""
        self.close_connections()
        self._control.end_waits()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(10)
        self._server = self._thread = None
        if self.ledger.crashes:
            raise RuntimeError(f"the playground failed:\n{self.ledger.crashes[0]}")

    def close_connections(self) -> None:
        """End open polls and stop posting to webhooks."""
        self._api.polls.end_all()
        self._api.webhooks.stop_all()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def server_config(app: Any) -> uvicorn.Config:
    """How the playground is served: fast, and without a word on the terminal."""
    return uvicorn.Config(
        app,
        http=_Protocol,
        interface="asgi3",
        loop="uvloop",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
