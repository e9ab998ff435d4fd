"""A household head's day by its keys and buttons; the village's buttons below what is laid before it."""

from datetime import date

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.base.i18n import texts_of
from bot.features.households import daily_answer
from bot.features.households import help as household_help
from bot.features.households import repository as linked
from bot.features.households.notices import HouseholdToldBefore
from bot.process.buttons import confirm, day_of, parts_of, reply
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter
from bot.process.incoming import number_of
from models import HouseholdMarkKind, HouseholdOutcome

WELL_WORDS = texts_of("key-all-well") | {"全部平安", "都平安", "平安", "all well"}
# The key was called 🏠 有户有事 before: phones keep an old keyboard until a new one comes.
SOME_WORDS = texts_of("key-some") | {"哪户有事", "有户有事", "🏠 有户有事"}


async def all_well_by_key(update: Update, context: Context) -> None:
    """全部平安 by key or word: today's."""
    _all_well(context, linked.today(context.now, context.settings), by_key=True)


async def some_by_key(update: Update, context: Context) -> None:
    """哪户有事 by key: today's numbers."""
    _bring_down(context, linked.today(context.now, context.settings), "grid")


async def all_well(update: Update, context: Context) -> None:
    """全部平安 below the question."""
    _all_well(context, _day(update, context), by_key=False)


async def turn(update: Update, context: Context) -> None:
    """The numbers, what one of them may be, or back."""
    verb, _, number = parts_of(context)
    page = {"some": "grid", "no": "kind", "back": ""}[verb]
    daily_answer.turn_to(context.work, _day(update, context), page, int(number or 0))


async def mark(update: Update, context: Context) -> None:
    """What is up with one household."""
    _, _, number, kind = parts_of(context)
    day = _day(update, context)
    told = daily_answer.mark(context.work, day, int(number), HouseholdMarkKind(kind))
    if kind == HouseholdMarkKind.REQUEST:
        mark_id, inside = daily_answer.marked(context.work, day, int(number))
        context.start_form("request", {"household": inside, "mark": mark_id})
    elif kind != HouseholdMarkKind.NOT_REACHED:
        context.reply(told)


async def clear(update: Update, context: Context) -> None:
    """Nothing is up after all."""
    _, _, number = parts_of(context)
    daily_answer.clear(context.work, _day(update, context), int(number))


async def say(update: Update, context: Context) -> None:
    """Say more about one household."""
    _, day, number = parts_of(context)
    inside, area = daily_answer.named(context.work, int(number))
    context.start_form("household", {"day": day, "number": int(number), "inside": inside, "area": area})


async def change(update: Update, context: Context) -> None:
    """Look at the answer again."""
    if daily_answer.change(context.work, _day(update, context)):
        context.toast("household-undone")


async def open_day(update: Update, context: Context) -> None:
    """A day's card at the end of the chat: to change what was told, or to make up for a day."""
    day = _day(update, context)
    daily_answer.change(context.work, day)
    _bring_down(context, day)


async def recent(update: Update, context: Context) -> None:
    """The last days."""
    context.reply(daily_answer.recent(context.work))


async def take(update: Update, context: Context) -> None:
    """Somebody of the village sees to it."""
    confirm(context, household_help.take(context.work, number_of(context)), "household-you-took")


async def finish(update: Update, context: Context) -> None:
    """What came of it."""
    outcome, number = parts_of(context)
    said = household_help.finish(context.work, int(number), HouseholdOutcome(outcome))
    confirm(context, said, "household-you-told")


async def listen(update: Update, context: Context) -> None:
    """What the head said."""
    reply(context, household_help.voice(context.work, number_of(context)))


def _all_well(context: Context, day: date, *, by_key: bool) -> None:
    told = daily_answer.all_well(context.work, day)
    if by_key and told:
        context.reply(told)
    elif by_key:
        context.reply(HouseholdToldBefore(day))
    else:
        context.toast("household-noted" if told else "household-told-before")


def _bring_down(context: Context, day: date, page: str = "") -> None:
    daily_answer.show(context.work, day, str(context.turn.update_id), page)


def _day(update: Update, context: Context) -> date:
    """The day a button is about; whether it may still be told of is asked by the service."""
    day = day_of(parts_of(context)[1])
    if message := update.effective_message:
        daily_answer.pressed(context.work, day, message.message_id)
    return day


def register(app: App) -> None:
    """Keys, command, buttons."""
    app.add_handler(MessageHandler(NEW & WordFilter(WELL_WORDS), all_well_by_key))
    app.add_handler(MessageHandler(NEW & WordFilter(SOME_WORDS), some_by_key))
    app.add_handler(CommandHandler("households", recent, NEW))
    app.add_handler(CallbackQueryHandler(all_well, r"^hh:(all):(\d{8})$"))
    app.add_handler(CallbackQueryHandler(turn, r"^hh:(some|no|back):(\d{8})(?::(\d{1,4}))?$"))
    app.add_handler(
        CallbackQueryHandler(mark, r"^hh:(is):(\d{8}):(\d{1,4}):(needs_help|hazard|request|not_reached)$")
    )
    app.add_handler(CallbackQueryHandler(clear, r"^hh:(clear):(\d{8}):(\d{1,4})$"))
    app.add_handler(CallbackQueryHandler(say, r"^hh:(say):(\d{8}):(\d{1,4})$"))
    app.add_handler(CallbackQueryHandler(change, r"^hh:(change):(\d{8})$"))
    app.add_handler(CallbackQueryHandler(open_day, r"^hh:(open):(\d{8})$"))
    app.add_handler(CallbackQueryHandler(take, r"^hhm:take:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(finish, rf"^hhm:({'|'.join(HouseholdOutcome)}):(\d{{1,15}})$"))
    app.add_handler(CallbackQueryHandler(listen, r"^hhm:voice:(\d{1,15})$"))
