"""The bot's table of contents: every way in, in the order it is tried."""

from bot.context import App
from handlers import fallback


def register(app: App) -> None:
    """Add every handler."""
    fallback.register(app)
