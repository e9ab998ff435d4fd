"""What nothing else took: answered kindly, so that nobody waits in vain."""

from telegram import Update
from telegram.ext import BaseHandler, TypeHandler

from bot.process.context import App, Context
from bot.views.notices import NotUnderstood


async def not_understood(update: Update, context: Context) -> None:
    """Say what can be done, where a person may be waiting for an answer."""
    if update.callback_query:
        context.toast("button-stale")
    elif update.message and update.message.chat.type == "private":
        context.reply(NotUnderstood())


class WithoutData(BaseHandler[Update, Context, None]):
    """A pressed button that says nothing (of a game): handlers by pattern would take it."""

    def check_update(self, update: object) -> bool:
        """Whether a button was pressed that carries no data."""
        query = update.callback_query if isinstance(update, Update) else None
        return query is not None and not query.data


def register_first(app: App) -> None:
    """Before every other button."""
    app.add_handler(WithoutData(not_understood))


def register(app: App) -> None:
    """Last of all."""
    app.add_handler(TypeHandler(Update, not_understood))
