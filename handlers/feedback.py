"""/feedback: words or a voice note for those who run the bot."""

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.context import App, Context
from bot.services import feedback


async def give_feedback(update: Update, context: Context) -> None:
    """Words behind the command are the feedback; without any, they are asked for."""
    words = " ".join(context.args or ())
    if not words:
        context.start_form("feedback")
        return
    feedback.give(context.session, context.actor, words, "", now=context.now, settings=context.settings)
    context.reply("feedback.thanks")


def register(app: App) -> None:
    """A command: before every form."""
    own = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(CommandHandler("feedback", give_feedback, own))
