"""The demo: the real bot in a made-up township, with a page to chat with it, all in one process."""

import asyncio
import signal
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bot import access
from bot.base import logs
from bot.base.clock import Clock
from bot.outbox import outbox
from bot.playground.backstage import Backstage
from bot.playground.phone import Phone
from bot.playground.runner import Playground
from bot.playground.site import Site
from bot.playground.township import Township, settle
from bot.run import run_parts
from bot.settings import Settings, load
from bot.storage import migrations
from bot.storage.database import Database

PORT = 8080
_GREETED_WITHIN = 10.0  # seconds the first answers may take before the page is shown all the same


def serve(port: int = PORT, at: datetime | None = None) -> None:
    """Run the demo until interrupted, on a free port if this one is taken; prints the page's address.

    `at` is the moment its clock starts from, now if None. Everything is forgotten at the end.
    """
    clock = Clock()
    if at is not None:
        clock.set(at)
    logs.set_up("ERROR")
    playground = _started(port, clock)
    try:
        with tempfile.TemporaryDirectory(prefix="gridduty-demo-") as folder:
            settings = _settings(playground, Path(folder))
            db = Database(settings.database)
            try:
                township = _found(db, playground, settings, clock)
                playground.page = Site(
                    playground, clock, settings, Backstage(db, playground, settings, clock, township)
                )
                asyncio.run(_run(playground, settings, db, clock, township, port))
            finally:
                db.close()
    finally:
        playground.stop()


def _started(port: int, clock: Clock) -> Playground:
    # Who tries things out taps faster than Telegram would let the bot answer.
    for number in (port, 0):
        playground = Playground(number, limits=False, now=clock.now)
        try:
            playground.start()
        except OSError:
            if number == 0:
                raise
        else:
            break
    return playground


def _settings(playground: Playground, folder: Path) -> Settings:
    return load(
        None,
        {
            "GRIDDUTY_TELEGRAM__TOKEN": playground.token,
            "GRIDDUTY_TELEGRAM__BASE_URL": playground.base_url,
            "GRIDDUTY_TELEGRAM__BASE_FILE_URL": playground.file_url,
            "GRIDDUTY_DATABASE__URL": f"sqlite:///{folder / 'demo.sqlite3'}",
            "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
            "GRIDDUTY_PHOTOS__URL": f"file://{folder / 'photos'}",
            "GRIDDUTY_DELIVERY__RATE": "0",
        },
    )


def _found(db: Database, playground: Playground, settings: Settings, clock: Clock) -> Township:
    migrations.migrate(db)
    with db.write_now() as session:
        township = settle(session, playground, settings, clock.now())
        session.flush()
        for actor in access.actors_of(session, settings.bot_id, [m.id for m in township.members]).values():
            to, key = outbox.recipient_of(actor), f"commands:{actor.chat_id}"
            outbox.set_commands(session, to, sorted(actor.roles), key, clock.now())
    return township


async def _run(
    playground: Playground, settings: Settings, db: Database, clock: Clock, township: Township, port: int
) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    bot = asyncio.create_task(run_parts(settings, db, clock, stop))
    await asyncio.to_thread(_open_chats, playground, township, stop)
    if not stop.is_set():
        taken = "" if playground.url.endswith(f":{port}") or not port else f"（{port} 端口已被占用）"
        sys.stdout.write(f"网格值守 GridDuty 演示 demo: {playground.url}/ {taken}  Ctrl-C 结束 to stop\n")
        sys.stdout.flush()
    await bot


def _open_chats(playground: Playground, township: Township, stop: asyncio.Event) -> None:
    """Let everyone who has joined open the bot, so that their keyboards are there; waits for the answers."""
    world = playground.world
    phones = [
        Phone(world, playground.bot, world.users[member.id])
        for member in township.members
        if not member.invite
    ]
    for phone in phones:
        phone.text("/start")
    deadline = time.monotonic() + _GREETED_WITHIN
    with world.changed:
        while any(phone.private.keyboard is None for phone in phones) and not stop.is_set():
            if (left := deadline - time.monotonic()) <= 0:
                return
            world.changed.wait(min(left, 0.2))
