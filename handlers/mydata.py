"""/mydata: everything kept about the person who asks; first how much of it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.privacy import mydata as privacy_mydata
from bot.process.context import App, Context
from bot.process.filters import NEW


async def tell(update: Update, context: Context) -> None:
    """How much of what."""
    facts = privacy_mydata.overview(context.work)
    context.reply("mydata.overview", **facts)


async def tell_all(update: Update, context: Context) -> None:
    """All of it, in as many messages as it takes."""
    for page in privacy_mydata.pages(context.work):
        context.reply("mydata.page", **page)


def register(app: App) -> None:
    """A command and the button below its answer."""
    app.add_handler(CommandHandler("mydata", tell, NEW))
    app.add_handler(CallbackQueryHandler(tell_all, r"^myd:all$"))
