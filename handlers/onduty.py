"""/onduty: who is on duty at every post below, and the gaps of the coming days."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.attendance import duty_board
from bot.features.attendance.duty_board import Board
from bot.process.context import App, Context
from bot.process.filters import NEW


async def now(update: Update, context: Context) -> None:
    """The first page."""
    _show_now(context, 0)


async def turn(update: Update, context: Context) -> None:
    """Another page, of the board or of the gaps."""
    assert context.matches
    which, offset = context.matches[0].groups()
    if which == "now":
        _show_now(context, int(offset))
        return
    found = duty_board.gaps(context.work, int(offset))
    _reply(context, "onduty.gaps", found, duty_board.GAPS)


def _show_now(context: Context, offset: int) -> None:
    found = duty_board.now_on_duty(context.work, offset)
    _reply(context, "onduty.board", found, duty_board.PLACES)


def _reply(context: Context, kind: str, board: Board, size: int) -> None:
    context.turn_to(
        kind,
        entries=board.entries,
        total=board.total,
        offset=board.offset,
        size=size,
        days=context.settings.crews.gap_days,
    )


def register(app: App) -> None:
    """The command and its pages."""
    app.add_handler(CommandHandler("onduty", now, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^od:(now|gaps):(\d{1,6})$"))
