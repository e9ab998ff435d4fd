"""上岗 and 下班: by key, word, place, QR link; 补卡, asking for a correction and deciding on one."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.base.i18n import texts_of, words_of
from bot.features.duty import check_in as duty_check_in
from bot.features.duty import check_out, correctable, corrections
from bot.features.duty.forms.correction import as_answer
from bot.features.duty.grading import Place
from bot.features.duty.notices import (
    CheckInPhotoKept,
    CheckOutUndone,
    CorrectionDecidedBefore,
    CorrectionWaitingCount,
)
from bot.features.duty.taps import Report
from bot.features.patrols import checklist, starting
from bot.features.patrols import repository as on_patrol
from bot.forms.steps import Answer
from bot.process.buttons import STALE, parts_of
from bot.process.context import App, Context
from bot.process.filters import MOVED, NEW, WordFilter
from bot.process.incoming import PHOTO, message_of, number_of, picture_of, place_of
from models import PatrolPage

# 到了 is none of them: on the way it means a checkpoint.
CHECK_IN_WORDS = texts_of("key-check-in") | words_of("key-words-check-in")
# The key was called 🏁 下岗 before: phones keep an old keyboard until a new one comes.
CHECK_OUT_WORDS = texts_of("key-check-out") | words_of("key-words-check-out")
QR_LINK = re.compile(r"^/start(?:@\w+)? p_([A-Za-z0-9_-]{1,62})$")


async def words_check_in(update: Update, context: Context) -> None:
    """上岗 as words: enough where the duty needs no place."""
    _check_in(context, None)


async def place_check_in(update: Update, context: Context) -> None:
    """A place: a check-in, or one more point of the open one."""
    _check_in(context, place_of(message_of(update)))


async def live_point(update: Update, context: Context) -> None:
    """A live location moved: kept in silence while a check-in is open."""
    duty_check_in.add_live_point(context.work, place_of(message_of(update)), context.at)


async def check_in_without_place(update: Update, context: Context) -> None:
    """The place cannot be sent: taken without one, and marked."""
    _check_in(context, None, without_place=True)


async def qr_check_in(update: Update, context: Context) -> None:
    """The code on a post's wall."""
    report = duty_check_in.check_in_by_qr(context.work, parts_of(context)[0], context.at)
    _tell(context, report, new_place=True)


async def words_check_out(update: Update, context: Context) -> None:
    """下班."""
    context.reply(check_out.check_out(context.work, context.at))
    if on_patrol.is_on(context.session, context.actor.person_id):
        # Whoever leaves is asked to hand in the patrol: forgotten, it would count as incomplete.
        checklist.turn_to(context.work, PatrolPage.CHECK)


async def undo_check_out(update: Update, context: Context) -> None:
    """Pressed by mistake."""
    in_at = check_out.undo_check_out(context.work, number_of(context), context.at)
    context.reply(CheckOutUndone(in_at))


async def photo(update: Update, context: Context) -> None:
    """A photo or a file outside any form: kept with the check-in whose duty asks for one; else somebody
    has come upon something."""
    sent = picture_of(update)
    in_at = duty_check_in.keep_photo(context.work, sent)
    if in_at is None:
        context.start_form("hazard", said=Answer(photo=sent))
    else:
        context.reply(CheckInPhotoKept(in_at, sent.words))


def _check_in(context: Context, place: Place | None, without_place: bool = False) -> None:
    report = duty_check_in.check_in(context.work, place, context.at, without_place=without_place)
    _tell(context, report, new_place=place is not None)


def _tell(context: Context, report: Report, new_place: bool) -> None:
    patrol = report.kind == "done" and starting.may_patrol(context.work, report.shift, context.at)
    context.reply(report.notice(context.settings, new_place=new_place, patrol=patrol))


async def happened_earlier(update: Update, context: Context) -> None:
    """The button under a check-in: it is known what, not yet when."""
    wish = correctable.wish_for(context.work, number_of(context))
    if wish is None:
        context.toast(STALE)
    else:
        context.start_form("correction", {"what": as_answer(wish)})


async def decide(update: Update, context: Context) -> None:
    """A supervisor's button on the card."""
    verb, number = parts_of(context)
    decided = corrections.decide(context.work, int(number), verb == "yes")
    if decided is None:
        context.toast(STALE)
    elif decided.won:
        context.toast("correction-decided-toast")
    else:
        context.reply(CorrectionDecidedBefore(decided.state, decided.by, decided.at))


async def waiting(update: Update, context: Context) -> None:
    """/corrections: what waits for this supervisor."""
    context.reply(CorrectionWaitingCount(corrections.show_waiting(context.work)))


def register(app: App) -> None:
    """The words and the buttons; the forms come between them and the place."""
    app.add_handler(MessageHandler(NEW & filters.Regex(QR_LINK), qr_check_in))
    app.add_handler(MessageHandler(NEW & WordFilter(CHECK_IN_WORDS), words_check_in))
    app.add_handler(MessageHandler(NEW & WordFilter(CHECK_OUT_WORDS), words_check_out))
    app.add_handler(CallbackQueryHandler(check_in_without_place, r"^chk:noplace$"))
    app.add_handler(CallbackQueryHandler(undo_check_out, r"^chk:undo:(\d{1,15})$"))
    app.add_handler(CommandHandler("corrections", waiting, NEW))
    app.add_handler(CallbackQueryHandler(happened_earlier, r"^cor:early:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(decide, r"^cor:(yes|no):(\d{1,15})$"))


def register_evidence(app: App) -> None:
    """A place or a photo that no form took."""
    app.add_handler(MessageHandler(NEW & filters.LOCATION, place_check_in))
    app.add_handler(MessageHandler(MOVED & filters.LOCATION, live_point))
    app.add_handler(MessageHandler(NEW & PHOTO, photo))
