"""诉求: the buttons that only a request's message has."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.features.requests import registering, workflow
from bot.process.buttons import parts_of
from bot.process.context import App, Context
from bot.process.incoming import number_of
from bot.words.said import Remark
from models import ResidentAnswer

_FORMS = {"contact": "request_contact", "done": "request_done", "stuck": "request_stuck"}


async def ask_more(update: Update, context: Context) -> None:
    """What a form asks for: a contact, what was done, what stands in the way."""
    verb, number = parts_of(context)
    context.start_form(_FORMS[verb], {"request": int(number)})


async def answer(update: Update, context: Context) -> None:
    """What the resident says; where something is missing, what."""
    said, number, version = parts_of(context)
    if said != ResidentAnswer.SOLVED:
        read = {"request": int(number), "version": int(version)}
        context.start_form("request_answer", {**read, "answer": said})
        return
    workflow.answered(context.work, int(number), int(version), ResidentAnswer.SOLVED, Remark())
    context.toast("hazard-noted")


async def contact(update: Update, context: Context) -> None:
    """How the resident can be reached: shown over the chat, so that it stays nowhere in it."""
    context.pop_up("request-contact-told", contact=registering.contact(context.work, number_of(context)))


def register(app: App) -> None:
    """The buttons of each request."""
    number, read = r"(\d{1,15})", r"(\d{1,15}):(\d{1,9})"
    app.add_handler(CallbackQueryHandler(ask_more, rf"^rq:({'|'.join(_FORMS)}):{number}$"))
    app.add_handler(CallbackQueryHandler(answer, rf"^rq:({'|'.join(ResidentAnswer)}):{read}$"))
    app.add_handler(CallbackQueryHandler(contact, rf"^rq:who:{number}$"))
