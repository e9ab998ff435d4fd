"""Makes the spreadsheets that people ask for, one at a time, in a thread that only reads.

The table says what is to be made, so a kill costs a repetition at most: a lease runs out, and who comes
next begins anew. What is made goes to the store, and from there to the chat.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot import access
from bot.access import SYSTEM, Actor, Work
from bot.base.clock import Clock
from bot.base.errors import DatabaseBusy, GridDutyError, LeadershipLost, NotAllowed
from bot.base.i18n import Translator, translator
from bot.base.logs import log, scrub
from bot.base.waiting import pause
from bot.features.exports import hazard_photos, orders, sources
from bot.features.exports.orders import Order, Unusable
from bot.outbox.outbox import Recipient
from bot.outbox.troubles import Troubles
from bot.settings import Settings
from bot.storage.blobs import BlobStore, StoreTrouble, store_of
from bot.storage.database import Database, is_trouble
from bot.views.base import File

P = ParamSpec("P")
T = TypeVar("T")

NAP_SECONDS = 1.0
# How often at most the progress is written down.
TOLD_SECONDS = 3.0
# Telegram takes files of up to 50 MB; a workbook of so many rows stays well below.
SPLIT_ROWS = 200_000
# … and with two small photos, some 10 kB each, in every row.
SPLIT_PHOTO_ROWS = 1_500
TICK_ROWS = 1000
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


@dataclass(slots=True)
class Exporting:
    """The part that makes spreadsheets."""

    db: Database
    settings: Settings
    clock: Clock
    committed: asyncio.Event
    open_store: Callable[[], BlobStore] | None = None
    troubles: Troubles = field(default_factory=Troubles)
    _store: BlobStore | None = None
    _told: tuple[int, int] | None = field(default=None)

    async def run(self, stop: asyncio.Event) -> None:
        """Make spreadsheets until stopped; the one under way is begun anew by whoever comes next."""
        while not stop.is_set():
            try:
                busy = await self._step(stop)
            except LeadershipLost:
                raise
            except (DatabaseBusy, DBAPIError) as error:
                log("exporting").error("database", error=scrub(str(error)))
                busy = False
            except Exception as error:
                self._note("step failed", error)
                busy = False
            if not busy:
                await pause(stop, NAP_SECONDS)

    async def _step(self, stop: asyncio.Event) -> bool:
        with self.db.read() as session:
            work = self._work(session)
            if not orders.is_waiting(work):
                old = orders.past_date(work)
                return await self._let_go(*old) if old else False
        order = await self._claimed()
        self.committed.set()
        if order is not None:
            await self._make(order, stop)
        return True

    async def _claimed(self) -> Order | None:
        """The next order; one that makes no sense is given up."""
        try:
            return await self._write(orders.claim)
        except Unusable as error:
            self._note("an order makes no sense", error, export=error.number)
            await self._write(orders.give_up, error.number)
            return None

    async def _let_go(self, number: int, keys: list[str]) -> bool:
        """Erase the files of one that was sent long ago."""
        try:
            store = await asyncio.to_thread(self._opened)
            for key in keys:
                await asyncio.to_thread(store.delete, key)
        except StoreTrouble as error:
            log("exporting").warning("not erased", export=number, error=scrub(str(error)))
            return False
        await self._write(orders.forget_files, number)
        return True

    async def _make(self, order: Order, stop: asyncio.Event) -> None:
        """Make one; a failure comes up again when its lease is over."""
        try:
            with self.db.read() as session:
                actor = access.actors_of(session, order.bot, [order.chat_id]).get(order.chat_id)
            if actor is None:
                raise NotAllowed("access-refused")
            orders.require_still(actor, order)
            await self._make_for(actor, order, stop)
        except NotAllowed:
            await self._write(orders.give_up, order.number)
        except LeadershipLost:
            raise
        except (StoreTrouble, OSError, GridDutyError) as error:
            log("exporting").error("could not make", export=order.number, error=scrub(str(error)))
        except Exception as error:
            if is_trouble(error):
                raise
            self._note("could not make", error, export=order.number)
        self.committed.set()

    def _note(self, event: str, error: Exception, **where: object) -> None:
        log("exporting").error(event, exc_info=error, **where)
        self.troubles.note("exporting", type(error).__name__)

    async def _make_for(self, actor: Actor, order: Order, stop: asyncio.Event) -> None:
        with tempfile.TemporaryDirectory(prefix="gridduty-") as folder:
            work = asyncio.create_task(asyncio.to_thread(self._write_files, actor, order, Path(folder)))
            while not work.done():
                await asyncio.wait([work], timeout=TOLD_SECONDS)
                if not work.done() and self._told:
                    done, total = self._told
                    await self._write(orders.progress, order.number, done, total)
                    self.committed.set()
            rows, written = work.result()
            files = [await asyncio.to_thread(self._put, file) for file in written]
        to = Recipient(order.bot, order.chat_id, actor.locale, actor.person_id)
        await self._write(orders.finish, order, to, rows, files)

    def _write_files(self, actor: Actor, order: Order, folder: Path) -> tuple[int, list[Path]]:
        """Write the workbook in parts; how many rows, and the files."""
        tr = translator(actor.locale)
        written: list[Path] = []
        count = 0
        with self.db.read() as session:
            work = self._work(session).by(actor)
            total = sources.count(work, order.what, order.scope)
            self._told = (0, total)
            rows = sources.rows(work, order.what, order.scope)
            size = SPLIT_PHOTO_ROWS if order.with_photos else SPLIT_ROWS
            for part, chunk in enumerate(_parts(rows, size), start=1):
                file = folder / _name(order, tr, part if total > size else 0)
                counted = self._counted(chunk, count, total)
                if order.with_photos:
                    store = self._opened()
                    count += hazard_photos.write_workbook(work, order.scope, counted, store, file, tr)
                else:
                    count += sources.write_workbook(file, counted, order.what, self.settings, tr)
                written.append(file)
        return count, written

    def _counted(self, rows: Iterator[T], before: int, total: int) -> Iterator[T]:
        for number, row in enumerate(rows, start=before + 1):
            if number % TICK_ROWS == 0:
                self._told = (number, total)
                # Others of this process want their turn too.
                time.sleep(0)
            yield row

    def _put(self, file: Path) -> File:
        return File(self._opened().put(file.read_bytes(), "xlsx"), file.name)

    def _opened(self) -> BlobStore:
        if self._store is None:
            self._store = (self.open_store or (lambda: store_of(self.settings.photos)))()
        return self._store

    def _work(self, session: Session) -> Work:
        return Work(session, SYSTEM, self.clock.now(), self.settings)

    async def _write(self, deed: Callable[Concatenate[Work, P], T], *args: P.args, **more: P.kwargs) -> T:
        async with self.db.write() as session:
            return deed(self._work(session), *args, **more)


def _name(order: Order, tr: Translator, part: int) -> str:
    """What the file is called; `part` 0: it is the only one."""
    days = f"{order.scope.since:%Y%m%d}-{order.scope.until:%Y%m%d}"
    name = f"{tr.plain(f'export-{order.what}')} {order.area} {days}" + (f" {part}" if part else "")
    return _NOT_IN_NAMES.sub(" ", name) + ".xlsx"


def _parts(rows: Iterator[T], size: int) -> Iterator[Iterator[T]]:
    """The rows in portions, at least one, even an empty one."""
    first = True
    while True:
        head = list(islice(rows, 1))
        if not head and not first:
            return
        first = False
        yield chain(head, islice(rows, size - 1))
