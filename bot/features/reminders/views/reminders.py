"""Reminders: the rule's own words, with what it is about filled in."""

from html import escape

from bot.base.facts import Facts
from bot.views.base import Message, Reader


def reminder(facts: Facts, to: Reader) -> Message:
    """The words of the rule in the reader's language."""
    text = escape(facts["zh_CN" if to.tr.locale.startswith("zh") else "en"], quote=False)
    for name in ("start", "end", "due"):
        text = text.replace("{" + name + "}", to.time(facts[name]) if facts.get(name) else "")
    for name in ("place", "what"):
        text = text.replace("{" + name + "}", escape(facts.get(name) or "", quote=False))
    return Message(text)
