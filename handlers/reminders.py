"""/reminders: supervisors see and choose at what time their area is asked and reminded."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.reminders import area_times as reminder_area_times
from bot.features.reminders.notices import TimesOne
from bot.process.context import App, Context
from bot.process.filters import NEW

_WHICH = r"(\d{1,15}):([a-z][a-z0-9_]{0,23})"


async def overview(update: Update, context: Context) -> None:
    """The first area."""
    _show(context, 0)


async def turn(update: Update, context: Context) -> None:
    """Another area."""
    assert context.matches
    _show(context, int(context.matches[0].group(1)))


async def one(update: Update, context: Context) -> None:
    """One thing of an area."""
    assert context.matches
    area_id, code = context.matches[0].groups()
    _say(context, reminder_area_times.one(context.work, int(area_id), code))


async def choose(update: Update, context: Context) -> None:
    """Another time."""
    assert context.matches
    area_id, code, hour, minute = context.matches[0].groups()
    told = f"{hour}:{minute}"
    chosen = reminder_area_times.choose(context.work, int(area_id), code, told)
    _say(context, chosen, changed=True)


async def switch(update: Update, context: Context) -> None:
    """Off, or on again."""
    assert context.matches
    area_id, code, on = context.matches[0].groups()
    chosen = reminder_area_times.switch(context.work, int(area_id), code, on == "1")
    _say(context, chosen, changed=True)


async def follow(update: Update, context: Context) -> None:
    """As the area above."""
    assert context.matches
    area_id, code = context.matches[0].groups()
    chosen = reminder_area_times.follow(context.work, int(area_id), code)
    _say(context, chosen, changed=True)


async def bind(update: Update, context: Context) -> None:
    """How far the areas below may go from it."""
    assert context.matches
    area_id, code, leeway = context.matches[0].groups()
    minutes = -1 if leeway == "x" else int(leeway)
    chosen = reminder_area_times.bind(context.work, int(area_id), code, minutes)
    _say(context, chosen, changed=True)


def _show(context: Context, area_id: int) -> None:
    context.turn_to(reminder_area_times.overview(context.work, area_id))


def _say(context: Context, found: TimesOne | None, *, changed: bool = False) -> None:
    if found is None:
        context.toast("button-stale")
    else:
        if changed:
            # The page may look as it did before.
            context.toast("times-noted")
        context.turn_to(found)


def register(app: App) -> None:
    """The command and its buttons."""
    app.add_handler(CommandHandler("reminders", overview, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^tt:a:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(one, rf"^tt:r:{_WHICH}$"))
    app.add_handler(CallbackQueryHandler(choose, rf"^tt:t:{_WHICH}:([01]\d|2[0-3])([0-5]\d)$"))
    app.add_handler(CallbackQueryHandler(switch, rf"^tt:o:{_WHICH}:([01])$"))
    app.add_handler(CallbackQueryHandler(follow, rf"^tt:f:{_WHICH}$"))
    app.add_handler(CallbackQueryHandler(bind, rf"^tt:l:{_WHICH}:(x|0|30|60)$"))
