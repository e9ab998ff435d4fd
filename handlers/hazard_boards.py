"""/hazards: lists of open hazards, page by page, and their map."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.features.hazards import lists as hazard_lists
from bot.features.hazards.lists import Board, Wanted
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter

_SHOWN = {
    "page": (hazard_lists.page, "hazard.board"),
    "kinds": (hazard_lists.kinds, "hazard.board_kinds"),
    "below": (hazard_lists.below, "hazard.board_areas"),
    "map": (hazard_lists.around, "hazard.map"),
}
_WORDS = frozenset({"隐患清单", "隐患台账", "hazards"})


async def first(update: Update, context: Context) -> None:
    """The board a person begins with."""
    facts = hazard_lists.first(context.work)
    context.reply("hazard.board", **facts)


async def turn(update: Update, context: Context) -> None:
    """Another page or board, what it can be narrowed to, or its map."""
    assert context.matches
    verb, board, area_id, category, offset = context.matches[0].groups()
    wanted = Wanted(Board(board), int(area_id), category, int(offset))
    read, kind = _SHOWN[verb]
    facts = read(context.work, wanted)
    context.turn_to(kind, **facts)


def register(app: App) -> None:
    """The command and its buttons."""
    app.add_handler(CommandHandler("hazards", first, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(_WORDS), first))
    verbs, boards = "|".join(_SHOWN), "|".join(Board)
    app.add_handler(
        CallbackQueryHandler(turn, rf"^hb:({verbs}):({boards}):(\d{{1,12}}):([a-z0-9_]{{0,24}}):(\d{{1,6}})$")
    )
