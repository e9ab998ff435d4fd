"""Who is at work: one `run` on SQLite; on PostgreSQL one active poller, sender and scheduler a bot.

SQLite: a lock on a file beside the database, gone with the process that held it. PostgreSQL: an
advisory lock a part, gone with the connection that held it; others stand by. Each holder has an
epoch, checked in every transaction it writes, so that one who lost the lock without noticing can do
no harm.
"""

import asyncio
import fcntl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.base.errors import GridDutyError, LeadershipLost, OperatorError
from bot.base.logs import log, scrub
from bot.base.waiting import either, pause
from bot.storage import values
from bot.storage.database import Database

# Parts of which one a bot may be active. Any number may handle updates.
LED = ("receive", "deliver", "schedule")
STAND_BY_SECONDS = 1.0
ANSWER_SECONDS = 5.0


def lock_file(db: Database) -> Path:
    """The file whose lock says that the bot runs on this SQLite database."""
    return db.file.with_name(db.file.name + ".lock")


@contextmanager
def only_run(db: Database) -> Iterator[None]:
    """Be the one that runs on this SQLite database. Raises OperatorError if another does."""
    if not db.is_sqlite:
        yield
        return
    with lock_file(db).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(f"the bot is running on {db.file}: stop it first") from None
        yield


@dataclass(slots=True)
class Leadership:
    """The right to be the one active holder of a part, for one bot, on PostgreSQL."""

    db: Database
    part: str
    bot: int
    epoch: int = 0
    _connection: Connection | None = None

    @property
    def name(self) -> str:
        """What is held, for example `deliver:1000001`."""
        return f"{self.part}:{self.bot}"

    def take(self) -> bool:
        """Try to take it; whether it is now held."""
        connection = self.db.writer.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            if not connection.execute(select(func.pg_try_advisory_lock(_number(self.name)))).scalar():
                connection.close()
                return False
            with self.db.write_now() as session:
                self.epoch = int(values.get(session, self._marker) or 0) + 1
                values.put(session, self._marker, str(self.epoch))
        except BaseException:
            # Not given back to the pool: it may hold the lock.
            connection.invalidate()
            connection.close()
            raise
        self._connection = connection
        return True

    def is_held(self) -> bool:
        """Whether the connection that holds the lock still answers."""
        try:
            return self._connection is not None and bool(self._connection.execute(select(1)).scalar())
        except DBAPIError:
            return False

    def give_up(self) -> None:
        """Let another one take it."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def check(self, session: Session) -> None:
        """Raise LeadershipLost, in the transaction that is about to write, if another has taken over."""
        if values.get(session, self._marker) != str(self.epoch):
            raise LeadershipLost(self.name)

    @property
    def _marker(self) -> str:
        return f"epoch:{self.name}"


async def lead(
    leadership: Leadership, run: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event
) -> None:
    """Stand by until the leadership is free, then run the part until it is lost or all is stopped."""
    waiting = False
    while not stop.is_set():
        if await _taken(leadership):
            waiting = False
            log("leadership").info("active", part=leadership.name, epoch=leadership.epoch)
            await _run_while_held(leadership, run, stop)
            continue
        if not waiting:
            waiting = True
            log("leadership").info("standing by", part=leadership.name)
        await pause(stop, STAND_BY_SECONDS)


async def _taken(leadership: Leadership) -> bool:
    try:
        return await asyncio.to_thread(leadership.take)
    except (DBAPIError, GridDutyError) as error:
        log("leadership").error("could not ask for the lock", part=leadership.name, error=scrub(str(error)))
        return False


async def _run_while_held(
    leadership: Leadership, run: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event
) -> None:
    own = asyncio.Event()
    watch = asyncio.create_task(_watch(leadership, own, stop))
    try:
        await run(own)
    except LeadershipLost:
        log("leadership").warning("another has taken over", part=leadership.name)
    finally:
        own.set()
        await watch
        leadership.give_up()


async def _watch(leadership: Leadership, own: asyncio.Event, stop: asyncio.Event) -> None:
    """End the part when all is stopped, or when the lock's connection no longer answers."""
    while not own.is_set():
        await either(own, stop, STAND_BY_SECONDS)
        if stop.is_set() or not await _is_held(leadership):
            own.set()


async def _is_held(leadership: Leadership) -> bool:
    try:
        return await asyncio.wait_for(asyncio.to_thread(leadership.is_held), ANSWER_SECONDS)
    except TimeoutError:
        return False


def _number(name: str) -> int:
    """The number of an advisory lock: 64 bits, signed."""
    return int.from_bytes(blake2b(f"gridduty:{name}".encode(), digest_size=8).digest(), signed=True)
