"""诉求: the buttons of each one's message, finding one, /requests with their lists."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.base.errors import Refused
from bot.features.requests import cards as request_cards
from bot.features.requests import lists as request_lists
from bot.features.requests import registering
from bot.features.requests import workflow as request_workflow
from bot.features.requests.lists import RequestBoard, WantedRequests
from bot.features.requests.workflow import Said
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter
from bot.process.incoming import number_of
from models import ResidentAnswer

FINDING = re.compile(r"^/?[rR](?:@\w+)?[\s_-]*((?:\d{4}-)?\d{1,9})$")
_FORMS = {"contact": "request_contact", "done": "request_done", "stuck": "request_stuck"}
_BOARDS = {
    "page": (request_lists.page, "request.board"),
    "below": (request_lists.below, "request.board_areas"),
}
BOARD_WORDS = frozenset({"诉求清单", "诉求台账", "requests"})


async def find(update: Update, context: Context) -> None:
    """One by its number; without one, what waits for this person."""
    said = " ".join(context.args or ())
    if said:
        _find(context, said)
        return
    rows = registering.waiting(context.work)
    context.reply("request.waiting", rows=rows)


async def find_by_words(update: Update, context: Context) -> None:
    """R123 as it is written on paper."""
    assert context.matches
    _find(context, context.matches[0].group(1))


async def show(update: Update, context: Context) -> None:
    """One of a list."""
    _show(context, number_of(context))


async def undo(update: Update, context: Context) -> None:
    """Sent by mistake, within the minute."""
    reference = registering.withdraw(context.work, number_of(context))
    context.reply("request.undone", reference=reference)


async def ask_more(update: Update, context: Context) -> None:
    """What a form asks for: a contact, what was done, what stands in the way."""
    assert context.matches
    verb, number = context.matches[0].groups()
    context.start_form(_FORMS[verb], {"request": int(number)})


async def assign(update: Update, context: Context) -> None:
    """Who is to see to it, or who besides."""
    assert context.matches
    verb, number = context.matches[0].groups()
    context.start_form("assign", {"request": int(number), "joint": verb == "with"})


async def more_time(update: Update, context: Context) -> None:
    """Granted or not."""
    assert context.matches
    verb, number, version = context.matches[0].groups()
    request_workflow.decide_more_time(context.work, int(number), int(version), verb == "more")
    context.toast("hazard-noted")


async def answer(update: Update, context: Context) -> None:
    """What the resident says; where something is missing, what."""
    assert context.matches
    said, number, version = context.matches[0].groups()
    if said != ResidentAnswer.SOLVED:
        given = {"request": int(number), "version": int(version), "answer": said}
        context.start_form("request_answer", given)
        return
    request_workflow.answered(context.work, int(number), int(version), ResidentAnswer.SOLVED, Said())
    context.toast("hazard-noted")


async def contact(update: Update, context: Context) -> None:
    """How the resident can be reached: shown over the chat, so that it stays nowhere in it."""
    told = registering.contact(context.session, context.actor, number_of(context), now=context.now)
    context.pop_up("request-contact-told", contact=told)


async def voices(update: Update, context: Context) -> None:
    """What was said."""
    found = request_workflow.voices(context.work, number_of(context))
    for each in found:
        context.reply("request.voice", **each)
    if not found:
        context.toast("button-stale")


async def history(update: Update, context: Context) -> None:
    """Step by step."""
    told = request_workflow.history(context.work, number_of(context))
    context.reply("request.history", **told)


def _find(context: Context, said: str) -> None:
    number = registering.find(context.work, said)
    if number is None:
        raise Refused("request-unknown")
    _show(context, number)


def _show(context: Context, number: int) -> None:
    request_cards.show_to(context.work, number)


async def first_page(update: Update, context: Context) -> None:
    """The board a person begins with."""
    facts = request_lists.first(context.work)
    context.reply("request.board", **facts)


async def turn_page(update: Update, context: Context) -> None:
    """Another page or board, or the areas it can be narrowed to."""
    assert context.matches
    verb, board, area_id, offset = context.matches[0].groups()
    wanted = WantedRequests(RequestBoard(board), int(area_id), int(offset))
    read, kind = _BOARDS[verb]
    facts = read(context.work, wanted)
    context.turn_to(kind, **facts)


def register(app: App) -> None:
    """Commands, words and buttons, of each request and of their lists."""
    app.add_handler(CommandHandler("r", find, NEW))
    app.add_handler(MessageHandler(NEW & filters.Regex(FINDING), find_by_words))
    number, read = r"(\d{1,15})", r"(\d{1,15}):(\d{1,9})"
    app.add_handler(CallbackQueryHandler(show, rf"^rq:show:{number}$"))
    app.add_handler(CallbackQueryHandler(undo, rf"^rq:undo:{number}$"))
    app.add_handler(CallbackQueryHandler(ask_more, rf"^rq:({'|'.join(_FORMS)}):{number}$"))
    app.add_handler(CallbackQueryHandler(assign, rf"^rq:(to|with):{number}$"))
    app.add_handler(CallbackQueryHandler(more_time, rf"^rq:(more|less):{read}$"))
    app.add_handler(CallbackQueryHandler(answer, rf"^rq:({'|'.join(ResidentAnswer)}):{read}$"))
    app.add_handler(CallbackQueryHandler(contact, rf"^rq:who:{number}$"))
    app.add_handler(CallbackQueryHandler(voices, rf"^rq:voice:{number}$"))
    app.add_handler(CallbackQueryHandler(history, rf"^rq:log:{number}$"))
    app.add_handler(CommandHandler("requests", first_page, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(BOARD_WORDS), first_page))
    verbs, boards = "|".join(_BOARDS), "|".join(RequestBoard)
    app.add_handler(CallbackQueryHandler(turn_page, rf"^rb:({verbs}):({boards}):(\d{{1,12}}):(\d{{1,6}})$"))
