"""Running the bot."""

import asyncio
import signal
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from bot.base.clock import clock
from bot.base.errors import OperatorError
from bot.base.logs import log
from bot.commands.opening import ConfigOption, Opened, opened
from bot.runtime.leadership import only_run


class Part(StrEnum):
    """What `--only` takes."""

    RECEIVE = "receive"
    PROCESS = "process"
    DELIVER = "deliver"
    SCHEDULE = "schedule"


OnlyOption = Annotated[
    list[Part] | None,
    typer.Option(
        help="Run only this part; may be given several times (PostgreSQL: any number of processes)."
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(run)


def run(only: OnlyOption = None, config: ConfigOption = None) -> None:
    """Run the bot until it is told to stop (SIGTERM or SIGINT)."""
    with opened(config) as here, only_run(here.db):
        if not here.settings.bot_id:
            raise OperatorError("telegram.token: set GRIDDUTY_TELEGRAM__TOKEN to the token of your bot")
        parts = tuple(dict.fromkeys(only or Part))
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_run(here, parts))


async def _run(here: Opened, parts: tuple[str, ...]) -> None:
    # Imported here: every other command starts sooner without handlers and python-telegram-bot.
    from bot.run import run_parts

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    log("run").info("started", parts=[str(part) for part in parts])
    await run_parts(here.settings, here.db, clock, stop, parts)
    log("run").info("stopped")


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it exists; None: asyncio's own."""
    if sys.platform != "linux":
        return None
    import uvloop

    return uvloop.new_event_loop
