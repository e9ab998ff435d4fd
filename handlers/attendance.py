"""Who is on duty, who has not come and who has not reported: /onduty, /missing and their buttons."""

from datetime import date, datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.attendance import duty_board, missing_reports, not_checked_in
from bot.features.attendance.duty_board import Board
from bot.process.context import App, Context
from bot.process.filters import NEW
from models import ReportKind

_KINDS = {"d": ReportKind.DUTY, "h": ReportKind.HOUSEHOLDS}


async def on_duty_now(update: Update, context: Context) -> None:
    """The first page."""
    _show_now(context, 0)


async def turn_board(update: Update, context: Context) -> None:
    """Another page, of the board or of the gaps."""
    assert context.matches
    which, offset = context.matches[0].groups()
    if which == "now":
        _show_now(context, int(offset))
        return
    found = duty_board.gaps(context.work, int(offset))
    _reply_board(context, "onduty.gaps", found, duty_board.GAPS)


def _show_now(context: Context, offset: int) -> None:
    found = duty_board.now_on_duty(context.work, offset)
    _reply_board(context, "onduty.board", found, duty_board.PLACES)


def _reply_board(context: Context, kind: str, board: Board, size: int) -> None:
    context.turn_to(
        kind,
        entries=board.entries,
        total=board.total,
        offset=board.offset,
        size=size,
        days=context.settings.crews.gap_days,
    )


async def see_to_late(update: Update, context: Context) -> None:
    """The actor calls them."""
    count = not_checked_in.take(context.work)
    if not count:
        context.toast("button-stale")
        return
    context.reply("late.taken", count=count)


async def missing(update: Update, context: Context) -> None:
    """Today's boards of the own area."""
    for kind in ReportKind:
        facts = missing_reports.own_board(context.work, kind)
        if facts and (facts["due"] or kind is ReportKind.DUTY):
            context.reply("silent.list", **facts)


async def turn_missing(update: Update, context: Context) -> None:
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
    """The commands and the buttons below their answers."""
    app.add_handler(CommandHandler("onduty", on_duty_now, NEW))
    app.add_handler(CallbackQueryHandler(turn_board, r"^od:(now|gaps):(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(see_to_late, r"^late:take$"))
    app.add_handler(CommandHandler("missing", missing, NEW))
    app.add_handler(CallbackQueryHandler(turn_missing, r"^sil:b:([dh]):(\d{1,12}):(\d{8}):(\d{1,5})$"))
    app.add_handler(CallbackQueryHandler(nudge, r"^sil:n:([dh]):(\d{1,12}):(\d{8})$"))
    app.add_handler(CallbackQueryHandler(act_for, r"^bhf:(\d{1,12})$"))
    app.add_handler(CallbackQueryHandler(be_off, r"^ndg:off:(\d{8})$"))
