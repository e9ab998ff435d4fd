"""/my and its key: the own record, page by page."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.base.i18n import texts_of
from bot.features.ledger import own_record
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter

MY_WORDS = texts_of("key-my") | {"我的", "my record"}


async def my(update: Update, context: Context) -> None:
    """This month, and the newest days."""
    month = own_record.this_month(context.work)
    page = own_record.entries(context.session, context.actor, None)
    assert page
    context.reply("my", entries=page[0], older=page[1], **month.facts())


async def older(update: Update, context: Context) -> None:
    """The days before those."""
    assert context.matches
    page = own_record.entries(context.session, context.actor, int(context.matches[0].group(1)))
    if page is None:
        context.toast("button-stale")
        return
    context.reply("my.older", entries=page[0], older=page[1])


def register(app: App) -> None:
    """The command, the words and the button below."""
    app.add_handler(CommandHandler("my", my, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(MY_WORDS), my))
    app.add_handler(CallbackQueryHandler(older, r"^my:older:(\d{1,15})$"))
