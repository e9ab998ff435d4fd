"""The bot's table of contents: every way in, in the order it is tried."""

from bot.context import App
from handlers import checkin, fallback


def register(app: App) -> None:
    """Add every handler."""
    checkin.register(app)
    # What follows takes places and photos that no form took.
    checkin.register_evidence(app)
    fallback.register(app)
