"""Time that leaps: an event loop whose clock goes on as soon as there is nothing to do.

Waits cost nothing, work takes no time on this clock, and Telegram is the playground in the same loop: its
limits, its troubles and the dates of its messages go by the same clock. So a day takes as long as its work.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.base.clock import Clock
from bot.playground.runner import Playground
from bot.settings import TelegramSettings
from bot.telegram_api import LONGEST_ANSWER, Api, Unsure

# How long a message is under way to Telegram.
LATENCY = 0.03
ANSWER_SECONDS = 20
# What a round of the loop takes.
ROUND = 0.00001


class LeapingClock(Clock):
    """A clock that stands still until it is told to leap."""

    def __init__(self, start: datetime) -> None:
        super().__init__()
        # As the real one, which knows no place.
        self._start, self._passed = start.astimezone(UTC), 0.0

    def now(self) -> datetime:
        """The moment on this clock; `move` steps it as somebody setting a wall clock does."""
        return self._start + timedelta(seconds=self._passed) + self._offset

    def monotonic(self) -> float:
        """Seconds since it was made."""
        return self._passed

    def leap(self, seconds: float) -> None:
        """Let so much time pass."""
        self._passed += seconds

    def set(self, moment: datetime) -> None:
        """Let the wall clock show this moment."""
        self._offset += moment - self.now()


class _Leaping(selectors.DefaultSelector):
    """Waits for nothing: where nothing has happened, the time passes at once."""

    def __init__(self, clock: LeapingClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[Any]:
        """What has happened by now."""
        if timeout is None:
            raise RuntimeError("everything waits for something that never comes")
        happened = super().select(0)
        # A round of the loop takes a little, or what waits for less than that would wait for ever.
        self._clock.leap(ROUND if happened else max(timeout, ROUND))
        return happened


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop on a leaping clock."""

    def __init__(self, clock: LeapingClock) -> None:
        super().__init__(_Leaping(clock))
        self._leaping = clock

    def time(self) -> float:
        """Seconds on the leaping clock."""
        return self._leaping.monotonic()


def run(clock: LeapingClock, work: Coroutine[Any, Any, None]) -> None:
    """Run something on leaping time."""
    with asyncio.Runner(loop_factory=lambda: LeapingLoop(clock)) as runner:
        runner.run(work)


class Wire:
    """Stands for the network: every call goes straight into the playground, `LATENCY` later."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground

    async def exchange(
        self, url: str, timeout: float | None = None, most: int = LONGEST_ANSWER, **content: Any
    ) -> tuple[int, bytes]:
        """Status and body of the answer to a POST; none is longer than `most`. Raises Unsure where there is
        none."""
        await asyncio.sleep(LATENCY)
        call = _Call(url[url.index("/bot") :], content.get("data", b""))
        try:
            answering = self._playground.app(call.scope, call.receive, call.send)
            await asyncio.wait_for(answering, timeout or ANSWER_SECONDS)
        except (TimeoutError, _Broken) as error:
            raise Unsure(type(error).__name__) from None
        return call.status, call.answer

    async def shutdown(self) -> None:
        """There is nothing to close."""


class _Broken(Exception):
    """The connection broke off."""


class _Call:
    """One request to an ASGI app, and its answer."""

    def __init__(self, path: str, body: bytes) -> None:
        self._body: bytes | None = body
        self.status, self.answer = 0, b""
        headers = [(b"content-type", b"application/json")]
        self.scope = {
            "type": "http", "path": path, "query_string": b"", "headers": headers,
            "playground.abort": self._abort,
        }  # fmt: skip

    def _abort(self) -> None:
        raise _Broken

    async def receive(self) -> dict[str, Any]:
        """The request, once."""
        body, self._body = self._body, None
        if body is None:
            await asyncio.get_running_loop().create_future()
        return {"type": "http.request", "body": body}

    async def send(self, message: dict[str, Any]) -> None:
        """A part of the answer."""
        self.status = message.get("status", self.status)
        self.answer += message.get("body", b"")


def caller(playground: Playground, settings: TelegramSettings) -> Api:
    """The caller of the Bot API, with a wire to the playground instead of a network."""
    api = Api(settings)
    api._request = Wire(playground)  # type: ignore[assignment]
    return api
