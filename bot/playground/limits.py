"""Telegram's rate limits as token buckets, counted when a request arrives."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.replies import too_many_requests

Monotonic = Callable[[], float]
# Tokens per second and capacity: for the whole bot, a private chat, a group.
_OVERALL, _PRIVATE, _GROUP = (30.0, 30.0), (1.0, 3.0), (20 / 60, 20.0)


@dataclass(slots=True)
class Bucket:
    """`rate` tokens a second come back, never more than `capacity` are held."""

    rate: float
    capacity: float
    tokens: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 when one can be taken now."""
        self.tokens = min(self.capacity, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        # A hair of slack: 29.999999 tokens are 30 to everyone but floating point.
        return 0.0 if self.tokens >= 1 - 1e-6 else (1 - self.tokens) / self.rate


class Limits:
    """The buckets of one bot. A refused request takes no token. Thread-safe."""

    def __init__(self, on: bool = True, monotonic: Monotonic = time.monotonic) -> None:
        self.on = on
        self.refused = 0
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._overall = self._full(_OVERALL)
        self._chats: dict[int, Bucket] = {}

    def take(self, chat_id: int) -> None:
        """Count one message to the chat (a group's id is negative); raises 429 when a bucket is empty."""
        if not self.on:
            return
        with self._lock:
            bucket = self._chats.get(chat_id)
            if bucket is None:
                bucket = self._chats[chat_id] = self._full(_GROUP if chat_id < 0 else _PRIVATE)
            now = self._monotonic()
            wait = max(self._overall.wait(now), bucket.wait(now))
            if wait:
                self.refused += 1
                raise too_many_requests(max(1, math.ceil(wait)))
            self._overall.tokens -= 1
            bucket.tokens -= 1

    def _full(self, rates: tuple[float, float]) -> Bucket:
        rate, capacity = rates
        return Bucket(rate, capacity, capacity, self._monotonic())
