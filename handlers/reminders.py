"""/reminders: supervisors see and choose at what time their area is asked and reminded."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.reminders import area_times as reminder_area_times
from bot.features.reminders.notices import TimesOne
from bot.process.buttons import parts_of, turn_to
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.process.incoming import number_of

_WHICH = r"(\d{1,15}):([a-z][a-z0-9_]{0,23})"


async def overview(update: Update, context: Context) -> None:
    """The first area."""
    _show(context, 0)


async def turn(update: Update, context: Context) -> None:
    """Another area."""
    _show(context, number_of(context))


async def one(update: Update, context: Context) -> None:
    """One thing of an area."""
    area_id, code = parts_of(context)
    _say(context, reminder_area_times.one(context.work, int(area_id), code))


async def choose(update: Update, context: Context) -> None:
    """Another time."""
    area_id, code, hour, minute = parts_of(context)
    chosen = reminder_area_times.choose(context.work, int(area_id), code, f"{hour}:{minute}")
    _say(context, chosen, changed=True)


async def switch(update: Update, context: Context) -> None:
    """Off, or on again."""
    area_id, code, on = parts_of(context)
    chosen = reminder_area_times.switch(context.work, int(area_id), code, on == "1")
    _say(context, chosen, changed=True)


async def follow(update: Update, context: Context) -> None:
    """As the area above."""
    area_id, code = parts_of(context)
    chosen = reminder_area_times.follow(context.work, int(area_id), code)
    _say(context, chosen, changed=True)


async def bind(update: Update, context: Context) -> None:
    """How far the areas below may go from it."""
    area_id, code, leeway = parts_of(context)
    minutes = -1 if leeway == "x" else int(leeway)
    chosen = reminder_area_times.bind(context.work, int(area_id), code, minutes)
    _say(context, chosen, changed=True)


def _show(context: Context, area_id: int) -> None:
    context.turn_to(reminder_area_times.overview(context.work, area_id))


def _say(context: Context, found: TimesOne | None, *, changed: bool = False) -> None:
    if found and changed:
        # The page may look as it did before.
        context.toast("times-noted")
    turn_to(context, found)


def register(app: App) -> None:
    """The command and its buttons."""
    app.add_handler(CommandHandler("reminders", overview, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^tt:a:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(one, rf"^tt:r:{_WHICH}$"))
    app.add_handler(CallbackQueryHandler(choose, rf"^tt:t:{_WHICH}:([01]\d|2[0-3])([0-5]\d)$"))
    app.add_handler(CallbackQueryHandler(switch, rf"^tt:o:{_WHICH}:([01])$"))
    app.add_handler(CallbackQueryHandler(follow, rf"^tt:f:{_WHICH}$"))
    app.add_handler(CallbackQueryHandler(bind, rf"^tt:l:{_WHICH}:(x|0|30|60)$"))
