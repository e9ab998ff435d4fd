"""Reminders: the rule's own words, with what it is about filled in."""

from html import escape

from bot.features.reminders.notices import Reminder
from bot.views.base import Message, Reader


def reminder(told: Reminder, to: Reader) -> Message:
    """The words of the rule in the reader's language."""
    text = escape(told.zh_CN if to.tr.locale.startswith("zh") else told.en, quote=False)
    for name, moment in (("start", told.start), ("end", told.end), ("due", told.due)):
        text = text.replace("{" + name + "}", to.time(moment) if moment else "")
    for name, words in (("place", told.place), ("what", told.what)):
        text = text.replace("{" + name + "}", escape(words, quote=False))
    return Message(text)
