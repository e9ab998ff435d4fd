"""What stands in the menu, typed by its name: the same as its command."""

from telegram.ext import CommandHandler, MessageHandler

from bot.process.context import App
from bot.process.filters import NEW, WordFilter, words_for
from bot.process.menus import COMMANDS


def register(app: App) -> None:
    """After the forms, so that words that a form asks for are its answer."""
    # What each command does in a private chat: there it is registered last.
    found = [handler for handler in app.handlers[0] if isinstance(handler, CommandHandler)]
    commands = {name: handler.callback for handler in found for name in handler.commands}
    for name in sorted(commands.keys() & COMMANDS.keys()):
        app.add_handler(MessageHandler(NEW & WordFilter(words_for(name)), commands[name]))
