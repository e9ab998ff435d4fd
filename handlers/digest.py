"""The list of the morning: a number leads to what waits, brought down to the end of the chat."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.reminders import digest
from bot.process.buttons import parts_of
from bot.process.context import App, Context


async def bring(update: Update, context: Context) -> None:
    """One of the things that wait."""
    if not digest.bring(context.work, parts_of(context)[0]):
        context.toast("digest-item-over")


def register(app: App) -> None:
    """The numbers."""
    app.add_handler(CallbackQueryHandler(bring, r"^dg:([a-z_]{1,20}:\d{1,15}(?::[a-z]{1,12})?)$"))
