"""/missing and its buttons: who has not reported, level by level; the nudge and its answer."""

from datetime import date, datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.attendance import missing_reports
from bot.process.context import App, Context
from bot.process.filters import NEW
from models import ReportKind

_KINDS = {"d": ReportKind.DUTY, "h": ReportKind.HOUSEHOLDS}


async def own(update: Update, context: Context) -> None:
    """Today's boards of the own area."""
    for kind in ReportKind:
        facts = missing_reports.own_board(context.work, kind)
        if facts and (facts["due"] or kind is ReportKind.DUTY):
            context.reply("silent.list", **facts)


async def turn(update: Update, context: Context) -> None:
    """Another page, the area above or below, or the same as it is now."""
    assert context.matches
    kind, area_id, day, offset = context.matches[0].groups()
    facts = missing_reports.board(context.work, _KINDS[kind], int(area_id), _day(day), int(offset))
    _answer(context, facts)


async def nudge(update: Update, context: Context) -> None:
    """Remind the silent ones of the list."""
    assert context.matches
    kind, area_id, day = context.matches[0].groups()
    nudged = missing_reports.nudge(context.work, _KINDS[kind], int(area_id), _day(day))
    if nudged is None:
        context.toast("button-stale")
        return
    minutes = context.settings.reports.nudge_minutes
    context.reply("silent.nudged", names=list(nudged.names), held_until=nudged.held_until, minutes=minutes)


async def be_off(update: Update, context: Context) -> None:
    """A day off, says the one who was nudged."""
    assert context.matches
    if missing_reports.be_off(context.work, _day(context.matches[0].group(1))):
        context.reply("nudge.off")
    else:
        context.toast("button-stale")


async def act_for(update: Update, context: Context) -> None:
    """Somebody of the list has no telephone: who?"""
    assert context.matches
    context.start_form("behalf", {"area": int(context.matches[0].group(1))})


def _answer(context: Context, facts: Facts | None) -> None:
    if facts is None:
        context.toast("button-stale")
    else:
        context.turn_to("silent.list", **facts)


def _day(told: str) -> date:
    try:
        return datetime.strptime(told, "%Y%m%d").date()
    except ValueError:
        raise Refused("button-stale") from None


def register(app: App) -> None:
    """The command and the buttons."""
    app.add_handler(CommandHandler("missing", own, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^sil:b:([dh]):(\d{1,12}):(\d{8}):(\d{1,5})$"))
    app.add_handler(CallbackQueryHandler(nudge, r"^sil:n:([dh]):(\d{1,12}):(\d{8})$"))
    app.add_handler(CallbackQueryHandler(act_for, r"^bhf:(\d{1,12})$"))
    app.add_handler(CallbackQueryHandler(be_off, r"^ndg:off:(\d{8})$"))
