"""Which messages a handler takes: new ones, edited ones, words that act as keys in any language."""

import re
from collections.abc import Callable
from functools import cache

from telegram import Message
from telegram.ext import filters

from bot.base.i18n import bare, texts_of, words_of
from bot.process.menus import COMMANDS

# What people send the bot in their own chat, and what of it they change, be it a place that moves.
NEW = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
MOVED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
# Shorter names of commands are words of their own: for, my, h.
SHORTEST = 4
_COMMAND, _QUESTION = re.compile(r"^\s*/"), re.compile(r"[?？]")


class WordFilter(filters.MessageFilter):
    """Messages that are one of these words, whatever their emoji, width, case and full stop; a command is
    none of them, nor a question, unless these words only ask (`asked`)."""

    def __init__(self, words: frozenset[str], asked: bool = False) -> None:
        super().__init__()
        self._words, self._asked = {bare(word) for word in words}, asked

    def filter(self, message: Message) -> bool:
        """Whether the whole text is one of the words."""
        text = message.text or ""
        is_other = _COMMAND.search(text) or (_QUESTION.search(text) and not self._asked)
        return not is_other and bare(text) in self._words


class Found(filters.MessageFilter):
    """Messages for which something is found (a number, or the key of a text), which is handed on to the
    handler as `context.found`: nobody has to look for it twice."""

    def __init__(self, find: Callable[[Message], int | str | None]) -> None:
        super().__init__(name=find.__name__, data_filter=True)
        self._find = find

    def filter(self, message: Message) -> dict[str, list[int | str]] | None:
        """What is found; None for nothing."""
        found = self._find(message)
        return {"found": [found]} if found else None


@cache
def words_for(command: str) -> frozenset[str]:
    """What people type for a command: its name in the menu, and what else it is called."""
    own = {command} if len(command) >= SHORTEST else set()
    return texts_of(f"command-{command}") | words_of(f"command-words-{command}") | own


def is_command(text: str) -> bool:
    """Whether a text is what people type for some command."""
    said = bare(text)
    return bool(said) and any(said in map(bare, words_for(command)) for command in COMMANDS)
