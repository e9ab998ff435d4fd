"""/help and its key: what each button does, by role."""

from telegram import Update
from telegram.ext import CommandHandler, MessageHandler

from bot.base.i18n import texts_of
from bot.features.people import accounts
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter, words_for

HELP_WORDS = texts_of("key-help") | {"帮助", "help"} | words_for("help")


async def tell(update: Update, context: Context) -> None:
    """What this person can do here."""
    context.reply(accounts.help_of(context.work))


def register(app: App) -> None:
    """The command and the words."""
    app.add_handler(CommandHandler("help", tell, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(HELP_WORDS, asked=True), tell))
