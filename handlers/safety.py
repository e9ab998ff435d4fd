"""A call for help by one key; and what nothing else took: kept and offered on, or answered by what to do."""

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.features.safety import appeals, unplaced
from bot.features.safety.notices import DangerCalled, MediaNotTaken, WordsCourtesy
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW
from bot.process.incoming import PHOTO, number_of

_VIDEO = filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION
# Each kind of message that cannot be taken, and the sentence for it; a file comes last, for animations are
# files too.
NOT_TAKEN = (
    (_VIDEO, "video"), (filters.AUDIO, "audio"), (filters.Sticker.ALL | filters.Dice.ALL, "sticker"),
    (filters.CONTACT, "contact"), (filters.POLL, "poll"),
    (filters.Document.ALL & ~filters.Document.IMAGE, "document"),
)  # fmt: skip


async def call(update: Update, context: Context) -> None:
    """Call those on duty and the supervisor, with what the message said."""
    context.reply(DangerCalled(tuple(appeals.call(context.work, number_of(context)))))


async def take(update: Update, context: Context) -> None:
    """I will see to it."""
    taken = appeals.take(context.work, number_of(context))
    context.toast("appeal-taken-toast" if taken else "appeal-toast-late")


async def answer(update: Update, context: Context) -> None:
    """Something is to be said to who made it."""
    context.start_form("appeal_answer", {"appeal": number_of(context)})


async def listen(update: Update, context: Context) -> None:
    """The voice note is played."""
    context.reply(appeals.voice(context.work, number_of(context)))


class MayNotReport(filters.MessageFilter):
    """Whoever is known and has no hazards to report."""

    def filter(self, message: Message) -> bool:
        """Whether photos are of no use from this sender."""
        actor = turn_now.get().actor
        return bool(actor.person_id) and "hazard" not in unplaced.offers(actor)


class NotTaken:
    """Answers one kind of message by what to send instead; what stands below it is kept."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    async def __call__(self, update: Update, context: Context) -> None:
        """Say it, and ask what the words below it are."""
        context.reply(MediaNotTaken(self._kind))
        unplaced.keep(context.work)


async def keep_words(update: Update, context: Context) -> None:
    """Words or a voice note outside any form."""
    if not unplaced.keep(context.work):
        context.reply(WordsCourtesy())


async def as_hazard(update: Update, context: Context) -> None:
    """They tell of a hazard: the form goes on with them."""
    context.start_form("hazard", {"photos": [], "said": _given(context)})


async def as_request(update: Update, context: Context) -> None:
    """They are what a resident asks for."""
    given = _given(context)
    spoken = {name: given[name] for name in ("words", "voice") if given[name]}
    context.start_form("request", {"words": spoken, "said": given})


async def tell_of_words(update: Update, context: Context) -> None:
    """They are for the supervisor."""
    unplaced.tell(context.work, number_of(context))


async def drop_words(update: Update, context: Context) -> None:
    """They are for nobody."""
    unplaced.drop(context.work, number_of(context))


def _given(context: Context) -> dict[str, str | int]:
    return unplaced.given(context.work, number_of(context))


def register(app: App) -> None:
    """The keys below a call for help, and below what is kept."""
    app.add_handler(CallbackQueryHandler(call, r"^sos:call:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(take, r"^apl:take:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(answer, r"^apl:say:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(listen, r"^apl:voice:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(as_hazard, r"^w:hazard:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(as_request, r"^w:request:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(tell_of_words, r"^w:tell:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(drop_words, r"^w:drop:(\d{1,15})$"))


def register_evidence(app: App) -> None:
    """Before a place or a photo starts anything."""
    app.add_handler(MessageHandler(NEW & filters.VENUE, NotTaken("venue")))
    app.add_handler(MessageHandler(NEW & PHOTO & MayNotReport(), NotTaken("photo")))


def register_rest(app: App) -> None:
    """Whatever no form and no patrol took."""
    for wanted, kind in NOT_TAKEN:
        app.add_handler(MessageHandler(NEW & wanted, NotTaken(kind)))
    app.add_handler(MessageHandler(NEW & (filters.TEXT | filters.VOICE) & ~filters.COMMAND, keep_words))
