"""Waiting for what must come: until it is so, never for some time."""

import asyncio
import time
from collections.abc import Callable

# Seconds until it is taken that nothing will come. Only a test that fails waits so long: machines are busy.
PATIENCE = 60.0


def until(found: Callable[[], object], timeout: float = PATIENCE, what: object = "waited in vain") -> None:
    """Return once it is so; AssertionError, which tells `what` as it then is, if it never is."""
    end = time.monotonic() + timeout
    while not found():
        assert time.monotonic() < end, str(what)
        time.sleep(0.01)


async def until_so(found: Callable[[], object], timeout: float = PATIENCE) -> None:
    """The same, while other tasks go on."""
    end = time.monotonic() + timeout
    while not found():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.01)
