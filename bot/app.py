"""Builds the Application: handlers and their context. It is never started; `process` feeds it."""

from typing import Any, cast

from telegram import User
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot

import handlers
from bot.process.context import App, Context
from bot.settings import Settings
from bot.telegram_api import AiohttpRequest


class OfflineBot(ExtBot[None]):
    """Knows who it is without asking Telegram: handlers never talk to the network."""

    def __init__(self, token: str, user: dict[str, Any]) -> None:
        super().__init__(token, request=AiohttpRequest(), get_updates_request=AiohttpRequest())
        self.introduce(user)

    def introduce(self, user: dict[str, Any]) -> None:
        """Take over what `getMe` told."""
        with self._unfrozen():
            self._bot_user = User.de_json({"first_name": "", "is_bot": True, **user}, self)

    async def initialize(self) -> None:
        """Nothing to ask for."""
        self._bot_initialized = True

    async def shutdown(self) -> None:
        """Nothing to close."""


async def build(settings: Settings, user: dict[str, Any] | None = None) -> App:
    """The Application with every handler. `user` is what `getMe` last told."""
    token = settings.telegram.token.get_secret_value() or "0:none"
    bot = OfflineBot(token, {"id": settings.bot_id, "username": "", **(user or {})})
    builder = ApplicationBuilder().application_class(App).bot(bot).updater(None).job_queue(None)
    app = cast(App, builder.context_types(ContextTypes(context=Context)).build())
    handlers.register(app)
    await app.initialize()
    return app
