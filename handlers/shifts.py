"""/shifts: the own coming shifts; leave by one tap; who stands in."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.shifts import leave, own_shifts, rotations
from bot.process.context import App, Context
from bot.process.filters import NEW
from models import AwayKind


async def own(update: Update, context: Context) -> None:
    """The first page."""
    _show(context, 0)


async def turn(update: Update, context: Context) -> None:
    """Another page."""
    assert context.matches
    _show(context, int(context.matches[0].group(1)))


async def be_away(update: Update, context: Context) -> None:
    """On leave, or sick."""
    assert context.matches
    kind, number = context.matches[0].groups()
    gone = leave.take(context.work, int(number), AwayKind(kind))
    if gone is None:
        context.toast("button-stale")
        return
    context.reply(
        "shifts.left",
        shift_id=gone.shift_id,
        kind=gone.kind,
        starts_at=gone.starts_at,
        ends_at=gone.ends_at,
        place=gone.place,
        told=list(gone.told),
        held_until=gone.held_until,
        minutes=context.settings.crews.undo_minutes,
    )


async def come_after_all(update: Update, context: Context) -> None:
    """Leave is taken back."""
    assert context.matches
    number = int(context.matches[0].group(1))
    back = leave.undo(context.work, number)
    if back is None:
        context.toast("button-stale")
        return
    context.turn_to("shifts.back", starts_at=back.starts_at, ends_at=back.ends_at, place=back.place)


async def who(update: Update, context: Context) -> None:
    """Everybody who could come."""
    assert context.matches
    shift_id, person_id, offset = (int(number) for number in context.matches[0].groups())
    choice = leave.free(context.work, shift_id, person_id, offset)
    if choice is None:
        context.toast("button-stale")
        return
    context.turn_to("shifts.choice", before=choice.before, after=choice.after, **choice.facts)


async def take(update: Update, context: Context) -> None:
    """This one comes."""
    assert context.matches
    shift_id, person_id, substitute_id = (int(number) for number in context.matches[0].groups())
    named = leave.name_substitute(context.work, shift_id, person_id, substitute_id)
    if named is None:
        context.toast("button-stale")
        return
    context.turn_to("shifts.named", **named)


async def stop_rotation(update: Update, context: Context) -> None:
    """A rotation is ended."""
    assert context.matches
    number = int(context.matches[0].group(1))
    ended = rotations.stop(context.work, number)
    if ended is None:
        context.toast("button-stale")
        return
    context.reply("rotation.stopped", post=ended[0], shifts=ended[1])


def _show(context: Context, offset: int) -> None:
    page = own_shifts.coming(context.work, offset)
    context.turn_to("shifts.list", entries=page.entries, offset=offset, before=page.before, after=page.after)


def register(app: App) -> None:
    """The command and the buttons below it."""
    app.add_handler(CommandHandler("shifts", own, NEW))
    app.add_handler(CallbackQueryHandler(turn, r"^shf:page:(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(be_away, r"^lv:(leave|sick):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(come_after_all, r"^lv:undo:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(who, r"^sub:who:(\d{1,15}):(\d{1,15}):(\d{1,6})$"))
    app.add_handler(CallbackQueryHandler(take, r"^sub:take:(\d{1,15}):(\d{1,15}):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(stop_rotation, r"^rota:stop:(\d{1,15})$"))
