"""The clock's part: one tick a second on our clock; every job's slot done once, in batches.

APScheduler's CronTrigger says when; what was done stands in the database.
"""

import asyncio
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.access import SYSTEM, Work
from bot.base.clock import Clock
from bot.base.errors import DatabaseBusy, LeadershipLost
from bot.base.logs import log, scrub
from bot.base.waiting import pause
from bot.outbox import alarms
from bot.outbox.troubles import Troubles
from bot.receive import outage
from bot.schedule import slots
from bot.settings import Settings
from bot.storage.database import Database, is_trouble, savepoint
from jobs import ALL
from jobs.job import Job
from models import Slot, SlotState

TICK_SECONDS = 1.0
TRIES = 5
RETRY_SECONDS = 60.0


@dataclass(slots=True)
class Scheduler:
    """The part that runs jobs."""

    db: Database
    settings: Settings
    clock: Clock
    # Set when a job was done: there may be something to send.
    committed: asyncio.Event
    jobs: Sequence[Job] = ALL
    troubles: Troubles = field(default_factory=Troubles)
    _due: dict[str, datetime] = field(default_factory=dict)
    _ticked_at: datetime | None = None
    _was_behind_at: datetime | None = None
    # When (on the monotonic clock) to look for unfinished slots; None: there are none.
    _look_at: float | None = 0.0

    async def run(self, stop: asyncio.Event) -> None:
        """Run what is due until stopped; the batch at work is finished."""
        while not stop.is_set():
            try:
                await self._tick(stop)
            except LeadershipLost:
                raise
            except (DatabaseBusy, OperationalError) as error:
                log("scheduler").error("database", error=scrub(str(error)))
            except Exception as error:
                self._note("tick failed", error)
            await pause(stop, TICK_SECONDS)

    def _note(self, event: str, error: Exception, **where: Any) -> None:
        log("scheduler").error(event, exc_info=error, **where)
        self.troubles.note("scheduler", type(error).__name__)

    async def _tick(self, stop: asyncio.Event) -> None:
        now = self.clock.now()
        if self._ticked_at and now < self._ticked_at:
            self._due.clear()
        self._ticked_at = now
        come = [job for job in self.jobs if self._due.get(job.name, now) <= now]
        if come:
            async with self.db.write() as session:
                waiting = self._is_behind(session, now)
                for job in come:
                    self._open(session, job, now, waiting)
                outage.note_alive(session, now)
            self._look_at = 0.0
        if self._look_at is not None and self.clock.monotonic() >= self._look_at:
            self._look_at = None
            await self._work_off(stop)

    def _open(self, session: Session, job: Job, now: datetime, waiting: bool) -> None:
        """Open what is due of this job; where that cannot be done, the others are opened all the same."""
        try:
            with savepoint(session):
                if job.judges and waiting:
                    slots.know(session, job, now)
                else:
                    self._due[job.name] = slots.open_due(Work(session, SYSTEM, now, self.settings), job)
        except Exception as error:
            if is_trouble(error):
                raise
            self._note("not opened", error, job=job.name)
            self._due[job.name] = now + timedelta(seconds=RETRY_SECONDS)

    def _is_behind(self, session: Session, now: datetime) -> bool:
        """Whether what people sent during an outage has not been handled yet: then nobody is judged."""
        if outage.behind_since(session) is not None:
            self._was_behind_at = now
            return True
        if self._was_behind_at is None:
            return False
        waited = now - self._was_behind_at
        if waited < self._settling and outage.is_working_off(session, self.settings.bot_id):
            return True
        self._was_behind_at = None
        return False

    @property
    def _settling(self) -> timedelta:
        return timedelta(minutes=self.settings.reminders.settle_minutes)

    async def _work_off(self, stop: asyncio.Event) -> None:
        with self.db.read() as session:
            unfinished = slots.running(session)
        for slot_id in unfinished:
            more = True
            while more and not stop.is_set():
                more = await self._step(slot_id)
                # Let check-ins in between two batches.
                await asyncio.sleep(0)

    async def _step(self, slot_id: int) -> bool:
        """One batch in its transaction; whether there is more to do now."""
        try:
            async with self.db.write() as session:
                slot = slots.held(session, slot_id)
                more = self._do(session, slot, self.clock.now())
        except (DatabaseBusy, OperationalError, LeadershipLost):
            self._look_at = 0.0
            raise
        except Exception as error:
            await self._failed(slot_id, error)
            return False
        self.committed.set()
        return more

    def _do(self, session: Session, slot: Slot, now: datetime) -> bool:
        job = self._job_of(session, slot)
        if job is None:
            return False
        slots.give_up_past(Work(session, SYSTEM, now, self.settings), job, slot)
        return slots.step(Work(session, SYSTEM, now, self.settings), job, slot)

    def _job_of(self, session: Session, slot: Slot) -> Job | None:
        job = next((job for job in self.jobs if job.name == slot.rule), None)
        if job is None:
            slot.state, slot.error = SlotState.FAILED, "no job has this name any more"
            session.add(slot)
        return job

    async def _failed(self, slot_id: int, error: Exception) -> None:
        """Tried again after a while; given up at last, and the admins told."""
        told = scrub("".join(traceback.format_exception(error)))[-8000:]
        now = self.clock.now()
        async with self.db.write() as session:
            rule, occasion, attempts = slots.fail(session, slot_id, told, TRIES)
            if attempts >= TRIES:
                alarms.tell_of_job(Work(session, SYSTEM, now, self.settings), rule, occasion)
            log("scheduler").error("job failed", job=rule, attempt=attempts, error=told)
        self._look_at = self.clock.monotonic() + RETRY_SECONDS
