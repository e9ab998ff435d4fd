"""Troubles on order: refusals, broken connections, lost answers."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["too_many", "error", "drop", "lost_answer", "delay", "broken_json", "strange"]
# From the right answer to the status and the bytes that are sent instead.
Twist = Callable[[bytes], tuple[int, bytes]]


@dataclass(slots=True, eq=False)
class Fault:
    """One trouble: what happens, to which calls, how often. `times` None means until removed."""

    kind: Kind
    value: float
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    probability: float = 1.0
    twist: Twist | None = None
    struck: int = 0

    def meets(self, method: str, chat: int | None) -> bool:
        """Whether this call is one it is meant for."""
        if self.times is not None and self.struck >= self.times:
            return False
        return self.method in (None, method) and self.chat in (None, chat)


class Faults:
    """The troubles waiting. Thread-safe.

    For `method` and `chat`, None means any; the method "download" is a file being fetched (too_many, error,
    drop and delay strike there).
    """

    def __init__(self, seed: int = 0) -> None:
        self._waiting: list[Fault] = []
        self._chance = random.Random(seed)
        self._lock = threading.Lock()

    def too_many(self, retry_after: int, **where: Any) -> Fault:
        """Refuse with 429 and this wait in seconds."""
        return self._add(Fault("too_many", retry_after, **where))

    def error(self, status: int = 502, **where: Any) -> Fault:
        """Answer with this 5xx (or any other) status, doing nothing."""
        return self._add(Fault("error", status, **where))

    def drop(self, **where: Any) -> Fault:
        """Close the connection before doing anything."""
        return self._add(Fault("drop", 0, **where))

    def lost_answer(self, seconds: float = 60, **where: Any) -> Fault:
        """Do what was asked and never answer: the connection closes after `seconds`."""
        return self._add(Fault("lost_answer", seconds, **where))

    def delay(self, seconds: float, **where: Any) -> Fault:
        """Answer as usual, `seconds` later (the work is done after the wait)."""
        return self._add(Fault("delay", seconds, **where))

    def broken_json(self, **where: Any) -> Fault:
        """Do what was asked and answer with half of the JSON."""
        return self._add(Fault("broken_json", 0, **where))

    def strange(self, twist: Twist, **where: Any) -> Fault:
        """Do what was asked and answer with what `twist` makes of the right answer: status and body."""
        return self._add(Fault("strange", 0, twist=twist, **where))

    def _add(self, fault: Fault) -> Fault:
        with self._lock:
            self._waiting.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Order no more of this trouble."""
        with self._lock:
            self._waiting.remove(fault)

    def clear(self) -> None:
        """Order no more trouble at all."""
        with self._lock:
            self._waiting.clear()

    def strike(self, method: str, chat: int | None) -> list[Fault]:
        """The troubles this call gets, used up by it: a delay together with at most one other."""
        if not self._waiting:
            return []
        struck: list[Fault] = []
        with self._lock:
            for fault in self._waiting:
                taken = {f.kind == "delay" for f in struck}
                if (fault.kind == "delay") in taken or not fault.meets(method, chat):
                    continue
                if fault.probability >= 1 or self._chance.random() < fault.probability:
                    fault.struck += 1
                    struck.append(fault)
        return struck
