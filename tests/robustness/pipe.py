"""The way of an update without a network: stored, handled and sent in one event loop, as fast as it goes."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.app import build
from bot.base.clock import Clock
from bot.deliver.deliver import Deliver
from bot.process.process import Process
from bot.receive.receive import store
from bot.settings import Settings, load
from bot.storage.database import Database
from bot.telegram_api import Api
from tests.e2e.town import MORNING
from tests.layouts import with_town

BOT = 1_000_001
TOKEN = f"{BOT}:" + "robustness".ljust(35, "0")
CONFIG = Path(__file__).parents[2] / "config.toml"


class Heard(Api):
    """Takes every call as Telegram would, and remembers it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.telegram)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def call(self, method: str, timeout: float | None = None, **values: Any) -> Any:
        """Done."""
        self.calls.append((method, values))
        return {"message_id": 1_000_000 + len(self.calls)}


@dataclass
class Pipe:
    """One bot with a database of its own."""

    settings: Settings
    clock: Clock
    db: Database
    process: Process
    api: Heard
    taken: list[int] = field(default_factory=list)

    async def give(self, updates: Sequence[Any]) -> None:
        """Let these arrive, in one batch."""
        async with self.db.write() as session:
            store(session, BOT, updates, self.clock)

    async def handle(self) -> None:
        """Handle all that waits, and send what comes of it."""
        while await self.process.batch(64):
            pass
        deliver, stop = Deliver(self.db, self.api, self.settings, self.clock), asyncio.Event()
        sending = asyncio.create_task(deliver.run(stop))
        while self.count("outbox WHERE state IN ('pending', 'sending')"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        stop.set()
        deliver.wake.set()
        await sending

    def count(self, what: str) -> int:
        """How many rows there are of this, as SQL says it after FROM."""
        with self.db.read() as session:
            return int(session.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())

    def rows(self, query: str) -> list[Any]:
        """The answer to a query."""
        with self.db.read() as session:
            return list(session.execute(text(query)))


async def open_pipe(folder: Path) -> Pipe:
    """A pipe with the little township, nobody joined."""
    db = with_town(folder / "pipe.sqlite3")
    environment = {
        "GRIDDUTY_TELEGRAM__TOKEN": TOKEN,
        "GRIDDUTY_DATABASE__URL": db.url,
        "GRIDDUTY_DELIVERY__RATE": "0",
        "GRIDDUTY_DELIVERY__IN_FLIGHT": "64",
    }
    settings, clock = load(CONFIG, environment), Clock()
    clock.set(MORNING)
    api = Heard(settings)
    process = Process(db, await build(settings, {"username": "gridduty_bot"}), api, settings, clock)
    return Pipe(settings, clock, db, process, api)


def message(user: int, message_id: int, at: int, **content: Any) -> dict[str, Any]:
    """What Telegram tells of a message in a private chat."""
    return {
        "message_id": message_id, "date": at, "chat": {"id": user, "type": "private", "first_name": "岩"},
        "from": {"id": user, "is_bot": False, "first_name": "岩", "language_code": "zh-hans"}, **content,
    }  # fmt: skip
