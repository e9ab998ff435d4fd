"""/requests: lists of open requests, page by page."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.features.requests import lists as request_lists
from bot.features.requests.lists import RequestBoard, WantedRequests
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter

_SHOWN = {
    "page": (request_lists.page, "request.board"),
    "below": (request_lists.below, "request.board_areas"),
}
_WORDS = frozenset({"诉求清单", "诉求台账", "requests"})


async def first(update: Update, context: Context) -> None:
    """The board a person begins with."""
    facts = request_lists.first(context.work)
    context.reply("request.board", **facts)


async def turn(update: Update, context: Context) -> None:
    """Another page or board, or the areas it can be narrowed to."""
    assert context.matches
    verb, board, area_id, offset = context.matches[0].groups()
    wanted = WantedRequests(RequestBoard(board), int(area_id), int(offset))
    read, kind = _SHOWN[verb]
    facts = read(context.work, wanted)
    context.turn_to(kind, **facts)


def register(app: App) -> None:
    """The command and its buttons."""
    app.add_handler(CommandHandler("requests", first, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(_WORDS), first))
    verbs, boards = "|".join(_SHOWN), "|".join(RequestBoard)
    app.add_handler(CallbackQueryHandler(turn, rf"^rb:({verbs}):({boards}):(\d{{1,12}}):(\d{{1,6}})$"))
