"""Wakeups: a part that has done something wakes those that wait for it, in other processes too.

PostgreSQL carries the ringing (NOTIFY). It is a convenience: parts look by themselves every second.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import make_url

from bot.base.logs import log, scrub
from bot.base.waiting import pause
from bot.storage.database import Database

CHANNEL = "gridduty"
AGAIN_SECONDS = 5.0


class Wakeup(asyncio.Event):
    """An event that is_set_here elsewhere too when it is set."""

    def __init__(self, name: str, rung: asyncio.Event) -> None:
        super().__init__()
        self.name = name
        self.is_set_here = False
        self._any_set = rung

    def set(self) -> None:
        """Wake who waits here, and have it rung elsewhere."""
        super().set()
        self.is_set_here = True
        self._any_set.set()

    def heard(self) -> None:
        """It rang elsewhere: wake who waits here."""
        super().set()


@dataclass(slots=True)
class Wakeups:
    """The wakeups of one process, for one bot."""

    db: Database
    bot: int
    _wakeups: dict[str, Wakeup] = field(default_factory=dict)
    _any_set: asyncio.Event = field(default_factory=asyncio.Event)
    _own_pid: int = 0

    def wakeup(self, name: str) -> Wakeup:
        """The wakeup of this name, heard wherever there is one of the same."""
        full = f"{name}:{self.bot}"
        return self._wakeups.setdefault(full, Wakeup(full, self._any_set))

    async def run(self, stop: asyncio.Event) -> None:
        """Carry the ringing until stopped. Does nothing on SQLite, where there is one process."""
        if self.db.is_sqlite:
            return
        relays = [asyncio.create_task(self._keep(relay, stop)) for relay in (self._ring, self._listen)]
        await stop.wait()
        for relay in relays:
            relay.cancel()
            with suppress(asyncio.CancelledError):
                await relay

    async def _keep(self, relay: Any, stop: asyncio.Event) -> None:
        """Relay over a connection of its own; over a new one when it breaks."""
        # Imported here: it comes with the extra that PostgreSQL needs.
        import psycopg

        url = make_url(self.db.url).set(drivername="postgresql").render_as_string(hide_password=False)
        while not stop.is_set():
            try:
                async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                    await relay(connection)
            except psycopg.Error as error:
                log("wakeups").warning("no ringing for now", error=scrub(str(error)))
                await pause(stop, AGAIN_SECONDS)

    async def _ring(self, connection: Any) -> None:
        self._own_pid = connection.info.backend_pid
        while True:
            await self._any_set.wait()
            self._any_set.clear()
            for wakeup in self._wakeups.values():
                if wakeup.is_set_here:
                    wakeup.is_set_here = False
                    await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, wakeup.name))

    async def _listen(self, connection: Any) -> None:
        await connection.execute(f"LISTEN {CHANNEL}")
        async for note in connection.notifies():
            wakeup = self._wakeups.get(note.payload)
            if wakeup and note.pid != self._own_pid:
                wakeup.heard()
