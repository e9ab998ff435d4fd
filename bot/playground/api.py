"""The Bot API over HTTP, as a plain ASGI app: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from bot.base.facts import Struct
from bot.playground.bots import BotAccount
from bot.playground.faults import Fault, Faults
from bot.playground.ledger import CallRecord, Ledger
from bot.playground.methods import METHODS, Call, Method
from bot.playground.methods.calls import chat_number
from bot.playground.params import Params, read_body, read_params
from bot.playground.polling import Polls
from bot.playground.replies import ApiError, done, too_many_requests
from bot.playground.webhook import Webhooks
from bot.playground.world import World

Scope = Any
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

_BY_LOWER_NAME = {name.lower(): (name, method) for name, method in METHODS.items()}
_JSON = b"application/json"


async def respond(send: Send, status: int, body: bytes, kind: bytes = _JSON) -> None:
    """Answer with this status and body."""
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refusal: ApiError) -> None:
    """Answer with this refusal."""
    await respond(send, refusal.code, refusal.body())


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection without a word. Needs `playground.abort` in the scope, as our server gives it."""
    abort = scope.get("playground.abort")
    if abort is None:
        raise RuntimeError("this server cannot drop connections")
    abort()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    """Return once the other side has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


class _Asked(Struct):
    """A call as it came."""

    bot: BotAccount
    name: str
    method: Method
    scope: Scope
    body: bytes


class BotApi:
    """Plays the Bot API to the bots of one world."""

    def __init__(self, world: World, faults: Faults, ledger: Ledger, webhook_retry: float = 0.2) -> None:
        self.world = world
        self.faults = faults
        self.ledger = ledger
        self.polls = Polls()
        self.webhooks = Webhooks(world, webhook_retry)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path: str = scope["path"]
        if path.startswith("/file/bot"):
            await self._download(path[9:], scope, receive, send)
            return
        token, _, name = path[4:].partition("/")
        bot = self.world.bots.get(token)
        if bot is None:
            await refuse(send, ApiError(401, "Unauthorized"))
            return
        known = _BY_LOWER_NAME.get(name.lower())
        body = await read_body(receive)
        if known is None:
            self._note(name, None, {}, 404, "Not Found")
            await refuse(send, ApiError(404, "Not Found: method not found"))
            return
        await self._call(_Asked(bot, *known, scope, body), receive, send)

    async def _call(self, asked: _Asked, receive: Receive, send: Send) -> None:
        name, scope = asked.name, asked.scope
        chat: int | None = None
        params = Params({})
        struck: list[Fault] = []
        try:
            params = await read_params(scope, asked.body)
            chat = _chat_of(params)
            struck = self.faults.strike(name, chat)
            if struck and not await self._before(struck, scope, receive):
                self._note(name, chat, params.values, 0, "drop")
                return
            status, answer, outcome = 200, await self._answer(asked, params, chat), "ok"
        except ApiError as refusal:
            status, answer, outcome = refusal.code, refusal.body(), refusal.description
        hidden = next((f for f in struck if f.kind in ("lost_answer", "broken_json", "strange")), None)
        self._note(name, chat, params.values, status, hidden.kind if hidden else outcome)
        if hidden is None:
            await respond(send, status, answer)
        elif hidden.twist:
            await respond(send, *hidden.twist(answer))
        elif hidden.kind == "broken_json":
            await respond(send, 200, answer[: len(answer) // 2])
        else:
            await self._say_nothing(hidden.value, scope, receive)

    async def _before(self, struck: list[Fault], scope: Scope, receive: Receive) -> bool:
        """The troubles that come before the work; False if the connection is gone."""
        for fault in struck:
            if fault.kind == "delay":
                await asyncio.sleep(fault.value)
        for fault in struck:
            if fault.kind == "too_many":
                raise too_many_requests(int(fault.value))
            if fault.kind == "error":
                raise ApiError(int(fault.value), _STATUS_WORDS.get(int(fault.value), "Internal Server Error"))
            if fault.kind == "drop":
                await hang_up(scope, receive)
                return False
        return True

    async def _answer(self, asked: _Asked, params: Params, chat: int | None) -> bytes:
        bot, name, method = asked.bot, asked.name, asked.method
        for parameter in params.values.keys() - method.parameters:
            self.ledger.unknown_parameters.add(f"{name}.{parameter}")
        call = Call(
            self.world, bot, params, lambda field: self.ledger.unknown_parameters.add(f"{name}.{field}")
        )
        if name == "getUpdates":
            batch = await self.polls.answer(call)
            return b'{"ok":true,"result":[' + b",".join(entry.body for entry in batch) + b"]}"
        if method.counts and chat is not None:
            bot.limits.take(chat)
        assert method.run is not None
        with self.world.lock:
            answer = done(self._run(method.run, call))
        if name in ("setWebhook", "deleteWebhook"):
            self.polls.end(bot, "terminated by setWebhook request")
            self.webhooks.refresh(bot)
        return answer

    def _run(self, run: Callable[[Call], Any], call: Call) -> Any:
        try:
            return run(call)
        except ApiError:
            raise
        except Exception:
            # Kept, so that a test fails over the playground's own mistake and not over what follows.
            self.ledger.crashes.append(traceback.format_exc())
            raise ApiError(500, "Internal Server Error") from None

    async def _say_nothing(self, seconds: float, scope: Scope, receive: Receive) -> None:
        try:
            await asyncio.wait_for(_gone(receive), seconds)
        except TimeoutError:
            await hang_up(scope, receive)

    async def _download(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        token, _, name = path.partition("/")
        bot = self.world.bots.get(token)
        if bot is None:
            await refuse(send, ApiError(401, "Unauthorized"))
            return
        with self.world.lock:
            file = self.world.files.open_link(name, bot.id)
        try:
            if not await self._before(self.faults.strike("download", None), scope, receive):
                return
        except ApiError as refusal:
            await refuse(send, refusal)
            return
        if file is None:
            await refuse(send, ApiError(404, "Not Found"))
        else:
            await respond(send, 200, file.download(), b"application/octet-stream")

    def _note(self, name: str, chat: int | None, params: dict[str, Any], status: int, outcome: str) -> None:
        self.ledger.add(CallRecord(self.world.monotonic(), name, chat, params, status, outcome))


_STATUS_WORDS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def _chat_of(params: Params) -> int | None:
    if "chat_id" not in params.values:
        return None
    try:
        return chat_number(params)
    except ApiError:
        return None
