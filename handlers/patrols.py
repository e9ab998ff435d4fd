"""巡逻: setting out, checkpoints by place, code or photo, the checklist; /patrols with map and voice."""

import re
from dataclasses import asdict

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.base.i18n import texts_of
from bot.features.patrols import checklist, checkpoints, starting
from bot.features.patrols import reports as patrol_reports
from bot.features.patrols import repository as on_patrol
from bot.features.patrols.notices import PatrolFinished, PatrolNone
from bot.features.people import accounts
from bot.process.buttons import STALE, numbers_of, parts_of, reply
from bot.process.context import App, Context, turn_now
from bot.process.filters import MOVED, NEW, WordFilter
from bot.process.incoming import PHOTO, message_of, number_of, picture_of, place_of, said_in
from models import PatrolPage

START_WORDS = texts_of("key-patrol") | {"巡逻", "开始巡逻", "patrol"}
BAD_WORDS = texts_of("key-patrol-bad") | {"有问题"}
OVER_WORDS = texts_of("key-patrol-over") | {"巡完了", "巡完", "round done"}
QR_LINK = re.compile(r"^/start(?:@\w+)? c_([A-Za-z0-9_-]{1,62})$")


class OnPatrol(filters.MessageFilter):
    """Anything, while its sender is on patrol."""

    def filter(self, message: Message) -> bool:
        """Whether a patrol is open."""
        turn = turn_now.get()
        return turn.actor.person_id != 0 and on_patrol.is_on(turn.session, turn.actor.person_id)


class TakesWords(filters.MessageFilter):
    """Words on a patrol, or shortly after it."""

    def filter(self, message: Message) -> bool:
        """Whether there is a patrol that they belong to."""
        turn = turn_now.get()
        return checklist.takes_words(turn.work, turn.at)


async def start(update: Update, context: Context) -> None:
    """Set out, or come back to the patrol that is open."""
    _begin(context, None)


async def start_on(update: Update, context: Context) -> None:
    """On the section that was chosen."""
    _begin(context, number_of(context))


async def place(update: Update, context: Context) -> None:
    """A place on the way; where no check-in is open, it is that too."""
    reached = checkpoints.at_place(context.work, place_of(message_of(update)), context.at)
    if reached.checkin is not None:
        context.reply(reached.checkin.notice(context.settings, new_place=True))
    context.reply(reached.notice)


async def live_point(update: Update, context: Context) -> None:
    """A live location moved: kept in silence."""
    checkpoints.moved(context.work, place_of(message_of(update)), context.at)


async def code(update: Update, context: Context) -> None:
    """The code on the spot."""
    context.reply(checkpoints.by_code(context.work, parts_of(context)[0], context.at))


async def photo(update: Update, context: Context) -> None:
    """A photo on the way: of an item just noted, else of a checkpoint. Of an album the first part asks."""
    sent = picture_of(update)
    taken = checklist.take(context.work, sent, sent.words, context.at)
    if taken is not None:
        context.reply(taken)


async def photo_of_stop(update: Update, context: Context) -> None:
    """It was told which checkpoint a photo shows."""
    patrol_id, stop_id, photo_id = numbers_of(context)
    context.reply(checkpoints.by_choice(context.work, patrol_id, stop_id, photo_id, context.at))


async def photo_of_problem(update: Update, context: Context) -> None:
    """It shows something that is not in order."""
    checklist.ask_about_photo(context.work, *numbers_of(context))


async def turn_by_word(update: Update, context: Context) -> None:
    """The keys of the way: something is not in order; the walk is over."""
    text = (message_of(update).text or "").strip().casefold()
    page = PatrolPage.ITEMS if text in {word.casefold() for word in BAD_WORDS} else PatrolPage.CHECK
    checklist.turn_to(context.work, page)


async def not_on(update: Update, context: Context) -> None:
    """The keys of the way are still on the phone, and the patrol is over."""
    _main_keyboard(context, dropped=False)


async def drop(update: Update, context: Context) -> None:
    """Begun by mistake."""
    starting.drop(context.work, number_of(context))
    _main_keyboard(context, dropped=True)


async def turn(update: Update, context: Context) -> None:
    """The same by the card's buttons."""
    verb, number = parts_of(context)
    page = {"bad": PatrolPage.ITEMS, "over": PatrolPage.CHECK, "walk": PatrolPage.WALK}[verb]
    checklist.turn_to(context.work, page, int(number))


async def item(update: Update, context: Context) -> None:
    """This one is not in order."""
    number, item_code = parts_of(context)
    checklist.note_item(context.work, int(number), item_code, context.at)


async def done(update: Update, context: Context) -> None:
    """All (else) in order."""
    minutes = checklist.finish(context.work, number_of(context), context.at)
    context.reply(PatrolFinished(**asdict(accounts.keys_of(context.work)), minutes=minutes))


async def say(update: Update, context: Context) -> None:
    """Words or a voice note that nothing else took."""
    noted = checklist.say(context.work, said_in(message_of(update)), context.at)
    if noted is not None:
        context.reply(noted)


def _begin(context: Context, section_id: int | None) -> None:
    begun = starting.begin(context.work, section_id, context.at)
    if begun is not None:
        context.reply(begun)


def _main_keyboard(context: Context, dropped: bool) -> None:
    context.reply(PatrolNone(**asdict(accounts.keys_of(context.work)), dropped=dropped))


async def reports(update: Update, context: Context) -> None:
    """The newest ones."""
    context.turn_to(patrol_reports.listed(context.work, 0))


async def older(update: Update, context: Context) -> None:
    """Those before."""
    context.turn_to(patrol_reports.listed(context.work, number_of(context)))


async def report(update: Update, context: Context) -> None:
    """One of them, with its map where that was asked for."""
    verb, number = parts_of(context)
    reply(context, patrol_reports.look(context.work, int(number), verb == "map"))


async def voice(update: Update, context: Context) -> None:
    """The remark as it was spoken."""
    spoken = patrol_reports.spoken(context.session, context.actor, number_of(context))
    if not spoken:
        context.toast(STALE)
    for each in spoken:
        context.reply(each)


def register(app: App) -> None:
    """Commands, keys and buttons: before the forms."""
    app.add_handler(MessageHandler(NEW & filters.Regex(QR_LINK), code))
    app.add_handler(CommandHandler("patrol", start, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(START_WORDS), start))
    app.add_handler(MessageHandler(NEW & OnPatrol() & WordFilter(BAD_WORDS | OVER_WORDS), turn_by_word))
    app.add_handler(MessageHandler(NEW & WordFilter(BAD_WORDS | OVER_WORDS), not_on))
    app.add_handler(CallbackQueryHandler(drop, r"^pat:drop:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(start, r"^pat:start$"))
    app.add_handler(CallbackQueryHandler(start_on, r"^pat:go:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(photo_of_stop, r"^pat:at:(\d{1,15}):(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(photo_of_problem, r"^pat:bad:(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(turn, r"^pat:(bad|over|walk):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(item, r"^pat:item:(\d{1,15}):([a-z][a-z0-9_]{0,23})$"))
    app.add_handler(CallbackQueryHandler(done, r"^pat:done:(\d{1,15})$"))
    app.add_handler(CommandHandler("patrols", reports, NEW))
    app.add_handler(CallbackQueryHandler(report, r"^pat:(see|map):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(voice, r"^pat:voice:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(older, r"^pat:list:(\d{1,6})$"))


def register_evidence(app: App) -> None:
    """A place or a photo on the way that no form took: before what takes them off patrol."""
    app.add_handler(MessageHandler(NEW & filters.LOCATION & OnPatrol(), place))
    app.add_handler(MessageHandler(MOVED & filters.LOCATION & OnPatrol(), live_point))
    app.add_handler(MessageHandler(NEW & PHOTO & OnPatrol(), photo))


def register_rest(app: App) -> None:
    """Words and voice notes that nothing else took."""
    said = (filters.TEXT | filters.VOICE) & ~filters.COMMAND
    app.add_handler(MessageHandler(NEW & said & TakesWords(), say))
