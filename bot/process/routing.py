"""Which handlers are asked about an update: a handler of places need not look at words.

A filter says of what an update must hold something for it to be true (`needs`); of the library's own filters
it is known. What says nothing is asked about everything, so that a new handler is right without a word here.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

Handler = BaseHandler[Any, Any, Any]
# Of each of these sets an update must hold something.
Needs = frozenset[frozenset[str]]

BUTTON = "callback_query"
_HELD: dict[filters.BaseFilter, str] = {
    filters.UpdateType.MESSAGE: "message", filters.TEXT: "text", filters.CAPTION: "caption",
    filters.VOICE: "voice", filters.LOCATION: "location", filters.VENUE: "venue", filters.VIDEO: "video",
    filters.VIDEO_NOTE: "video_note", filters.ANIMATION: "animation", filters.AUDIO: "audio",
    filters.Sticker.ALL: "sticker", filters.Dice.ALL: "dice", filters.CONTACT: "contact",
    filters.POLL: "poll", filters.Document.ALL: "document", filters.REPLY: "reply_to_message",
}  # fmt: skip
_KNOWN = (*_HELD.values(), BUTTON, "edited_message", "photo")
# What people send holds few of these together.
_MOST_KINDS = 256


class Routes:
    """The handlers of each group by what they need, in their order."""

    def __init__(self, groups: Iterable[Sequence[Handler]]) -> None:
        self._groups = [[(handler, needs_of(handler)) for handler in group] for group in groups]
        self._fit = lru_cache(maxsize=_MOST_KINDS)(self._found)

    def asked(self, update: Update) -> list[list[Handler]]:
        """Of each group the handlers that may take the update."""
        message = update.effective_message
        held = [name for name in _KNOWN if getattr(update, name, None) or getattr(message, name, None)]
        return self._fit(frozenset(held))

    def _found(self, held: frozenset[str]) -> list[list[Handler]]:
        return [
            [handler for handler, needs in group if all(each & held for each in needs)]
            for group in self._groups
        ]


def needs_of(handler: Handler) -> Needs:
    """What an update must hold for a handler to take it; nothing where that is not known."""
    if isinstance(handler, CallbackQueryHandler):
        return _one_of(BUTTON)
    if isinstance(handler, CommandHandler):
        return _needs(handler.filters) | _one_of("text")
    return _needs(handler.filters) if isinstance(handler, MessageHandler) else frozenset()


def _needs(wanted: filters.BaseFilter) -> Needs:
    if isinstance(wanted, filters._MergedFilter):
        base = _needs(wanted.base_filter)
        if wanted.or_filter:
            return frozenset(one | other for one in base for other in _needs(wanted.or_filter))
        return base | _needs(wanted.and_filter or filters.ALL)
    if isinstance(wanted, filters.Regex):
        return _one_of("text")
    if wanted in _HELD:
        return _one_of(_HELD[wanted])
    return _one_of(*getattr(wanted, "needs", ()))


def _one_of(*names: str) -> Needs:
    return frozenset([frozenset(names)]) if names else frozenset()
