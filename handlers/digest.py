"""The list of the morning: a number leads to what waits, brought down to the end of the chat."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.reminders import digest
from bot.process.context import App, Context


async def bring(update: Update, context: Context) -> None:
    """One of the things that wait."""
    assert context.matches
    subject = context.matches[0].group(1)
    brought = digest.bring(context.work, subject)
    if not brought:
        context.toast("digest-item-over")


def register(app: App) -> None:
    """The numbers."""
    app.add_handler(CallbackQueryHandler(bring, r"^dg:([a-z_]{1,20}:\d{1,15}(?::[a-z]{1,12})?)$"))
