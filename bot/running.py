"""Runs the parts, together in one event loop or only some of them."""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from typing import Any

from bot import markers
from bot.app import build
from bot.clock import Clock
from bot.database import Database
from bot.deliver import Deliver
from bot.process import Process
from bot.receive import Receive
from bot.request import Api
from bot.scheduler import Scheduler
from bot.settings import Settings

PARTS = ("receive", "process", "deliver", "schedule")


async def run_parts(
    settings: Settings, db: Database, clock: Clock, stop: asyncio.Event, only: Sequence[str] = PARTS
) -> None:
    """Run these parts until stopped. A part that ends with an error stops the others and raises it."""
    seconds, flights = settings.delivery.timeout_seconds, settings.delivery.in_flight
    api = Api(settings.telegram, seconds, connections=flights + 64)
    with db.read() as session:
        user = json.loads(markers.get(session, "bot_user") or "null")
    process = Process(db, await build(settings, user), api, settings, clock)
    receive = Receive(db, api, settings, clock, stored=process.wake)
    deliver = Deliver(db, api, settings, clock, wake=process.committed)
    scheduler = Scheduler(db, settings, clock, committed=process.committed)
    runs = {"receive": receive.run, "process": process.run, "deliver": deliver.run, "schedule": scheduler.run}
    try:
        await _together([runs[name](stop) for name in only], stop)
    finally:
        await api.close()


async def _together(runs: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    tasks = [asyncio.create_task(run) for run in runs]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    await asyncio.gather(*tasks)
