"""What the bots called and what came of it, for tests to look into."""

import threading
from collections import Counter, deque
from typing import Any

from bot.base.facts import Struct


class CallRecord(Struct):
    """One call: when it came (monotonic seconds), what was asked, the HTTP status and the outcome.

    `outcome` is "ok", Telegram's description of the error, or the name of the fault that hid the answer.
    """

    at: float
    method: str
    chat: int | None
    params: dict[str, Any]
    status: int
    outcome: str


class Ledger:
    """The last calls and counts of all. Thread-safe."""

    def __init__(self, keep: int = 10_000) -> None:
        self.calls: deque[CallRecord] = deque(maxlen=keep)
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.unknown_parameters: set[str] = set()
        self.crashes: list[str] = []
        self._lock = threading.Lock()

    def add(self, record: CallRecord) -> None:
        """Note a call."""
        with self._lock:
            self.calls.append(record)
            self.counts[record.method] += 1
            if record.outcome != "ok":
                self.refusals[record.outcome] += 1

    def named(self, method: str) -> list[CallRecord]:
        """The remembered calls of one method, oldest first."""
        with self._lock:
            return [record for record in self.calls if record.method == method]

    def newest(self, count: int) -> list[CallRecord]:
        """The last `count` remembered calls, oldest first."""
        with self._lock:
            return list(self.calls)[-count:]
