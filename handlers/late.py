"""The button under the names of who has not come: somebody sees to it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.attendance import not_checked_in
from bot.process.context import App, Context


async def take(update: Update, context: Context) -> None:
    """The actor calls them."""
    count = not_checked_in.take(context.work)
    if not count:
        context.toast("button-stale")
        return
    context.reply("late.taken", count=count)


def register(app: App) -> None:
    """The button."""
    app.add_handler(CallbackQueryHandler(take, r"^late:take$"))
