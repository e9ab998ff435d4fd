"""What stands in the menu, typed by its name: the same as its command."""

from typing import Any

from telegram.ext import CommandHandler, MessageHandler

from bot.process.context import App
from bot.process.filters import NEW, WordFilter, words_for
from bot.process.menus import COMMANDS


def register(app: App) -> None:
    """After the forms, so that words that a form asks for are its answer."""
    for name, callback in _commands(app).items():
        app.add_handler(MessageHandler(NEW & WordFilter(words_for(name)), callback))


def _commands(app: App) -> dict[str, Any]:
    """What each command does in a private chat: there it is registered last."""
    found = [handler for handler in app.handlers[0] if isinstance(handler, CommandHandler)]
    return {name: h.callback for h in found for name in h.commands if name in COMMANDS}
