"""A call for help by one key; what those who are called do about it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.safety import appeals
from bot.process.context import App, Context
from bot.process.incoming import number_of


async def call(update: Update, context: Context) -> None:
    """Call those on duty and the supervisor, with what the message said."""
    assert context.matches
    told = appeals.call(context.work, int(context.matches[0].group(1)))
    context.reply("danger.called", told=told)


async def take(update: Update, context: Context) -> None:
    """I will see to it."""
    taken = appeals.take(context.work, number_of(context))
    context.toast("appeal-taken-toast" if taken else "appeal-toast-late")


async def answer(update: Update, context: Context) -> None:
    """Something is to be said to who made it."""
    context.start_form("appeal_answer", {"appeal": number_of(context)})


async def listen(update: Update, context: Context) -> None:
    """The voice note is played."""
    context.reply("appeal.voice", **appeals.voice(context.session, context.actor, number_of(context)))


def register(app: App) -> None:
    """The keys."""
    app.add_handler(CallbackQueryHandler(call, r"^sos:call:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(take, r"^apl:take:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(answer, r"^apl:say:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(listen, r"^apl:voice:(\d{1,15})$"))
