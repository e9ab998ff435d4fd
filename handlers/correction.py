"""补卡: asking for a correction and deciding on one."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.context import App, Context
from bot.forms.correction import as_answer
from bot.i18n import texts_of
from bot.services import correctable, corrections
from bot.words import Words

WORDS = texts_of("key-correction") | {"补卡", "correction"}


async def ask(update: Update, context: Context) -> None:
    """The key: what can be corrected."""
    context.start_form("correction")


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
    decided = corrections.decide(
        context.session, context.actor, int(number), verb == "yes", now=context.now, settings=context.settings
    )
    if decided is None:
        context.toast("button-stale")
    elif decided.won:
        context.toast("correction-decided-toast")
    else:
        context.reply("correction.decided_before", state=decided.state, by=decided.by, decided_at=decided.at)


async def waiting(update: Update, context: Context) -> None:
    """/corrections: what waits for this supervisor."""
    count = corrections.show_waiting(
        context.session, context.actor, now=context.now, settings=context.settings
    )
    context.reply("correction.waiting_count", count=count)


def register(app: App) -> None:
    """A key of the main keyboard: before every form."""
    new = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(MessageHandler(new & Words(WORDS), ask))
    app.add_handler(CommandHandler("corrections", waiting, new))
    app.add_handler(CallbackQueryHandler(happened_earlier, r"^cor:early:(\d{1,15})$"))
    app.add_handler(CallbackQueryHandler(decide, r"^cor:(yes|no):(\d{1,15})$"))
