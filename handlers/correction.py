"""补卡: asking for a correction from the check-in itself, and deciding on one."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.features.duty import correctable, corrections
from bot.features.duty.forms.correction import as_answer
from bot.process.context import App, Context
from bot.process.filters import NEW


async def happened_earlier(update: Update, context: Context) -> None:
    """The button under a check-in: it is known what, not yet when."""
    assert context.matches
    wish = correctable.wish_for(context.session, context.actor, int(context.matches[0].group(1)))
    if wish is None:
        context.toast("button-stale")
        return
    context.start_form("correction", {"what": as_answer(wish)})


async def decide(update: Update, context: Context) -> None:
    """A supervisor's button on the card."""
    assert context.matches
    verb, number = context.matches[0].groups()
    decided = corrections.decide(context.work, int(number), verb == "yes")
    if decided is None:
        context.toast("button-stale")
    elif decided.won:
        context.toast("correction-decided-toast")
    else:
        context.reply("correction.decided_before", state=decided.state, by=decided.by, decided_at=decided.at)


async def waiting(update: Update, context: Context) -> None:
    """/corrections: what waits for this supervisor."""
    count = corrections.show_waiting(context.work)
    context.reply("correction.waiting_count", count=count)


def register(app: App) -> None:
    """Buttons of its own, and what a supervisor may ask for; the key starts the form."""
    app.add_handler(CommandHandler("corrections", waiting, NEW))
    app.add_handler(CallbackQueryHandler(happened_earlier, r"^cor:early:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(decide, r"^cor:(yes|no):(\d{1,15})$"))
