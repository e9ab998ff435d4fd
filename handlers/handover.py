"""交接班: by word, by command, by the buttons on the card."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.access import OVERSEERS
from bot.base.errors import Refused
from bot.features.handover import handover
from bot.process.buttons import confirm, numbers_of, parts_of, reply
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter
from bot.process.incoming import number_of

WORDS = frozenset({"交接班", "交班", "接班", "handover", "hand over", "take over"})


async def begin(update: Update, context: Context) -> None:
    """What is the actor's to give or to take over; for those above, how it stands below."""
    count = handover.begin(context.work, _tag(context))
    if not count and OVERSEERS & context.actor.roles:
        context.reply(handover.recent(context.work, 0))
    elif not count:
        raise Refused("handover-none")


async def give(update: Update, context: Context) -> None:
    """Handed over."""
    confirm(context, handover.give(context.work, number_of(context)), "handover-given-toast")


async def take(update: Update, context: Context) -> None:
    """Taken over."""
    confirm(context, handover.take(context.work, number_of(context)), "handover-taken-toast")


async def turn(update: Update, context: Context) -> None:
    """Another page of the card."""
    number, page = parts_of(context)
    handover.show_page(context.work, int(number), page)


async def turn_thing(update: Update, context: Context) -> None:
    """A piece of equipment is there, missing, or broken."""
    number, page, code = parts_of(context)
    confirm(context, handover.turn_thing(context.work, int(number), code, page))


async def tick(update: Update, context: Context) -> None:
    """A matter is done with."""
    number, matter = numbers_of(context)
    confirm(context, handover.tick(context.work, number, matter))


async def say(update: Update, context: Context) -> None:
    """Something is to be added, in words or by voice."""
    verb, number = parts_of(context)
    context.start_form("handover", {"handover_id": int(number), "differs": verb == "differ"})


async def listen(update: Update, context: Context) -> None:
    """A voice note is played."""
    number, matter = numbers_of(context)
    reply(context, handover.voice(context.work, number, matter))


async def show(update: Update, context: Context) -> None:
    """One of the list."""
    handover.show(context.work, number_of(context), _tag(context))


async def turn_list(update: Update, context: Context) -> None:
    """Another page of the list."""
    context.reply(handover.recent(context.work, number_of(context)))


def _tag(context: Context) -> str:
    return str(context.turn.update_id)


def register(app: App) -> None:
    """Words, command, buttons."""
    app.add_handler(MessageHandler(NEW & WordFilter(WORDS), begin))
    app.add_handler(CommandHandler("handover", begin, NEW))
    app.add_handler(CallbackQueryHandler(give, r"^ho:give:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(take, r"^ho:take:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(turn, r"^ho:page:(\d{1,15}):(things|matters|differs|)$"))
    thing = r"^ho:thing:(\d{1,15}):(things|differs):([a-z][a-z0-9_]{0,23})$"
    app.add_handler(CallbackQueryHandler(turn_thing, thing))
    app.add_handler(CallbackQueryHandler(tick, r"^ho:tick:(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(say, r"^ho:(say|differ):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(listen, r"^ho:voice:(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(show, r"^ho:show:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(turn_list, r"^ho:list:(\d{1,6})$"))
