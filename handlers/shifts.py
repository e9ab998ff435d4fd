"""/shifts: the own coming shifts; leave by one tap; who stands in."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.shifts import leave, own_shifts, rotations
from bot.outbox.notices import Notice
from bot.process.context import App, Context
from bot.process.filters import NEW
from models import AwayKind


async def own(update: Update, context: Context) -> None:
    """The first page."""
    context.turn_to(own_shifts.coming(context.work, 0))


async def turn(update: Update, context: Context) -> None:
    """Another page."""
    assert context.matches
    context.turn_to(own_shifts.coming(context.work, int(context.matches[0].group(1))))


async def be_away(update: Update, context: Context) -> None:
    """On leave, or sick."""
    assert context.matches
    kind, number = context.matches[0].groups()
    gone = leave.take(context.work, int(number), AwayKind(kind))
    if gone is None:
        context.toast("button-stale")
    else:
        context.reply(gone)


async def come_after_all(update: Update, context: Context) -> None:
    """Leave is taken back."""
    assert context.matches
    _turn_to(context, leave.undo(context.work, int(context.matches[0].group(1))))


async def who(update: Update, context: Context) -> None:
    """Everybody who could come."""
    assert context.matches
    shift_id, person_id, offset = (int(number) for number in context.matches[0].groups())
    _turn_to(context, leave.free(context.work, shift_id, person_id, offset))


async def take(update: Update, context: Context) -> None:
    """This one comes."""
    assert context.matches
    shift_id, person_id, substitute_id = (int(number) for number in context.matches[0].groups())
    _turn_to(context, leave.name_substitute(context.work, shift_id, person_id, substitute_id))


async def stop_rotation(update: Update, context: Context) -> None:
    """A rotation is ended."""
    assert context.matches
    ended = rotations.stop(context.work, int(context.matches[0].group(1)))
    if ended is None:
        context.toast("button-stale")
    else:
        context.reply(ended)


def _turn_to(context: Context, page: Notice | None) -> None:
    """None: the button is about what is no more."""
    if page is None:
        context.toast("button-stale")
    else:
        context.turn_to(page)


def register(app: App) -> None:
    """The command and the buttons below it."""
    app.add_handler(CommandHandler("shifts", own, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^shf:page:(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(be_away, r"^lv:(leave|sick):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(come_after_all, r"^lv:undo:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(who, r"^sub:who:(\d{1,15}):(\d{1,15}):(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(take, r"^sub:take:(\d{1,15}):(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(stop_rotation, r"^rota:stop:(\d{1,15})$"))
