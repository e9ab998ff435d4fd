"""Words that act as keys: tapped or typed, in any language."""

from telegram import Message
from telegram.ext import filters


class Words(filters.MessageFilter):
    """Messages that are one of these words, however they are written."""

    def __init__(self, words: frozenset[str]) -> None:
        super().__init__()
        self._words = {word.casefold() for word in words}

    def filter(self, message: Message) -> bool:
        """Whether the whole text is one of the words."""
        return (message.text or "").strip().casefold() in self._words
