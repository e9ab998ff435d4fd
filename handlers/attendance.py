"""Who is on duty, who has not come and who has not reported: /onduty, /missing and their buttons."""

from datetime import date, datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.base.errors import Refused
from bot.features.attendance import duty_board, missing_reports, not_checked_in
from bot.features.attendance.notices import LateTaken, NudgeOff, SilentList
from bot.process.context import App, Context
from bot.process.filters import NEW
from models import ReportKind

_KINDS = {"d": ReportKind.DUTY, "h": ReportKind.HOUSEHOLDS}


async def on_duty_now(update: Update, context: Context) -> None:
    """The first page."""
    context.turn_to(duty_board.now_on_duty(context.work, 0))


async def turn_board(update: Update, context: Context) -> None:
    """Another page, of the board or of the gaps."""
    assert context.matches
    which, offset = context.matches[0].groups()
    read = duty_board.now_on_duty if which == "now" else duty_board.gaps
    context.turn_to(read(context.work, int(offset)))


async def see_to_late(update: Update, context: Context) -> None:
    """The actor calls them."""
    count = not_checked_in.take(context.work)
    if not count:
        context.toast("button-stale")
        return
    context.reply(LateTaken(count))


async def missing(update: Update, context: Context) -> None:
    """Today's boards of the own area."""
    for kind in ReportKind:
        board = missing_reports.own_board(context.work, kind)
        if board and (board.due or kind is ReportKind.DUTY):
            context.reply(board.shown_as(SilentList))


async def turn_missing(update: Update, context: Context) -> None:
    """Another page, the area above or below, or the same as it is now."""
    assert context.matches
    kind, area_id, day, offset = context.matches[0].groups()
    board = missing_reports.board(context.work, _KINDS[kind], int(area_id), _day(day), int(offset))
    if board is None:
        context.toast("button-stale")
    else:
        context.turn_to(board.shown_as(SilentList))


async def nudge(update: Update, context: Context) -> None:
    """Remind the silent ones of the list."""
    assert context.matches
    kind, area_id, day = context.matches[0].groups()
    nudged = missing_reports.nudge(context.work, _KINDS[kind], int(area_id), _day(day))
    if nudged is None:
        context.toast("button-stale")
    else:
        context.reply(nudged)


async def be_off(update: Update, context: Context) -> None:
    """A day off, says the one who was nudged."""
    assert context.matches
    if missing_reports.be_off(context.work, _day(context.matches[0].group(1))):
        context.reply(NudgeOff())
    else:
        context.toast("button-stale")


async def act_for(update: Update, context: Context) -> None:
    """Somebody of the list has no telephone: who?"""
    assert context.matches
    context.start_form("behalf", {"area": int(context.matches[0].group(1))})


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
