"""隐患: telling of one, replies to its message with a photo or words, the work, the look at it; the map."""

from collections.abc import Callable

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.access import Work
from bot.base.errors import Refused
from bot.features.cases.lists import Wanted
from bot.features.hazards import details, lists, reporting, work_photos, workflow
from bot.features.hazards.repository import HAZARD
from bot.features.safety import unplaced
from bot.forms.steps import Answer
from bot.outbox.notices import Notice
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW, WordFilter
from bot.process.incoming import PHOTO, number_of, photo_of, spoken_words
from bot.views.notices import Refusal

WORDS = frozenset({"隐患", "报隐患", "hazard"})
# Forms about a hazard that take words themselves.
ASKING = frozenset({"hazard", "rectify", "reopen", "assign"})
# What a list has besides its pages.
_BESIDES: dict[str, Callable[[Work, Wanted], Notice]] = {"kinds": lists.kinds, "map": lists.around}


class PartOfAlbum(filters.MessageFilter):
    """One more photo of an album that is filed under a hazard already."""

    def filter(self, message: Message) -> bool:
        """Whether the album's other parts are."""
        turn, mark = turn_now.get(), message.media_group_id
        if not mark or not turn.actor.person_id:
            return False
        filed = reporting.album(turn.work, mark)
        return filed is not None


class Remark(filters.MessageFilter):
    """Words below a hazard's message, unless an open form about a hazard has asked for them."""

    def filter(self, message: Message) -> bool:
        """Whether the message replied to is a hazard's that the sender may say something about."""
        draft = turn_now.get().draft
        if draft is not None and draft.form in ASKING:
            return False
        return _spoken_of(message) is not None


class RemarkTooLate(filters.MessageFilter):
    """Words below the message of a hazard that is over, while no form asks for any."""

    def filter(self, message: Message) -> bool:
        """Whether they come too late."""
        return turn_now.get().draft is None and bool(_over(message))


class AboutHazard(filters.MessageFilter):
    """A reply to a hazard's message, unless that hazard's form is open: it takes the photo then."""

    def filter(self, message: Message) -> bool:
        """Whether the message replied to is a hazard's that the sender may put right."""
        turn = turn_now.get()
        if turn.draft is not None and turn.draft.form == "rectify":
            return False
        return _replied_to(message) is not None


class Shown(filters.MessageFilter):
    """A photo below the message of a hazard that the sender is not to put right, or that is put right."""

    def filter(self, message: Message) -> bool:
        """Whether the sender may say something about it, and no form about its work is open."""
        draft = turn_now.get().draft
        return (draft is None or draft.form != "rectify") and _spoken_of(message) is not None


class MoreOfWork(filters.MessageFilter):
    """A photo of work that nobody has looked at yet: below its message, or soon after."""

    def filter(self, message: Message) -> bool:
        """Whether there is such work of the sender's."""
        return _work_of(message) is not None


def _work_of(message: Message) -> int | None:
    turn, above = turn_now.get(), message.reply_to_message
    if not turn.actor.person_id:
        return None
    if above is not None:
        return work_photos.of_message(turn.session, turn.actor, message.chat_id, above.message_id)
    return None if turn.draft else work_photos.at_hand(turn.work.at(turn.at))


def _replied_to(message: Message) -> int | None:
    turn, above = turn_now.get(), message.reply_to_message
    if above is None or not turn.actor.person_id:
        return None
    return workflow.open_of(turn.work, message.chat_id, above.message_id)


def _spoken_of(message: Message) -> int | None:
    turn, above = turn_now.get(), message.reply_to_message
    if above is None or not turn.actor.person_id:
        return None
    return details.about(turn.work, message.chat_id, above.message_id)


def _over(message: Message) -> str:
    turn, above = turn_now.get(), message.reply_to_message
    if above is None or not turn.actor.person_id:
        return ""
    return details.over(turn.work, message.chat_id, above.message_id)


async def late_part(update: Update, context: Context) -> None:
    """It joins the others in silence."""
    assert update.message
    sent = photo_of(update.message)
    if sent is None:
        raise Refused("photo-no-picture")
    reporting.add_late_photo(context.work, sent)


async def rectify_by_reply(update: Update, context: Context) -> None:
    """A photo below a hazard's message: what came of it?"""
    assert update.message
    number = _replied_to(update.message)
    assert number
    photo = Answer(photo=photo_of(update.message))
    context.start_form("rectify", {"hazard": number}, photo=photo)


async def more_of_work(update: Update, context: Context) -> None:
    """It stands with the others of the work; one key says that it is of something else."""
    assert update.message
    sent, number = photo_of(update.message), _work_of(update.message)
    assert sent
    assert number
    context.reply(work_photos.add(context.work, number, sent))


async def not_of_work(update: Update, context: Context) -> None:
    """It is of another hazard: that is told of instead."""
    assert context.matches
    number, photo = (int(part) for part in context.matches[0].groups())
    work_photos.take_out(context.work, number, photo)
    context.start_form("hazard", {"photos": [photo]})


async def remark(update: Update, context: Context) -> None:
    """Words or a voice note below a hazard's message."""
    assert update.message
    number = _spoken_of(update.message)
    assert number
    spoken = update.message.voice.file_id if update.message.voice else ""
    context.reply(details.remark(context.work, number, spoken_words(update.message), spoken))


async def shown(update: Update, context: Context) -> None:
    """A photo, and words below it, from whoever has not done the work."""
    assert update.message
    sent, number = photo_of(update.message), _spoken_of(update.message)
    assert number
    if sent is None:
        raise Refused("photo-no-picture")
    context.reply(details.show(context.work, number, sent))


async def remark_too_late(update: Update, context: Context) -> None:
    """It is over, which is said; what the words are is asked, so that they are not lost."""
    assert update.message
    context.reply(Refusal(_over(update.message)))
    unplaced.keep(context.work)


async def start(update: Update, context: Context) -> None:
    """A hazard without a photo; one can still follow."""
    context.start_form("hazard", {"photos": []})


async def fix(update: Update, context: Context) -> None:
    """It is put right: a photo shows it."""
    context.start_form("rectify", {"hazard": number_of(context), "outcome": "fixed"})


async def not_yet(update: Update, context: Context) -> None:
    """It is not, or not wholly."""
    context.start_form("rectify", {"hazard": number_of(context)})


async def accept(update: Update, context: Context) -> None:
    """It is right."""
    assert context.matches
    number, version = (int(part) for part in context.matches[0].groups())
    workflow.accept(context.work, number, version)
    context.toast("hazard-noted")


async def send_back(update: Update, context: Context) -> None:
    """It is not: why?"""
    assert context.matches
    number, version = (int(part) for part in context.matches[0].groups())
    context.start_form("reopen", {"hazard": number, "version": version})


async def pictures(update: Update, context: Context) -> None:
    """Every photo."""
    found = details.pictures(context.work, number_of(context))
    for each in found:
        context.reply(each)
    if not found:
        context.toast("button-stale")


async def narrow(update: Update, context: Context) -> None:
    """What a list can be narrowed to, or its map."""
    assert context.matches
    verb, board, area_id, category, offset = context.matches[0].groups()
    context.turn_to(_BESIDES[verb](context.work, Wanted(board, int(area_id), category, int(offset))))


def register(app: App) -> None:
    """Commands, words and buttons that no other kind of case has."""
    app.add_handler(CommandHandler("hazard", start, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(WORDS), start))
    number, read = r"(\d{1,15})", r"(\d{1,15}):(\d{1,9})"
    app.add_handler(CallbackQueryHandler(fix, rf"^hz:fix:{number}$"))
    app.add_handler(CallbackQueryHandler(not_yet, rf"^hz:part:{number}$"))
    app.add_handler(CallbackQueryHandler(accept, rf"^hz:ok:{read}$"))
    app.add_handler(CallbackQueryHandler(send_back, rf"^hz:back:{read}$"))
    app.add_handler(CallbackQueryHandler(pictures, rf"^hz:photos:{number}$"))
    app.add_handler(CallbackQueryHandler(not_of_work, rf"^hz:apart:{number}:{number}$"))
    verbs, boards = "|".join(_BESIDES), "|".join(board.name for board in HAZARD.boards)
    page = rf"^hb:({verbs}):({boards}):(\d{{1,12}}):([a-z0-9_]{{0,24}}):(\d{{1,6}})$"
    app.add_handler(CallbackQueryHandler(narrow, page))


def register_replies(app: App) -> None:
    """Photos and words that say themselves where they belong: before any form takes them."""
    app.add_handler(MessageHandler(NEW & PHOTO & PartOfAlbum(), late_part))
    app.add_handler(MessageHandler(NEW & PHOTO & filters.REPLY & MoreOfWork(), more_of_work))
    app.add_handler(MessageHandler(NEW & PHOTO & AboutHazard(), rectify_by_reply))
    app.add_handler(MessageHandler(NEW & PHOTO & Shown(), shown))
    said = (filters.TEXT | filters.VOICE) & ~filters.COMMAND
    app.add_handler(MessageHandler(NEW & said & Remark(), remark))
    app.add_handler(MessageHandler(NEW & said & RemarkTooLate(), remark_too_late))


def register_evidence(app: App) -> None:
    """Photos outside any form, before they tell of something new."""
    app.add_handler(MessageHandler(NEW & PHOTO & MoreOfWork(), more_of_work))
