"""换班: asking by /swap, answering and deciding by the buttons on the cards."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.base.errors import Refused
from bot.features.swaps import asking as swap_asking
from bot.features.swaps import candidates, swaps
from bot.features.swaps.candidates import Wish
from bot.features.swaps.notices import SwapWaitingCount
from bot.process.buttons import confirm, numbers_of, parts_of
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.process.incoming import number_of


async def swap(update: Update, context: Context) -> None:
    """What waits for this person's decision, and then which shift is to be swapped."""
    waiting = swaps.show_waiting(context.work)
    if waiting:
        context.reply(SwapWaitingCount(waiting))
    start = candidates.where_to_start(context.work)
    if start is not None:
        context.start_form("swap", start)
    elif not waiting:
        raise Refused("swap-no-shifts")


async def start(update: Update, context: Context) -> None:
    """Under an own shift: it is known which, not yet who comes instead."""
    wish = Wish(number_of(context), context.actor.person_id)
    shift = candidates.require_right(context.work, wish)
    context.start_form("swap", {"what": shift.id})


async def answer(update: Update, context: Context) -> None:
    """A colleague takes the shift or cannot."""
    verb, number = parts_of(context)
    confirm(context, swaps.answer(context.work, int(number), verb == "yes"), "swap-noted")


async def decide(update: Update, context: Context) -> None:
    """Who leads the shift agrees or not."""
    verb, number = parts_of(context)
    confirm(context, swaps.decide(context.work, int(number), verb == "agree"), "swap-noted")


async def come_to_terms(update: Update, context: Context) -> None:
    """Who asked for somebody else has spoken to the colleague."""
    confirm(context, swaps.come_to_terms(context.work, number_of(context)), "swap-noted")


async def withdraw(update: Update, context: Context) -> None:
    """Who asked takes it back."""
    confirm(context, swaps.withdraw(context.work, number_of(context)), "swap-noted")


async def cover(update: Update, context: Context) -> None:
    """Under a gap: whoever is free is asked, for one who is away or because there are too few."""
    shift_id, person_id = numbers_of(context)
    context.reply(swap_asking.cover(context.work, shift_id, person_id or None))


def register(app: App) -> None:
    """The feature's commands, words and buttons."""
    app.add_handler(CommandHandler("swap", swap, NEW))
    app.add_handler(CallbackQueryHandler(start, r"^swap:start:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(answer, r"^swap:(yes|no):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(decide, r"^swap:(agree|refuse):(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(come_to_terms, r"^swap:terms:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(withdraw, r"^swap:back:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(cover, r"^swap:cover:(\d{1,15}):(\d{1,15})$"))
