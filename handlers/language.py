"""/language: in which language the bot speaks to this account."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.people import accounts
from bot.process.context import App, Context
from bot.process.filters import NEW


async def ask(update: Update, context: Context) -> None:
    """Offer the languages there are."""
    context.reply("language.choice")


async def choose(update: Update, context: Context) -> None:
    """Menu, keyboard and words change at once."""
    assert context.matches
    language = context.matches[0].group(1)
    context.turn.actor = accounts.set_language(context.session, context.actor, language, now=context.now)
    context.toast("language-changed")
    context.reply("language.changed", **accounts.keys_of(context.session, context.actor, context.settings))


def register(app: App) -> None:
    """A command and its buttons."""
    app.add_handler(CommandHandler("language", ask, NEW))
    app.add_handler(CallbackQueryHandler(choose, r"^lang:(\w{2,5})$"))
