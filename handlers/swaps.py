"""换班: asking by /swap, answering and deciding by the buttons on the cards."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.base.errors import Refused
from bot.features.swaps import asking as swap_asking
from bot.features.swaps import candidates, swaps
from bot.features.swaps.candidates import Wish
from bot.features.swaps.notices import SwapWaitingCount
from bot.process.context import App, Context
from bot.process.filters import NEW


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
    assert context.matches
    wish = Wish(int(context.matches[0].group(1)), context.actor.person_id)
    shift = candidates.require_right(context.work, wish)
    context.start_form("swap", {"what": shift.id})


async def answer(update: Update, context: Context) -> None:
    """A colleague takes the shift or cannot."""
    assert context.matches
    verb, number = context.matches[0].groups()
    known = swaps.answer(context.work, int(number), verb == "yes")
    context.toast("swap-noted" if known else "button-stale")


async def decide(update: Update, context: Context) -> None:
    """Who leads the shift agrees or not."""
    assert context.matches
    verb, number = context.matches[0].groups()
    known = swaps.decide(context.work, int(number), verb == "agree")
    context.toast("swap-noted" if known else "button-stale")


async def come_to_terms(update: Update, context: Context) -> None:
    """Who asked for somebody else has spoken to the colleague."""
    assert context.matches
    known = swaps.come_to_terms(context.work, int(context.matches[0].group(1)))
    context.toast("swap-noted" if known else "button-stale")


async def withdraw(update: Update, context: Context) -> None:
    """Who asked takes it back."""
    assert context.matches
    known = swaps.withdraw(context.work, int(context.matches[0].group(1)))
    context.toast("swap-noted" if known else "button-stale")


async def cover(update: Update, context: Context) -> None:
    """Under a gap: whoever is free is asked, for one who is away or because there are too few."""
    assert context.matches
    shift_id, person_id = (int(number) for number in context.matches[0].groups())
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
