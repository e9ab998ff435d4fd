"""/patrols: the reports of patrols, one by one, with map and voice."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.patrols import reports as patrol_reports
from bot.process.context import App, Context
from bot.process.filters import NEW


async def reports(update: Update, context: Context) -> None:
    """The newest ones."""
    _list(context, 0)


async def older(update: Update, context: Context) -> None:
    """Those before."""
    assert context.matches
    _list(context, int(context.matches[0].group(1)))


async def report(update: Update, context: Context) -> None:
    """One of them, with its map where that was asked for."""
    assert context.matches
    verb, number = context.matches[0].groups()
    facts = patrol_reports.look(context.work, int(number), verb == "map")
    if facts is None:
        context.toast("button-stale")
        return
    context.reply("patrol.report_asked", **facts)


async def voice(update: Update, context: Context) -> None:
    """The remark as it was spoken."""
    assert context.matches
    spoken = patrol_reports.spoken(context.session, context.actor, int(context.matches[0].group(1)))
    if not spoken:
        context.toast("button-stale")
    for each in spoken:
        context.reply("patrol.voice", **each)


def _list(context: Context, offset: int) -> None:
    page = patrol_reports.listed(context.work, offset)
    context.turn_to(
        "patrol.list",
        entries=page.entries,
        after=page.after,
        offset=page.offset,
        today=page.today,
        complete=page.complete,
    )


def register(app: App) -> None:
    """The command and the buttons below it."""
    app.add_handler(CommandHandler("patrols", reports, NEW))
    app.add_handler(CallbackQueryHandler(report, r"^pat:(see|map):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(voice, r"^pat:voice:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(older, r"^pat:list:(\d{1,6})$"))
