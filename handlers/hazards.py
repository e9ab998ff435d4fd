"""隐患: telling of one, replies to its message with a photo or words, the work, the look at it; the map."""

from collections.abc import Callable

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.access import Work
from bot.features.cases.lists import Wanted
from bot.features.hazards import details, lists, reporting, work_photos, workflow
from bot.features.hazards.repository import HAZARD
from bot.features.safety import unplaced
from bot.forms.steps import Answer
from bot.outbox.notices import Notice
from bot.process.buttons import STALE, numbers_of, parts_of
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW, Found, WordFilter
from bot.process.incoming import PHOTO, found_number, message_of, number_of, photo_of, picture_of, said_in
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
        return bool(mark and turn.actor.person_id) and reporting.album(turn.work, mark or "") is not None


def _above(message: Message) -> int:
    """The message replied to, by somebody we know; 0 for none."""
    above = message.reply_to_message
    return above.message_id if above is not None and turn_now.get().actor.person_id else 0


def _is_filling(*forms: str) -> bool:
    draft = turn_now.get().draft
    return draft is not None and draft.form in forms


def remarked(message: Message) -> int | None:
    """The hazard below whose message there are words, unless an open form about one has asked for them."""
    above = 0 if _is_filling(*ASKING) else _above(message)
    return details.about(turn_now.get().work, message.chat_id, above) if above else None


def over(message: Message) -> str:
    """Why words below a hazard's message come too late, while no form asks for any."""
    turn, above = turn_now.get(), _above(message)
    return details.over(turn.work, message.chat_id, above) if above and turn.draft is None else ""


def to_fix(message: Message) -> int | None:
    """The hazard that its sender may put right, where its form is not open: it takes the photo then."""
    above = 0 if _is_filling("rectify") else _above(message)
    return workflow.open_of(turn_now.get().work, message.chat_id, above) if above else None


def shown_of(message: Message) -> int | None:
    """The hazard below whose message there is a photo, while no form about its work is open."""
    above = 0 if _is_filling("rectify") else _above(message)
    return details.about(turn_now.get().work, message.chat_id, above) if above else None


def worked_on(message: Message) -> int | None:
    """The hazard of whose work, which nobody has looked at yet, this is one more photo: below its message, or
    soon after."""
    turn, above = turn_now.get(), message.reply_to_message
    if not turn.actor.person_id:
        return None
    if above is not None:
        return work_photos.of_message(turn.session, turn.actor, message.chat_id, above.message_id)
    return None if turn.draft else work_photos.at_hand(turn.work.at(turn.at))


async def late_part(update: Update, context: Context) -> None:
    """It joins the others in silence."""
    reporting.add_late_photo(context.work, picture_of(update))


async def rectify_by_reply(update: Update, context: Context) -> None:
    """A photo below a hazard's message: what came of it?"""
    photo = Answer(photo=photo_of(message_of(update)))
    context.start_form("rectify", {"hazard": found_number(context)}, photo=photo)


async def more_of_work(update: Update, context: Context) -> None:
    """It stands with the others of the work; one key says that it is of something else."""
    context.reply(work_photos.add(context.work, found_number(context), picture_of(update)))


async def not_of_work(update: Update, context: Context) -> None:
    """It is of another hazard: that is told of instead."""
    number, photo = numbers_of(context)
    work_photos.take_out(context.work, number, photo)
    context.start_form("hazard", {"photos": [photo]})


async def remark(update: Update, context: Context) -> None:
    """Words or a voice note below a hazard's message."""
    said = said_in(message_of(update))
    context.reply(details.remark(context.work, found_number(context), said.words, said.voice))


async def shown(update: Update, context: Context) -> None:
    """A photo, and words below it, from whoever has not done the work."""
    context.reply(details.show(context.work, found_number(context), picture_of(update)))


async def remark_too_late(update: Update, context: Context) -> None:
    """It is over, which is said; what the words are is asked, so that they are not lost."""
    context.reply(Refusal(str(context.found[0])))
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
    number, version = numbers_of(context)
    workflow.accept(context.work, number, version)
    context.toast("hazard-noted")


async def send_back(update: Update, context: Context) -> None:
    """It is not: why?"""
    number, version = numbers_of(context)
    context.start_form("reopen", {"hazard": number, "version": version})


async def pictures(update: Update, context: Context) -> None:
    """Every photo."""
    found = details.pictures(context.work, number_of(context))
    for each in found:
        context.reply(each)
    if not found:
        context.toast(STALE)


async def narrow(update: Update, context: Context) -> None:
    """What a list can be narrowed to, or its map."""
    verb, board, area_id, category, offset = parts_of(context)
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
    app.add_handler(MessageHandler(NEW & PHOTO & filters.REPLY & Found(worked_on), more_of_work))
    app.add_handler(MessageHandler(NEW & PHOTO & Found(to_fix), rectify_by_reply))
    app.add_handler(MessageHandler(NEW & PHOTO & Found(shown_of), shown))
    said = (filters.TEXT | filters.VOICE) & ~filters.COMMAND
    app.add_handler(MessageHandler(NEW & said & Found(remarked), remark))
    app.add_handler(MessageHandler(NEW & said & Found(over), remark_too_late))


def register_evidence(app: App) -> None:
    """Photos outside any form, before they tell of something new."""
    app.add_handler(MessageHandler(NEW & PHOTO & Found(worked_on), more_of_work))
