"""Ours, as `gridduty run` runs it: inbox, one transaction a batch, outbox, all in one process."""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path

import uvloop

from bot.base.clock import clock
from bot.base.logs import set_up
from bot.run import run_parts
from bot.settings import load
from bot.storage.database import Database


async def main() -> None:
    """url base_url token [the moment at which the clock begins]"""
    url, base_url, token = sys.argv[1:4]
    if any(sys.argv[4:]):
        clock.set(datetime.fromisoformat(sys.argv[4]))
    environment = {
        "GRIDDUTY_DATABASE__URL": url,
        "GRIDDUTY_TELEGRAM__BASE_URL": base_url,
        "GRIDDUTY_TELEGRAM__TOKEN": token,
        "GRIDDUTY_DELIVERY__RATE": "0",
        "GRIDDUTY_DELIVERY__IN_FLIGHT": "64",
    }
    settings = load(Path(__file__).parents[2] / "config.toml", {**environment, **os.environ})
    set_up(settings.logs.level)
    await run_parts(settings, Database(settings.database), clock, asyncio.Event())


if __name__ == "__main__":
    uvloop.run(main())
