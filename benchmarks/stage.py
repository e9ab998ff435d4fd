"""The real bot on leaping time: jobs, process and deliver in one loop, with Telegram's limits on."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, SQLModel

from benchmarks.swift import LeapingClock, caller, run
from benchmarks.watches import FIRST_USER, Duty, Evening, Many, Watches, update
from bot import access
from bot.access import SYSTEM, Work
from bot.app import build
from bot.deliver.deliver import Deliver
from bot.features.households import daily_answer
from bot.features.reminders.notices import Reminder
from bot.outbox.notices import Lane
from bot.outbox.outbox import Recipient, enqueue
from bot.playground.ledger import CallRecord
from bot.playground.runner import Playground
from bot.process.process import Process
from bot.receive.receive import store
from bot.schedule.scheduler import Scheduler
from bot.settings import DatabaseSettings, load
from bot.storage.database import Database
from jobs import ALL, summaries
from jobs.job import Batch, Job, Occasion

CONFIG = Path(__file__).parents[1] / "config.toml"
# Pictures are drawn in a process of their own, which knows no leaping time.
DRAWN = {job.name for job in (summaries.DAILY, summaries.WEEKLY, summaries.MONTHLY, summaries.QUARTERLY)}
JOBS = tuple(job for job in ALL if job.name not in DRAWN)


class Stopwatch(Database):
    """Measures how long the jobs' writes hold up everybody else, in seconds of real time."""

    def __init__(self, settings: DatabaseSettings) -> None:
        super().__init__(settings)
        self.taken: dict[str, list[float]] = defaultdict(list)
        self._at_work = ""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A write transaction, timed once it has the writer."""
        self._at_work = "open slots"
        async with super().write() as session:
            started = time.perf_counter()
            yield session
        self.taken[self._at_work].append(time.perf_counter() - started)

    def watched(self, job: Job) -> Job:
        """The job, saying its name."""

        def run(work: Work, occasion: Occasion) -> Batch:
            self._at_work = job.name
            return job.run(work, occasion)

        return replace(job, run=run)


class Killed(Exception):
    """The end of a bot that nobody has stopped."""


class Stage:
    """A bot at work for a prefecture; `start` is where the clock begins."""

    def __init__(
        self, watches: Watches, folder: Path, start: datetime, *, synchronous: str = "OFF", **own: str
    ) -> None:
        self.watches = watches
        self.jobs: Sequence[Job] = JOBS
        self.clock = LeapingClock(start)
        self.playground = Playground(
            now=self.clock.now, monotonic=self.clock.monotonic, keep_calls=10_000_000
        )
        environment = {
            "GRIDDUTY_TELEGRAM__TOKEN": self.playground.token,
            "GRIDDUTY_TELEGRAM__BASE_URL": self.playground.base_url,
            "GRIDDUTY_DATABASE__URL": f"sqlite:///{folder / 'watches.sqlite3'}",
            "GRIDDUTY_DATABASE__SYNCHRONOUS": synchronous,
            "GRIDDUTY_LOGS__LEVEL": "WARNING",
        }
        self.settings = load(CONFIG, environment | {f"GRIDDUTY_{name}": value for name, value in own.items()})
        self.db = Database(self.settings.database)
        SQLModel.metadata.create_all(self.db.writer)
        with self.db.write_now() as session:
            watches.settle(session, self.settings.bot_id)
        for number in range(1, watches.workers + watches.heads + watches.townships + 1):
            user = self.playground.world.add_user(f"岩{number}", FIRST_USER + number)
            self.playground.world.private_chat(self.playground.bot, user).started = True
        self.stopwatch = Stopwatch(self.settings.database)
        self.told: dict[str, datetime] = {}
        self._numbers, self._start = 1_000, start
        # Up to when everybody has done what they do.
        self.lived = start

    def play(self, until: datetime, *, urgent_every: float = 0, killed: bool = False) -> None:
        """Let the time pass up to this moment; every so many seconds something urgent is to be told.
        `killed`: the bot breaks off there, whatever it is doing, and writes nothing down."""
        with suppress(Killed):
            run(self.clock, self._play(until, urgent_every, killed))
        self.lived = until

    async def _play(self, until: datetime, urgent_every: float, killed: bool) -> None:
        stop, stored, committed = asyncio.Event(), asyncio.Event(), asyncio.Event()
        api = caller(self.playground, self.settings.telegram)
        app = await build(self.settings, {"username": "duty_bot"})
        process = Process(self.db, app, api, self.settings, self.clock, stored, committed)
        deliver = Deliver(self.db, api, self.settings, self.clock, committed)
        jobs = [self.stopwatch.watched(job) for job in self.jobs]
        scheduler = Scheduler(self.stopwatch, self.settings, self.clock, committed, jobs)
        parts = [asyncio.create_task(part.run(stop)) for part in (process, deliver, scheduler)]
        deeds = [asyncio.create_task(self._live(until, stored, committed))]
        if urgent_every:
            deeds.append(asyncio.create_task(self._call_out(until, urgent_every, committed)))
        await self._sleep_until(until)
        if killed:
            raise Killed
        stop.set()
        await asyncio.gather(*parts, *deeds)

    def skip_to(self, moment: datetime) -> None:
        """Let the time pass while the bot is down."""
        self.clock.leap((moment - self.clock.now()).total_seconds())

    async def _sleep_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self.clock.now()).total_seconds()))

    async def _live(self, until: datetime, stored: asyncio.Event, committed: asyncio.Event) -> None:
        """Everybody does what they do."""
        for at, deed in _deeds(self.watches):
            if at >= until:
                return
            if at < self.lived:
                continue
            await self._sleep_until(at)
            if isinstance(deed, Evening):
                await self._all_well(deed)
                committed.set()
                continue
            if isinstance(deed, Many):
                await self._say_to_many(deed)
                committed.set()
                continue
            self._numbers += 1
            told = update(deed.person, self._numbers, at, come=at == deed.come)
            async with self.db.write() as session:
                store(session, self.settings.bot_id, [told], self.clock)
            stored.set()

    async def _all_well(self, evening: Evening) -> None:
        now, user = self.clock.now(), FIRST_USER + evening.person
        day = now.astimezone(self.settings.work.zone).date()
        async with self.db.write() as session:
            actor = access.actors_of(session, self.settings.bot_id, [user])[user]
            daily_answer.all_well(Work(session, actor, now, self.settings), day)

    async def _call_out(self, until: datetime, every: float, committed: asyncio.Event) -> None:
        """Something urgent for one person after another."""
        number = 0
        while self.clock.now() < until - timedelta(seconds=60):
            number += 1
            person = 1 + number * 37 % self.watches.workers
            words = f"!{number}!"
            await self.say(words, person, urgent=True)
            committed.set()
            await asyncio.sleep(every)

    async def say(self, words: str, person: int, *, urgent: bool, held: bool = False) -> None:
        """Tell a person these words, by the reminders' own kinds."""
        now, user = self.clock.now(), FIRST_USER + person
        self.told[words] = now
        notice = _said_to(person, words, urgent=urgent, held=held)
        to = Recipient(self.settings.bot_id, user, "zh_CN", person)
        async with self.db.write() as session:
            enqueue(Work(session, SYSTEM, now, self.settings), notice, to, f"said:{words}:{user}")

    async def _say_to_many(self, many: Many) -> None:
        """Say it to all of them, some hundred at a time."""
        urgent = many.lane is Lane.URGENT
        now, bot = self.clock.now(), self.settings.bot_id
        for first in range(0, len(many.people), 500):
            async with self.db.write() as session:
                for person in many.people[first : first + 500]:
                    to = Recipient(bot, FIRST_USER + person, "zh_CN", person)
                    notice = _said_to(person, many.words, urgent=urgent, held=many.held)
                    for time_ in range(many.times):
                        key = f"many:{many.words}:{person}:{time_}"
                        enqueue(Work(session, SYSTEM, now, self.settings), notice, to, key)
            if many.lane is Lane.BROADCAST:
                async with self.db.write() as session:
                    session.execute(_TO_BROADCAST)

    def remind_all(self) -> None:
        """One reminder for every worker at once, that may not be repeated."""
        now, bot = self.clock.now(), self.settings.bot_id
        with self.db.write_now() as session:
            for person in range(1, self.watches.workers + 1):
                to = Recipient(bot, FIRST_USER + person, "zh_CN", person)
                notice = _said_to(person, "⏳", urgent=False, held=False)
                enqueue(Work(session, SYSTEM, now, self.settings), notice, to, f"load:{person}")

    def sent(self, prefix: str = "") -> list[CallRecord]:
        """The messages that Telegram has taken whose words begin like this."""
        return [
            call
            for call in self.playground.ledger.calls
            if call.status == 200
            and call.method.startswith("send")
            and str(call.params.get("text", "")).startswith(prefix)
        ]

    def moment(self, call: CallRecord) -> datetime:
        """When Telegram took a message, on the clock as it ran."""
        return self._start + timedelta(seconds=call.at)

    def close(self) -> None:
        """Give back what is open."""
        self.db.close()
        self.stopwatch.close()

    def __enter__(self) -> "Stage":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# No kind of notice goes by this lane so far: these are put on it by hand.
_TO_BROADCAST = text(
    "UPDATE outbox SET lane = 4 WHERE key LIKE 'many:📣%' AND state = 'pending' AND lane = 3"
)


def _said_to(person: int, words: str, *, urgent: bool, held: bool) -> Reminder:
    """A reminder for who holds a role; roles are numbered as the people."""
    return Reminder(zh_CN=words, en=words, about="role", id=person, through=not held, urgent=urgent)


def _deeds(watches: Watches) -> Sequence[tuple[datetime, Duty | Evening | Many]]:
    """What is done, in order of time."""
    found: list[tuple[datetime, Duty | Evening | Many]] = [(many.at, many) for many in watches.many]
    for duty in watches.duties:
        found += [(at, duty) for at in (duty.come, duty.go) if at]
    found += [(evening.answer, evening) for evening in watches.evenings if evening.answer]
    return sorted(found, key=lambda pair: pair[0])
