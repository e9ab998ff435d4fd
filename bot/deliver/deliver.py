"""Sends what the outbox holds until Telegram has taken it.

Each cycle is one short transaction: it writes down what became of the last sends and claims the
next ones, marked `sending` before they go. One message is in flight for a chat.
"""

import asyncio
import traceback
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.access import SYSTEM, Work
from bot.base.clock import Clock
from bot.base.errors import LeadershipLost
from bot.base.logs import log, scrub
from bot.base.waiting import either, pause
from bot.deliver import queue
from bot.deliver.attachments import Attachments
from bot.deliver.drawing import DrawingProcess
from bot.deliver.queue import Delivery, Result, Room
from bot.deliver.rate_limit import RateLimiter
from bot.deliver.reactions import BacklogReactions
from bot.deliver.send_errors import RetryDecision
from bot.deliver.sender import Sender
from bot.features.people import groups
from bot.outbox.notices import Lane
from bot.outbox.troubles import Troubles
from bot.settings import Settings
from bot.storage.database import Database, is_trouble, savepoint
from bot.telegram_api import Api, Declined
from models import OutboxState

STOPPED_SECONDS = 5.0
# How long nobody looks whether something has become due, where nothing wakes it.
NAP_SECONDS = 1.0
# Between two tries where one after the other fails.
LONGEST_PAUSE = 30.0
LONGEST_ERROR = 8000
# So many messages may wait for their pictures without keeping others waiting.
MOST_ASIDE = 16


@dataclass(slots=True)
class Deliver:
    """The part that sends."""

    db: Database
    api: Api
    settings: Settings
    clock: Clock
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    troubles: Troubles = field(default_factory=Troubles)
    _pace: RateLimiter = field(init=False)
    _nods: BacklogReactions = field(init=False)
    _studio: DrawingProcess = field(init=False)
    _posting: Sender = field(init=False)
    _in_flight: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _results: list[Result] = field(default_factory=list)
    _looked_at: float = 0.0
    _behind: bool = False
    # Whether the last cycle looked for more than calls for help.
    _claimed: bool = False
    _closed_until: float = 0.0
    # Chats whose replies did not go together.
    _send_in_two: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._pace = RateLimiter(self.settings.delivery.rate)
        self._nods = BacklogReactions(self.api, self.settings.bot_id, self.clock)
        self._studio = DrawingProcess(self.settings.drawing)
        attachments = Attachments(self.db, self.api, self.settings, self._studio)
        self._posting = Sender(
            self.db, self.api, self.settings, self.clock, attachments, self._heed, self.wake
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Send until stopped; what is in flight is finished and written down."""
        recovered, failures = False, 0
        while not stop.is_set():
            self.wake.clear()
            try:
                if not recovered:
                    async with self.db.write() as session:
                        queue.recover(session, self.settings.bot_id)
                    recovered = True
                started = await self._cycle()
                failures = 0
            except LeadershipLost:
                raise
            except Exception as error:
                failures += 1
                await self._after_failure(error)
                await pause(stop, min(2.0**failures / 4, LONGEST_PAUSE))
                continue
            if not started:
                await either(self.wake, stop, self._nap())
        for chat in self._posting.waiting & self._in_flight.keys():
            self._in_flight[chat].cancel()
        await asyncio.gather(*self._in_flight.values())
        await self._studio.close()
        try:
            await self._cycle(claiming=False)
        except DBAPIError as error:
            # What was being sent is looked into at the next start.
            log("deliver").error("database", error=scrub(str(error)))
        await self._nods.finish()

    async def _after_failure(self, error: Exception) -> None:
        """The database is in trouble; or there is a row in it that cannot be read, which is set aside."""
        if is_trouble(error):
            log("deliver").error("database", error=scrub(str(error)))
            return
        log("deliver").error("cycle failed", exc_info=error)
        self.troubles.note("deliver", type(error).__name__)
        try:
            async with self.db.write() as session:
                rows = queue.set_aside_unreadable(session, self.settings.bot_id)
        except DBAPIError as further:
            log("deliver").error("database", error=scrub(str(further)))
            return
        for number, why in rows.items():
            log("deliver").error("set aside", row=number, error=scrub(why))

    def _nap(self) -> float:
        now = self.clock.monotonic()
        wait = self._pace.wait(now)
        if 0 < wait < 1:
            return wait
        if not self._claimed and self._room(now):
            # There was no room a moment ago: nobody has looked whether something waits.
            return 0.0
        return 0.25 if self._pace.closed_chats(now) else NAP_SECONDS

    async def _cycle(self, claiming: bool = True) -> int:
        """One transaction: settle, claim. Returns how many sends it started."""
        now = self.clock.monotonic()
        room = self._room(now) if claiming else 0
        self._claimed = room > 0 and self._pace.room(now, 1) > 0
        if not room and not self._results:
            return 0
        results, self._results = self._results, []
        try:
            async with self.db.write() as session:
                self._settle(session, results)
                self._tell_of_topics(session, results)
                self._look_around(session, now)
                deliveries = self._claim(session, now, room) if room else []
        except BaseException:
            self._results = results + self._results
            raise
        for delivery in deliveries:
            self._start(delivery, now)
        self._nods.go()
        return len(deliveries)

    def _settle(self, session: Session, results: list[Result]) -> None:
        """Write down what became of sends; where one of them cannot be written down, it alone has failed."""
        if not results:
            return
        now, bot = self.clock.now(), self.settings.bot_id
        try:
            with savepoint(session):
                queue.settle(session, results, now, bot)
        except Exception as error:
            if is_trouble(error):
                raise
            if len(results) > 1:
                for result in results:
                    self._settle(session, [result])
            else:
                failed = self._not_made(results[0].delivery, error)
                queue.set_aside(session, failed.delivery, failed.error or "")

    def _tell_of_topics(self, session: Any, results: list[Result]) -> None:
        """Whoever bound a group learns that its topic is no more."""
        moment = self.clock.now()
        for thread, chat in {
            (r.delivery.lost_thread, r.delivery.chat_id) for r in results if r.delivery.lost_thread
        }:
            groups.topic_gone(Work(session, SYSTEM, moment, self.settings), chat, thread or 0)

    def _room(self, now: float) -> int:
        aside = min(len(self._posting.waiting), MOST_ASIDE)
        free = self.settings.delivery.in_flight - (len(self._in_flight) - aside)
        if now < self._closed_until or free <= 0:
            return 0
        return self._pace.room(now, free) or int(self._pace.sos_room(now))

    def _claim(self, session: Any, now: float, room: int) -> list[Delivery]:
        busy = [*self._in_flight, *self._pace.closed_chats(now)]
        apart = self._send_in_two if self._behind else None
        bot, moment = self.settings.bot_id, self.clock.now()
        return queue.claim(session, Room(bot, moment, self._lanes(now), busy, room), apart)

    def _lanes(self, now: float) -> list[int]:
        """What may go now: all; only calls for help on their own token; no reminders while replies wait."""
        if not self._pace.room(now, 1):
            return [Lane.SOS]
        if self._pace.is_paused(now):
            return [Lane.SOS, Lane.REPLY]
        if self._behind:
            return [Lane.SOS, Lane.REPLY, Lane.URGENT]
        return list(Lane)

    def _look_around(self, session: Any, now: float) -> None:
        """Once a second: release what waited, and see whether replies are late."""
        if now - self._looked_at < 1:
            return
        self._looked_at = now
        moment = self.clock.now()
        queue.release_held(session, self.settings.bot_id, moment)
        queue.drop_late(session, self.settings.bot_id, moment)
        resting = self._pace.closed_chats(now)
        self._behind = queue.replies_behind(session, self.settings.bot_id, moment, resting)
        if self._behind:
            self._nods.look(session)
        else:
            self._send_in_two.clear()

    def _start(self, delivery: Delivery, now: float) -> None:
        try:
            self._pace.spend(delivery.chat_id, delivery.lane, now)
        except Exception as error:
            self._results.append(self._not_made(delivery, error))
            return
        self._in_flight[delivery.chat_id] = asyncio.create_task(self._send(delivery))

    async def _send(self, delivery: Delivery) -> None:
        """Send one delivery; whatever happens, its result is kept for the next cycle."""
        group = [delivery, *delivery.more]
        try:
            results = await self._posting.post(group)
        except asyncio.CancelledError:
            # It waited for its picture, and nothing was sent.
            results = [Result(each, OutboxState.PENDING, message_id=each.message_id) for each in group]
        except Exception as error:
            results = [self._not_made(delivery, error)]
        if len(group) > 1 and any(r.state is OutboxState.FAILED and not r.reach for r in results):
            # One of them is bad: let each go for itself.
            self._send_in_two.add(delivery.chat_id)
            results = [Result(each, OutboxState.PENDING) for each in group]
        self._results += results
        del self._in_flight[delivery.chat_id]
        self.wake.set()

    def _not_made(self, delivery: Delivery, error: Exception) -> Result:
        if is_trouble(error):
            log("deliver").error("database", error=scrub(str(error)))
            self._pace.rest(delivery.chat_id, 1.0, self.clock.monotonic())
            return Result(delivery, OutboxState.PENDING, message_id=delivery.message_id)
        log("deliver").error("could not make a message", kind=delivery.kind, exc_info=error)
        self.troubles.note("deliver", type(error).__name__)
        told = scrub("".join(traceback.format_exception(error)))[-LONGEST_ERROR:]
        return Result(delivery, OutboxState.FAILED, told, tried=True)

    def _heed(self, delivery: Delivery, decision: RetryDecision, error: Exception) -> None:
        now = self.clock.monotonic()
        if decision.limited:
            self._pace.pause(delivery.chat_id, decision.pause, now)
        elif decision.pause:
            self._pace.rest(delivery.chat_id, decision.pause, now)
        if decision.stop:
            self._closed_until = now + STOPPED_SECONDS
            level = "error" if isinstance(error, Declined) else "warning"
            getattr(log("deliver"), level)("Telegram cannot be used", error=scrub(str(error)))
