"""A town whose troubles are staged: the real bot on SQLite, and Telegram that does as it is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from telegram import Update
from telegram.ext import MessageHandler, filters

import handlers
from bot.access import SYSTEM, Work
from bot.base.clock import Clock
from bot.features.people.notices import FeedbackReceived
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.outbox.outbox import Recipient
from bot.playground.people import Person as Phone
from bot.playground.runner import Playground
from bot.process.context import App, Context
from bot.settings import load
from bot.views.notices import Refusal
from models import Feedback
from tests.e2e.duty_bot import DutyBot
from tests.e2e.town import MORNING, Town
from tests.layouts import with_town

POLITE = "刚才这一步没办成"
CONFIG = Path(__file__).parents[2] / "config.toml"


@contextmanager
def stage(folder: Path, *, limits: bool = False, running: bool = True, **own: str) -> Iterator[Town]:
    """A town on a Monday morning; `own` settings by environment name without its first part."""
    clock = Clock()
    clock.set(MORNING)
    db = with_town(folder / "town.sqlite3")
    db.close()
    with Playground(limits=limits, now=clock.now) as playground:
        environment = {
            "GRIDDUTY_TELEGRAM__TOKEN": playground.token,
            "GRIDDUTY_TELEGRAM__BASE_URL": playground.base_url,
            "GRIDDUTY_TELEGRAM__BASE_FILE_URL": playground.file_url,
            "GRIDDUTY_PHOTOS__URL": f"file://{folder / 'photos'}",
            "GRIDDUTY_DATABASE__URL": db.url,
            "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
            "GRIDDUTY_DELIVERY__RATE": "0",
            "GRIDDUTY_DELIVERY__TIMEOUT_SECONDS": "1",
        }
        settings = load(CONFIG, environment | {f"GRIDDUTY_{name}": value for name, value in own.items()})
        bot = DutyBot(settings, clock)
        try:
            if running:
                bot.start()
            yield Town(playground, bot, clock, settings)
        finally:
            bot.stop()
            bot.db.close()


def reply(words: str) -> Notice:
    """Something of the reply lane that may be repeated."""
    return Refusal("feedback-received", {"name": "岩罕", "words": words})


def reminder(words: str) -> Notice:
    """Something of the reminder lane: held in quiet hours, never repeated."""
    return FeedbackReceived("岩罕", words, "")


def tell(town: Town, chat: int, *notices: Notice, deadline: datetime | None = None) -> None:
    """Enqueue these for a chat, together; the key of each is its words and the chat."""
    with town.db.write_now() as session:
        for notice in notices:
            words = notice.facts["words"] if isinstance(notice, Refusal) else getattr(notice, "words")  # noqa: B009
            to, key = Recipient(town.settings.bot_id, chat, "zh_CN"), f"{words}:{chat}"
            outbox.enqueue(
                Work(session, SYSTEM, town.clock.now(), town.settings), notice, to, key, deadline=deadline
            )


def state(town: Town, words: str, chat: int) -> str:
    """What became of the notice with these words."""
    with town.db.read() as session:
        found = session.execute(text("SELECT state FROM outbox WHERE key = :k"), {"k": f"{words}:{chat}"})
        return str(found.scalar_one())


def heard(phone: Phone, *words: str) -> list[str]:
    """Which of these words the person was told, in the order of the messages, as often as told."""
    return [word for told in phone.texts for word in words if word in told]


def inbox_row(town: Town, where: str) -> Any:
    """The row of the inbox that fulfils the SQL condition."""
    with town.db.read() as session:
        return session.execute(text(f"SELECT * FROM inbox WHERE {where}")).one()


def with_handler(
    monkeypatch: pytest.MonkeyPatch, words: str, deed: Callable[[Update, Context], None]
) -> None:
    """Let these words do the deed."""
    register = handlers.register

    async def handle(update: Update, context: Context) -> None:
        deed(update, context)

    def with_ours(app: App) -> None:
        app.add_handler(MessageHandler(filters.Text([words]), handle))
        register(app)

    monkeypatch.setattr(handlers, "register", with_ours)


def write_down(context: Context) -> None:
    """An effect of a handler."""
    row = {"person_id": context.actor.person_id, "at": context.at, "words": "written down"}
    context.session.execute(insert(Feedback), row)
