"""Runs the parts, together in one event loop or only some of them."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from bot.app import build
from bot.base import answers as base_answers
from bot.base.clock import Clock
from bot.deliver.deliver import Deliver
from bot.features.exports.worker import Exporting
from bot.outbox.troubles import Troubles
from bot.photos.fetch import Fetch
from bot.process.process import Process
from bot.receive.receive import Receive
from bot.runtime import metrics
from bot.runtime.leadership import LED, Leadership, lead
from bot.runtime.wakeups import Wakeups
from bot.schedule.scheduler import Scheduler
from bot.settings import Settings
from bot.storage import values
from bot.storage.database import Database
from bot.telegram_api import Api

PARTS = ("receive", "process", "deliver", "schedule")


async def run_parts(
    settings: Settings, db: Database, clock: Clock, stop: asyncio.Event, only: Sequence[str] = PARTS
) -> None:
    """Run these parts until stopped. A part that ends with an error stops the others and raises it."""
    seconds, flights = settings.delivery.timeout_seconds, settings.delivery.in_flight
    troubles = Troubles()
    api = Api(settings.telegram, seconds, flights + 64, lambda odd: troubles.note("telegram", odd.method))
    user = _kept_user(db)
    if settings.metrics.listen:
        metrics.serve(settings.metrics.listen, db, clock)
    leaderships = _leaderships(settings, db)
    dbs = {name: db.guarded(leaderships[name].check) if name in leaderships else db for name in PARTS}
    wakeups = Wakeups(db, settings.bot_id)
    stored, committed = wakeups.wakeup("inbox"), wakeups.wakeup("outbox")
    process = Process(dbs["process"], await build(settings, user), api, settings, clock, stored, committed)
    receive = Receive(dbs["receive"], api, settings, clock, stored, troubles)
    deliver = Deliver(dbs["deliver"], api, settings, clock, committed, troubles)
    fetch = Fetch(dbs["deliver"], api, settings, clock, troubles=troubles)

    async def sending(own: asyncio.Event) -> None:
        """Whoever sends also copies: one leadership for both."""
        await _together([deliver.run(own), fetch.run(own)], own)

    scheduler = Scheduler(dbs["schedule"], settings, clock, committed, troubles=troubles)
    exporting = Exporting(dbs["schedule"], settings, clock, committed, troubles=troubles)

    async def on_its_own(own: asyncio.Event) -> None:
        """What goes on without anybody waiting for an answer."""
        await _together([scheduler.run(own), exporting.run(own)], own)

    runs = {"receive": receive.run, "process": process.run, "deliver": sending, "schedule": on_its_own}
    beside = [asyncio.create_task(wakeups.run(stop))]
    beside.append(asyncio.create_task(troubles.run(db, settings, clock, stop)))
    try:
        await _together([_held(leaderships.get(name), runs[name], stop) for name in only], stop)
        await asyncio.gather(*beside)
    finally:
        for task in beside:
            task.cancel()
        await api.close()


def _kept_user(db: Database) -> dict[str, Any] | None:
    """Who the bot is, as kept; None where that is not known, or not readable."""
    with db.read() as session:
        told = values.get(session, "bot_user")
    try:
        return base_answers.bot_of(json.loads(told or "null"))
    except ValueError:
        return None


def _leaderships(settings: Settings, db: Database) -> dict[str, Leadership]:
    """What only one process at a time may do. A webhook may be served by several."""
    if db.is_sqlite:
        return {}
    shared = {"receive"} if settings.telegram.webhook_url else set()
    return {name: Leadership(db, name, settings.bot_id) for name in LED if name not in shared}


async def _held(
    leadership: Leadership | None, run: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event
) -> None:
    await (lead(leadership, run, stop) if leadership else run(stop))


async def _together(runs: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    tasks = [asyncio.create_task(run) for run in runs]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.gather(*tasks)
