"""/cancel: drops the form that is open."""

from telegram import Update
from telegram.ext import CommandHandler

from bot.forms import engine
from bot.process.context import App, Context
from bot.process.filters import NEW


async def cancel(update: Update, context: Context) -> None:
    """Drop the draft and say which one it was."""
    draft, context.turn.draft = context.turn.draft, None
    if draft is None:
        context.reply("form.nothing_to_cancel")
    else:
        context.say(engine.cancel(context.filling, draft))


def register(app: App) -> None:
    """A command: before every form."""
    app.add_handler(CommandHandler("cancel", cancel, NEW))
