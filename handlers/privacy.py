"""/mydata: everything kept about the person who asks. /stop: no more messages on one's own."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.people import accounts
from bot.features.privacy import mydata
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.views.notices import StopAsk, StopDone, StopStayed


async def tell(update: Update, context: Context) -> None:
    """How much of what."""
    context.reply(mydata.overview(context.work))


async def tell_all(update: Update, context: Context) -> None:
    """All of it, in as many messages as it takes."""
    for page in mydata.pages(context.work):
        context.reply(page)


async def ask_to_stop(update: Update, context: Context) -> None:
    """What it means, before it is done."""
    context.reply(StopAsk())


async def stop(update: Update, context: Context) -> None:
    """From now on the bot speaks only when spoken to."""
    accounts.stop(context.work)
    context.reply(StopDone())


async def stay(update: Update, context: Context) -> None:
    """Nothing changes."""
    context.reply(StopStayed())


def register(app: App) -> None:
    """The commands and the buttons below their answers."""
    app.add_handler(CommandHandler("mydata", tell, NEW))
    app.add_handler(CallbackQueryHandler(tell_all, r"^myd:all$"))
    app.add_handler(CommandHandler("stop", ask_to_stop, NEW))
    app.add_handler(CallbackQueryHandler(stop, r"^stop:yes$"))
    app.add_handler(CallbackQueryHandler(stay, r"^stop:no$"))
