"""The real bot, run against the playground: only the network and the clock are ours."""

import asyncio
import threading
from contextlib import AbstractContextManager
from types import TracebackType

from sqlalchemy import text
from sqlmodel import Session

from bot.base.clock import Clock
from bot.run import PARTS, run_parts
from bot.settings import Settings
from bot.storage.database import Database
from tests.waiting import PATIENCE, until


class DutyBot(AbstractContextManager["DutyBot"]):
    """The bot's parts in a thread of their own, as `gridduty run` runs them."""

    def __init__(self, settings: Settings, clock: Clock, only: tuple[str, ...] = PARTS) -> None:
        self.settings, self.clock, self.only = settings, clock, only
        # The tests' own connections; the bot opens others.
        self.db = Database(settings.database)
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._error: BaseException | None = None

    def __enter__(self) -> "DutyBot":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self.db.close()

    @property
    def is_running(self) -> bool:
        """Whether its parts run, all of them."""
        return self._thread is not None and self._error is None and self.only == PARTS

    def start(self) -> None:
        """Start the parts."""
        self._thread = threading.Thread(target=self._run, name="duty-bot")
        self._thread.start()
        until(lambda: self._stop is not None or self._error is not None)

    def stop(self) -> None:
        """Stop as a signal would; raises what a part raised."""
        if self._loop and self._stop and self._thread:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(PATIENCE)
            assert not self._thread.is_alive(), "the bot did not stop"
        self._thread = self._loop = self._stop = None
        if self._error:
            raise self._error

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as error:
            self._error = error

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        db = Database(self.settings.database)
        try:
            await run_parts(self.settings, db, self.clock, self._stop, self.only)
        finally:
            db.close()

    def settle(self) -> None:
        """Wait until every update is handled and everything due is sent."""
        until(self._is_settled, what="the bot did not come to rest")

    def _is_settled(self) -> bool:
        with self.db.read() as session:
            return not _count(session, "inbox", "state = 'pending'") and not _count(
                session, "outbox", "state in ('pending', 'sending')"
            )


def _count(session: Session, table: str, where: str) -> int:
    return int(session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}")).scalar_one())
