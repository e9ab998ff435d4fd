"""The webhook's connections: whoever is slow or says nothing is let go of, and there are only so many.

uvicorn closes a connection that is idle after a request, but waits for ever for the first one, and for the
rest of one that has begun.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# From the first byte, or from when it could have come, to the last; Telegram sends at once.
REQUEST_SECONDS = 15.0
# Telegram opens 40 at the most; whatever stands before the bot may keep some in store.
MOST_CONNECTIONS = 256
MOST_HEAD_BYTES = 32_768


class Guarded(HttpToolsProtocol):
    """One connection, which has to send whole requests in time."""

    _waits_since = 0.0
    _timer: asyncio.TimerHandle | None = None
    _is_in_head = False
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come; where there is no room, whoever has said nothing the longest goes."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_CONNECTIONS:
            guarded = [each for each in self.connections if isinstance(each, Guarded) and each._timer]
            min(guarded, key=lambda each: each._waits_since)._let_go()

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some more of a request; not without end."""
        self._head_bytes = self._head_bytes + len(data) if self._is_in_head else 0
        if self._head_bytes > MOST_HEAD_BYTES:
            self._let_go()
            return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its body follows, if it has one."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A request is whole: now it is we who take our time, unless it was answered already."""
        super().on_message_complete()
        if self.cycle.response_complete:
            self._wait()
        else:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """It is answered: the next one may come."""
        super().on_response_complete()
        self._wait()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waits_since = self.loop.time()
        self._timer = self.loop.call_later(REQUEST_SECONDS, self._let_go)

    def _stop_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _let_go(self) -> None:
        self._stop_waiting()
        transport: Any = self.transport
        transport.abort()
