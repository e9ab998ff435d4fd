"""What came in the night, in one message; and what may not have come."""

from dataclasses import replace

from bot.features.reminders.notices import Folded, HeldNotice
from bot.views.base import Message, Reader
from bot.views.messages import render


def folded(held: Folded, to: Reader) -> Message:
    """One thing after another, each in its own words."""
    messages = [_told(each, to) for each in held.notices]
    if len(messages) == 1:
        return messages[0]
    texts = [to.tr("folded-head", count=str(len(messages))), *(message.text for message in messages)]
    buttons = tuple(dict.fromkeys(row for message in messages for row in message.buttons))
    return Message("\n\n".join(texts), buttons=buttons)


def _told(each: HeldNotice, to: Reader) -> Message:
    """One of them; of what may have arrived before, that it may."""
    message = render(each.kind, each.facts, to)
    if not each.unsure:
        return message
    return replace(message, text=f"{to.tr('folded-unsure')}\n{message.text}")
