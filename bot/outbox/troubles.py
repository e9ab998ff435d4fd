"""Troubles: what one row or one answer caused, noted where it was met, and told to the admins once a kind.

Whoever meets one sets it aside and goes on; often there is no transaction to write in just then.
"""

import asyncio
from dataclasses import dataclass, field

from bot.access import SYSTEM, Work
from bot.base.clock import Clock
from bot.base.logs import log, scrub
from bot.base.waiting import pause
from bot.outbox import alarms
from bot.settings import Settings
from bot.storage.database import Database

TELL_SECONDS = 2.0
# Kinds kept until they are told; there are only so many, whatever happens.
MOST = 100


@dataclass(slots=True)
class Troubles:
    """What the admins have not been told yet."""

    _noted: dict[tuple[str, str], None] = field(default_factory=dict)

    def note(self, part: str, what: str) -> None:
        """In this part of the bot this went wrong: an error's name, or a method of Telegram's."""
        if len(self._noted) < MOST:
            self._noted[part, what] = None

    async def run(self, db: Database, settings: Settings, clock: Clock, stop: asyncio.Event) -> None:
        """Tell the admins until stopped, and once more then."""
        while not stop.is_set():
            await pause(stop, TELL_SECONDS)
            try:
                await self._tell(db, settings, clock)
            except Exception as error:
                log("troubles").error("not told", error=scrub(repr(error)))

    async def _tell(self, db: Database, settings: Settings, clock: Clock) -> None:
        if not self._noted:
            return
        told = list(self._noted)
        async with db.write() as session:
            for part, what in told:
                alarms.tell_of_trouble(Work(session, SYSTEM, clock.now(), settings), part, what)
        for kind in told:
            self._noted.pop(kind, None)
