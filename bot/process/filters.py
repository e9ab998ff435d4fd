"""Which messages a handler takes: new ones, edited ones, words that act as keys in any language."""

import re
from collections.abc import Callable
from functools import cache

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import filters

from bot.base.i18n import bare, texts_of, words_of
from bot.process.menus import COMMANDS

# Shorter names of commands are words of their own: for, my, h.
SHORTEST = 4
_COMMAND, _QUESTION = re.compile(r"^\s*/"), re.compile(r"[?？]")


class _OwnChat(filters.UpdateFilter):
    """What comes in the bot's own chat with somebody: as python-telegram-bot's private and message filters
    say together, asked once. Nearly every handler begins with it, and an update meets them all."""

    def __init__(self, name: str, edited: bool) -> None:
        super().__init__(name=name)
        self._edited = edited
        self.needs = {"edited_message" if edited else "message"}

    def filter(self, update: Update) -> bool:
        """Whether it is a message of this kind."""
        message = update.edited_message if self._edited else update.message
        return message is not None and message.chat.type == ChatType.PRIVATE


# What people send the bot in their own chat, and what of it they change, be it a place that moves.
NEW, MOVED = _OwnChat("new", edited=False), _OwnChat("moved", edited=True)


class WordFilter(filters.MessageFilter):
    """Messages that are one of these words, whatever their emoji, width, case and full stop; a command is
    none of them, nor a question, unless these words only ask (`asked`)."""

    needs = frozenset({"text"})

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
