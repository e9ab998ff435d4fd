"""The one clock: everything that asks the time asks here, so that it can be moved."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Wall-clock time in UTC, plus an offset that tests and the playground may move."""

    def __init__(self) -> None:
        self._offset = timedelta()

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def monotonic(self) -> float:
        """Seconds that never go back, for pacing and time-outs."""
        return time.monotonic()

    def move(self, by: timedelta) -> None:
        """Move the clock forward (or, negative, back)."""
        self._offset += by

    def set(self, moment: datetime) -> None:
        """Let the clock go on from this aware moment."""
        self._offset = moment - datetime.now(UTC)


clock = Clock()
