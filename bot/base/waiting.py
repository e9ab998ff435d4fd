"""How the parts wait: for a wake, for the end, or for time to pass."""

import asyncio
from contextlib import suppress


async def either(wake: asyncio.Event, stop: asyncio.Event, seconds: float) -> None:
    """Return when one of the two is set, or after this many seconds."""
    waits = [asyncio.ensure_future(event.wait()) for event in (wake, stop)]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait this many seconds, or until stopped."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
