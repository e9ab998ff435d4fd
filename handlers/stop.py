"""/stop: no more messages on one's own; what is asked is still answered, and /start brings them back."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.people import accounts
from bot.process.context import App, Context
from bot.process.filters import NEW


async def ask(update: Update, context: Context) -> None:
    """What it means, before it is done."""
    context.reply("stop.ask")


async def stop(update: Update, context: Context) -> None:
    """From now on the bot speaks only when spoken to."""
    accounts.stop(context.work)
    context.reply("stop.done")


async def stay(update: Update, context: Context) -> None:
    """Nothing changes."""
    context.reply("stop.stayed")


def register(app: App) -> None:
    """The command and its two buttons."""
    app.add_handler(CommandHandler("stop", ask, NEW))
    app.add_handler(CallbackQueryHandler(stop, r"^stop:yes$"))
    app.add_handler(CallbackQueryHandler(stay, r"^stop:no$"))
