"""The clock's part: one tick a second on our clock; every job's slot done once."""

import asyncio
from dataclasses import dataclass

from bot.clock import Clock
from bot.database import Database
from bot.settings import Settings


@dataclass(slots=True)
class Scheduler:
    """The part that runs jobs."""

    db: Database
    settings: Settings
    clock: Clock
    # Set when a job was done: there may be something to send.
    committed: asyncio.Event

    async def run(self, stop: asyncio.Event) -> None:
        """Run what is due until stopped."""
        await stop.wait()
