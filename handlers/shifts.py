"""/shifts: the own coming shifts; leave by one tap; who stands in."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.shifts import leave, own_shifts, rotations
from bot.process.buttons import numbers_of, parts_of, reply, turn_to
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.process.incoming import number_of
from models import AwayKind


async def own(update: Update, context: Context) -> None:
    """The first page."""
    context.turn_to(own_shifts.coming(context.work, 0))


async def turn(update: Update, context: Context) -> None:
    """Another page."""
    context.turn_to(own_shifts.coming(context.work, number_of(context)))


async def be_away(update: Update, context: Context) -> None:
    """On leave, or sick."""
    kind, number = parts_of(context)
    reply(context, leave.take(context.work, int(number), AwayKind(kind)))


async def come_after_all(update: Update, context: Context) -> None:
    """Leave is taken back."""
    turn_to(context, leave.undo(context.work, number_of(context)))


async def who(update: Update, context: Context) -> None:
    """Everybody who could come."""
    turn_to(context, leave.free(context.work, *numbers_of(context)))


async def take(update: Update, context: Context) -> None:
    """This one comes."""
    turn_to(context, leave.name_substitute(context.work, *numbers_of(context)))


async def stop_rotation(update: Update, context: Context) -> None:
    """A rotation is ended."""
    reply(context, rotations.stop(context.work, number_of(context)))


def register(app: App) -> None:
    """The command and the buttons below it."""
    app.add_handler(CommandHandler("shifts", own, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^shf:page:(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(be_away, r"^lv:(leave|sick):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(come_after_all, r"^lv:undo:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(who, r"^sub:who:(\d{1,15}):(\d{1,15}):(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(take, r"^sub:take:(\d{1,15}):(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(stop_rotation, r"^rota:stop:(\d{1,15})$"))
