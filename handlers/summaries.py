"""/summary: the figures of an area and a period, and what stands behind them."""

from datetime import date, datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.summaries import by_topic, review, sheet, summary
from bot.features.summaries import names as summary_names
from bot.features.summaries.notices import AskedSummary, Summary
from bot.process.buttons import parts_of
from bot.process.context import App, Context
from bot.process.filters import NEW

_PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter"}
# Area, period, day: what every button says.
_ASKED = r":(\d{1,15}):([dwmq]):(\d{6})"


async def own(update: Update, context: Context) -> None:
    """The own area, today so far."""
    asked = summary.ask(context.work, None, "day", None)
    context.reply(asked.shown_as(Summary))


async def other(update: Update, context: Context) -> None:
    """Another area, period or day."""
    context.turn_to(_asked(context, *parts_of(context)).shown_as(Summary))


async def more(update: Update, context: Context) -> None:
    """The same one, with the keys that are needed less often."""
    context.turn_to(_asked(context, *parts_of(context)).shown_as(Summary, more=True))


async def below(update: Update, context: Context) -> None:
    """The areas one level down, as buttons."""
    *asked, offset = parts_of(context)
    context.turn_to(summary.ask_below(context.work, _asked(context, *asked), int(offset)))


async def names(update: Update, context: Context) -> None:
    """Who stands behind a figure."""
    which, *asked, offset = parts_of(context)
    context.turn_to(summary_names.ask(context.work, _asked(context, *asked), which, int(offset)))


async def topic(update: Update, context: Context) -> None:
    """Another picture: patrols, hazards, households, all on one page."""
    which, *asked = parts_of(context)
    context.turn_to(by_topic.ask(context.work, _asked(context, *asked), which))


async def spreadsheet(update: Update, context: Context) -> None:
    """Every figure, as a workbook."""
    context.reply(sheet.ask(context.work, _asked(context, *parts_of(context))))


async def pack(update: Update, context: Context) -> None:
    """The review pack, to be printed."""
    context.reply(review.ask(context.work, _asked(context, *parts_of(context))))


def _asked(context: Context, area_id: str, letter: str, day: str) -> AskedSummary:
    return summary.ask(context.work, int(area_id), _PERIODS[letter], _day(day))


def _day(told: str) -> date:
    """The day of a button; one that no calendar has is far too long ago."""
    try:
        return datetime.strptime(told, "%y%m%d").date()
    except ValueError:
        return date.min


def register(app: App) -> None:
    """The feature's commands, words and buttons."""
    app.add_handler(CommandHandler("summary", own, NEW))
    app.add_handler(CallbackQueryHandler(other, rf"^sum:s{_ASKED}$"))
    app.add_handler(CallbackQueryHandler(more, rf"^sum:m{_ASKED}$"))
    app.add_handler(CallbackQueryHandler(below, rf"^sum:b{_ASKED}:(\d{{1,4}})$"))
    app.add_handler(CallbackQueryHandler(spreadsheet, rf"^sum:x{_ASKED}$"))
    app.add_handler(CallbackQueryHandler(pack, rf"^sum:r{_ASKED}$"))
    topics = "|".join(by_topic.TOPICS)
    app.add_handler(CallbackQueryHandler(topic, rf"^sum:t:({topics}){_ASKED}$"))
    which = "|".join(summary_names.KINDS)
    app.add_handler(CallbackQueryHandler(names, rf"^sum:n:({which}){_ASKED}:(\d{{1,6}})$"))
