"""Copies the photos that are used into our own store, and lets go of those past their date.

The table says what is to be done, so a kill at any moment costs a repetition at most: content is kept once
by its hash. A row that is being copied comes up again when its lease is over.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.base.clock import Clock
from bot.base.errors import DatabaseBusy, GridDutyError, LeadershipLost, OperatorError
from bot.base.logs import log, scrub
from bot.base.waiting import pause
from bot.outbox.troubles import Troubles
from bot.photos import fetch_queue
from bot.photos.fetch_queue import FetchOutcome, Waiting
from bot.settings import Settings
from bot.storage import images
from bot.storage.blobs import BlobStore, StoreTrouble, store_of
from bot.storage.database import Database, is_trouble
from bot.storage.images import NoPicture
from bot.telegram_api import Api, Declined, NotSent, Odd, Unsure

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 4
NAP_SECONDS = 1.0
SETTLE_TRIES = 10
# After the store or Telegram was in trouble: nothing more is begun.
REST_SECONDS = 5.0
# How often Telegram may say that there is no such file, and a picture be broken, before we believe it.
DENIALS, BREAKS = 8, 2
_BAD, _GONE, _TOO_LARGE = 400, 404, 413


@dataclass(slots=True)
class Fetch:
    """The part that copies."""

    db: Database
    api: Api
    settings: Settings
    clock: Clock
    open_store: Callable[[], BlobStore] | None = None
    troubles: Troubles = field(default_factory=Troubles)
    _store: BlobStore | None = None
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)
    _rest_until: float = 0.0
    # One at a time: a large picture takes some hundred megabytes while it is looked at.
    _table: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "pictures"))

    async def run(self, stop: asyncio.Event) -> None:
        """Copy until stopped. What is under way is dropped: it is begun again."""
        try:
            recovered = False
            while not stop.is_set():
                try:
                    if not recovered:
                        await self._write(
                            lambda session: fetch_queue.recover(session, self._bot, self.clock.now())
                        )
                        recovered = True
                    busy = await self._step()
                except LeadershipLost:
                    raise
                except Exception as error:
                    busy = False
                    await self._after_failure(error)
                if not busy:
                    await pause(stop, NAP_SECONDS)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)
            self._table.shutdown(wait=False)

    async def _after_failure(self, error: Exception) -> None:
        """The database is in trouble; or there is a row in it that cannot be read, which is set aside."""
        self._rest_until = self.clock.monotonic() + REST_SECONDS
        if is_trouble(error):
            log("fetch").error("database", error=scrub(str(error)))
            return
        log("fetch").error("step failed", exc_info=error)
        self.troubles.note("fetch", type(error).__name__)
        try:
            rows = await self._write(fetch_queue.set_aside_unreadable, self._bot)
        except DBAPIError as further:
            log("fetch").error("database", error=scrub(str(further)))
            return
        for number, why in rows.items():
            log("fetch").error("set aside", photo=number, error=scrub(why))

    @property
    def _bot(self) -> int:
        return self.settings.bot_id

    async def _step(self) -> bool:
        """Begin what there is room for; whether there was anything."""
        room = AT_ONCE - len(self._under_way)
        if room <= 0 or self.clock.monotonic() < self._rest_until:
            return False
        with self.db.read() as session:
            if not fetch_queue.is_work(session, self._bot, self.clock.now()):
                return False
        rows = await self._write(fetch_queue.claim, self._bot, self.clock.now(), room)
        for row in rows:
            task = asyncio.create_task(self._copy(row))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        if rows or self._under_way:
            # What is being copied may be the same content as what would be let go.
            return bool(rows)
        return await self._let_go()

    async def _copy(self, row: Waiting) -> None:
        """Copy one photo; whatever happens is written down, or comes up again."""
        try:
            outcome = await self._copied(row)
        except (NotSent, Unsure, Declined, OperatorError) as error:
            outcome = self._after(row, error)
        except NoPicture as error:
            outcome = FetchOutcome(row, refused=row.tries > BREAKS, problem=str(error))
        except Exception as error:
            outcome = self._not_understood(row, error)
        if outcome.problem:
            log("fetch").warning("not copied", photo=row.id, tries=row.tries, error=outcome.problem)
        await self._settle(outcome)

    async def _settle(self, outcome: FetchOutcome) -> None:
        """Write it down; where that cannot be done in time, the photo comes up again."""
        for _ in range(SETTLE_TRIES):
            try:
                await self._write(fetch_queue.settle, outcome, self.clock.now(), self.settings)
                return
            except (DatabaseBusy, DBAPIError) as error:
                log("fetch").error("database", error=scrub(str(error)))
                await asyncio.sleep(NAP_SECONDS)
            except GridDutyError:
                # Another process has taken over.
                return
            except Exception as error:
                # What was found cannot be written down: without it.
                outcome = self._not_understood(outcome.row, error)

    def _not_understood(self, row: Waiting, error: Exception) -> FetchOutcome:
        """Our own mistake: it is tried again, but not for ever."""
        log("fetch").error("could not copy", photo=row.id, exc_info=error)
        self.troubles.note("fetch", type(error).__name__)
        return FetchOutcome(row, lost=row.tries >= DENIALS, problem=scrub(repr(error))[:200])

    async def _copied(self, row: Waiting) -> FetchOutcome:
        data = await self.api.download(row.file_id)
        clean = await asyncio.get_running_loop().run_in_executor(self._table, images.cleaned, data)
        store = await self._opened()
        key = await asyncio.to_thread(store.put, clean.data)
        return FetchOutcome(row, key=key, clean=clean)

    def _after(self, row: Waiting, error: Exception) -> FetchOutcome:
        """What a failure means: for good, or to be tried again when whoever was in trouble has had a rest."""
        told = scrub(str(error))[:200]
        if isinstance(error, Odd):
            # What is said of this one says nothing about the others.
            return FetchOutcome(row, lost=row.tries >= DENIALS, problem=told)
        if isinstance(error, Declined):
            if error.code == _TOO_LARGE or "too big" in error.description:
                return FetchOutcome(row, refused=True, problem=told)
            if error.code == _BAD:
                return FetchOutcome(row, lost=row.tries >= DENIALS, problem=told)
            if error.code == _GONE:
                # The link has died: a new one is asked for the next time.
                return FetchOutcome(row, problem=told)
        wait = max(REST_SECONDS, getattr(error, "retry_after", 0.0))
        self._rest_until = self.clock.monotonic() + wait
        return FetchOutcome(row, problem=told)

    async def _let_go(self) -> bool:
        """Erase one copy past its date that nothing else shows; whether there was one."""
        with self.db.read() as session:
            left = fetch_queue.left_over(session)
        if left is None:
            return False
        if not left.shared:
            try:
                store = await self._opened()
                await asyncio.to_thread(store.delete, left.key)
            except StoreTrouble as error:
                log("fetch").warning("not erased", key=left.key, error=scrub(str(error)))
                self._rest_until = self.clock.monotonic() + REST_SECONDS
                return False
            except Exception as error:
                # No key of ours: there is nothing to be erased.
                log("fetch").error("not erased", key=left.key, exc_info=error)
        await self._write(fetch_queue.forget, left.key)
        return True

    async def _opened(self) -> BlobStore:
        if self._store is None:
            opening = self.open_store or (lambda: store_of(self.settings.photos))
            self._store = await asyncio.to_thread(opening)
        return self._store

    async def _write(self, deed: Callable[Concatenate[Session, P], T], *args: P.args, **more: P.kwargs) -> T:
        async with self.db.write() as session:
            return deed(session, *args, **more)
