"""/mydata: everything kept about the person who asks."""

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.context import App, Context
from bot.services import mydata


async def tell(update: Update, context: Context) -> None:
    """As many messages as it takes."""
    for page in mydata.pages(context.session, context.actor, now=context.now, settings=context.settings):
        context.reply("mydata.page", **page)


def register(app: App) -> None:
    """A command."""
    own = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(CommandHandler("mydata", tell, own))
