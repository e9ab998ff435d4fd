"""Who is on duty, who has not come and who has not reported: /onduty, /missing and their buttons."""

from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.attendance import duty_board, missing_reports, not_checked_in
from bot.features.attendance.notices import LateTaken, NudgeOff
from bot.process.buttons import day_of, parts_of, reply, turn_to
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.process.incoming import number_of
from models import ReportKind

_KINDS = {"d": ReportKind.DUTY, "h": ReportKind.HOUSEHOLDS}


async def on_duty_now(update: Update, context: Context) -> None:
    """The first page."""
    context.turn_to(duty_board.now_on_duty(context.work, 0))


async def turn_board(update: Update, context: Context) -> None:
    """Another page, of the board or of the gaps."""
    which, offset = parts_of(context)
    read = duty_board.now_on_duty if which == "now" else duty_board.gaps
    context.turn_to(read(context.work, int(offset)))


async def see_to_late(update: Update, context: Context) -> None:
    """The actor calls them."""
    count = not_checked_in.take(context.work)
    reply(context, LateTaken(count) if count else None)


async def missing(update: Update, context: Context) -> None:
    """Today's boards of the own area."""
    for kind in ReportKind:
        board = missing_reports.own_board(context.work, kind)
        if board and (board.due or kind is ReportKind.DUTY):
            context.reply(replace(board, answers=True))


async def turn_missing(update: Update, context: Context) -> None:
    """Another page, the area above or below, or the same as it is now."""
    kind, area_id, day, offset = parts_of(context)
    board = missing_reports.board(context.work, _KINDS[kind], int(area_id), day_of(day), int(offset))
    turn_to(context, board and replace(board, answers=True))


async def nudge(update: Update, context: Context) -> None:
    """Remind the silent ones of the list."""
    kind, area_id, day = parts_of(context)
    reply(context, missing_reports.nudge(context.work, _KINDS[kind], int(area_id), day_of(day)))


async def be_off(update: Update, context: Context) -> None:
    """A day off, says the one who was nudged."""
    is_off = missing_reports.be_off(context.work, day_of(parts_of(context)[0]))
    reply(context, NudgeOff() if is_off else None)


async def act_for(update: Update, context: Context) -> None:
    """Somebody of the list has no telephone: who?"""
    context.start_form("behalf", {"area": number_of(context)})


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
