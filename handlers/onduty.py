"""/onduty: who is on duty at every post below, and the gaps of the coming days."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.context import App, Context
from bot.services import onduty
from bot.services.onduty import Board


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
    found = onduty.gaps(
        context.session, context.actor, int(offset), now=context.now, settings=context.settings
    )
    _reply(context, "onduty.gaps", found, onduty.GAPS)


def _show_now(context: Context, offset: int) -> None:
    found = onduty.now_on_duty(
        context.session, context.actor, offset, now=context.now, settings=context.settings
    )
    _reply(context, "onduty.board", found, onduty.PLACES)


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
    own_chat = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(CommandHandler("onduty", now, own_chat))
    app.add_handler(CallbackQueryHandler(turn, r"^od:(now|gaps):(\d{1,6})$"))
