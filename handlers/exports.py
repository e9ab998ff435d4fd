"""/export: records as a spreadsheet, made in the background."""

from datetime import timedelta

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.exports import orders
from bot.features.exports.notices import ExportAsk, ExportWhen
from bot.features.exports.sources import What
from bot.features.figures.periods import Period, PeriodKind, period_of
from bot.process.buttons import STALE, parts_of
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.settings.work_day import work_day

_WHATS = {what[0]: what for what in What}
_KINDS = {"week": PeriodKind.WEEK, "month": PeriodKind.MONTH, "quarter": PeriodKind.QUARTER}


async def ask(update: Update, context: Context) -> None:
    """Which records."""
    orders.areas_of(context.work, What.CHECKINS)
    context.reply(ExportAsk(tuple(What)))


async def choose(update: Update, context: Context) -> None:
    """Of which time."""
    verb, what, area_id = parts_of(context)
    areas = orders.areas_of(context.work, _WHATS[what])
    chosen = next((a for a in areas if verb == "a" and str(a.id) == area_id), areas[0] if areas else None)
    if chosen is None:
        context.toast(STALE)
        return
    others = tuple(area for area in areas if area is not chosen)
    context.turn_to(ExportWhen(_WHATS[what], chosen.id, chosen.name, others))


async def go(update: Update, context: Context) -> None:
    """Make it."""
    what, area_id, which, kind, photos = parts_of(context)
    orders.ask(
        context.work, _WHATS[what], int(area_id), _period(context, which, kind), with_photos=bool(photos)
    )
    context.toast("export-taken")


def _period(context: Context, which: str, kind: str) -> Period:
    today = work_day(context.now, context.settings.work)
    period = period_of(_KINDS[kind], today)
    return period_of(_KINDS[kind], period.first - timedelta(days=1)) if which == "last" else period


def register(app: App) -> None:
    """The feature's commands, words and buttons."""
    app.add_handler(CommandHandler("export", ask, NEW))
    app.add_handler(CallbackQueryHandler(choose, r"^exp:(w|a):([csphr])(?::(\d{1,12}))?$"))
    period = r"(\d{1,12}):(this|last)_(week|month|quarter)"
    app.add_handler(CallbackQueryHandler(go, rf"^exp:go:([csphr]):{period}()$"))
    app.add_handler(CallbackQueryHandler(go, rf"^exp:go:(h):{period}:(photos)$"))
