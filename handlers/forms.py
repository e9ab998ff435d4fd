"""Answers to the forms people are filling in: buttons, words, voice, photos, places; /cancel."""

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.features import registry  # noqa: F401  (makes every form known)
from bot.forms import engine
from bot.forms.known import FORMS
from bot.forms.notices import FormNothingToCancel
from bot.forms.steps import Answer, Filling, Form, SentFile, SentPlace
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW, WordFilter, is_command
from bot.process.incoming import message_of, photo_of, said_in

# After every other handler had its turn.
AFTERWARDS = 1


class TakenByForm(filters.MessageFilter):
    """What the open form is for."""

    def filter(self, message: Message) -> bool:
        """Whether the draft's step takes it."""
        turn, answer = turn_now.get(), _answer_of(message)
        if turn.draft is None or not engine.takes(turn.draft, answer):
            return False
        # Where a button is waited for, the name of a command is no failed answer.
        filling = Filling(turn.session, turn.actor, turn.at, turn.now, turn.settings)
        return not (is_command(answer.text) and engine.wants_button(filling, turn.draft, answer.text))


class InForm(filters.MessageFilter):
    """Anything, while a form is open that has not taken this update."""

    def filter(self, message: Message) -> bool:
        """Whether a form is open."""
        return turn_now.get().draft is not None


class Start:
    """Starts one form; what stands behind its command answers the first question."""

    def __init__(self, form: Form) -> None:
        self._form = form.id

    async def __call__(self, update: Update, context: Context) -> None:
        """Ask the first question that is still open."""
        behind = str(message_of(update).text).split(maxsplit=1)[1] if context.args else ""
        context.start_form(self._form, said=Answer(text=behind) if behind else None)


async def tap(update: Update, context: Context) -> None:
    """A form's button."""
    assert update.callback_query
    query, pressed = update.callback_query, context.turn.pressed
    notices = engine.tap(context.filling, str(query.data), pressed.message_id if pressed else 0)
    if not notices:
        noted = engine.is_noted(context.filling, str(query.data))
        context.toast("form-tapped-already" if noted else "button-stale")
    context.say(notices)


async def answer(update: Update, context: Context) -> None:
    """An answer, or something that the form does not take."""
    draft = context.turn.draft
    assert draft
    context.turn.draft = None
    context.say(engine.answer(context.filling, draft, _answer_of(message_of(update))))


async def offer_again(update: Update, context: Context) -> None:
    """Something else came first: the form is still there."""
    draft = context.turn.draft
    assert draft
    context.say(engine.offer(context.filling, draft))


def _answer_of(message: Message) -> Answer:
    said = said_in(message)
    return Answer(said.words, said.voice, photo_of(message), _place_of(message), _file_of(message))


def _file_of(message: Message) -> SentFile | None:
    """A video, a recording, or a document that is no picture."""
    found = {"video": message.video, "audio": message.audio, "document": message.document}
    kind, file = next(((kind, file) for kind, file in found.items() if file), ("", None))
    if file is None:
        return None
    return SentFile(kind, file.file_id, file.file_name or "", (message.caption or "").strip())


def _place_of(message: Message) -> SentPlace | None:
    location, venue = message.location, message.venue
    if location is None:
        return None
    return SentPlace(
        location.latitude, location.longitude, location.horizontal_accuracy,
        location.live_period is not None, message.forward_origin is not None,
        f"{venue.title} {venue.address}".strip() if venue else "",
    )  # fmt: skip


async def cancel(update: Update, context: Context) -> None:
    """Drop the draft and say which one it was."""
    draft, context.turn.draft = context.turn.draft, None
    if draft is None:
        context.reply(FormNothingToCancel())
    else:
        context.say(engine.cancel(context.filling, draft))


def register_starts(app: App) -> None:
    """Commands and words that drop or start a form: before the answers to any."""
    app.add_handler(CommandHandler("cancel", cancel, NEW))
    for form in FORMS.values():
        if form.command:
            app.add_handler(CommandHandler(form.command, Start(form), NEW))
        if form.words:
            app.add_handler(MessageHandler(NEW & WordFilter(form.words), Start(form)))


def register(app: App) -> None:
    """After commands and main-keyboard words, before what a place or a photo starts outside of forms."""
    app.add_handler(CallbackQueryHandler(tap, r"^f:"))
    app.add_handler(MessageHandler(NEW & ~filters.COMMAND & InForm() & TakenByForm(), answer))


def register_rest(app: App) -> None:
    """Just before the fallback: what neither the form nor anything outside takes."""
    app.add_handler(MessageHandler(NEW & ~filters.COMMAND & InForm(), answer))
    app.add_handler(MessageHandler(NEW & InForm(), offer_again), group=AFTERWARDS)
