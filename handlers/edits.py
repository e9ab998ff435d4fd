"""A message that was changed in the chat: a form's answer changes with it, else what it was about."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.features.registry import rewording
from bot.features.safety.notices import WordsReworded
from bot.forms import drafts, engine, worded
from bot.process.context import App, Context
from bot.process.filters import MOVED
from bot.process.incoming import message_of
from bot.words.said import spoken_words

CHANGED = MOVED & (filters.TEXT | filters.CAPTION)


async def changed(update: Update, context: Context) -> None:
    """The new words count where something can still change; else one sentence says that it cannot."""
    message = message_of(update)
    words = spoken_words(message.text or message.caption)
    row = rewording.found(context.session, context.actor, message.message_id)
    if row is not None and row.words == words:
        # Something else about the message changed: its link preview, its buttons.
        return
    told = WordsReworded(None)
    if row is not None and words:
        number, step = worded.step_of(row.subject)
        draft = drafts.get(context.work, number) if number else None
        if draft is not None and (notices := engine.reword(context.filling, draft, step, row.words, words)):
            rewording.reword_draft(context.session, context.actor, row, words)
            context.turn.draft = None
            context.say(notices)
            return
        told = rewording.reword(context.work, row, words, context.at)
    context.reply(told)


def register(app: App) -> None:
    """Words alone: an edited place is a live location that moves."""
    app.add_handler(MessageHandler(CHANGED, changed))
