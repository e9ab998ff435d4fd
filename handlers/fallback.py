"""What nothing else took: answered kindly, so that nobody waits in vain."""

from telegram import Update
from telegram.ext import TypeHandler

from bot.context import App, Context


async def not_understood(update: Update, context: Context) -> None:
    """Say what can be done, where a person may be waiting for an answer."""
    if update.callback_query:
        context.toast("button-stale")
    elif update.message and update.message.chat.type == "private":
        context.reply("not_understood")


def register(app: App) -> None:
    """Last of all."""
    app.add_handler(TypeHandler(Update, not_understood))
