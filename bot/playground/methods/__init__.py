"""The Bot API methods that are played, by name: `METHODS`."""

from bot.playground.methods import chats, editing, profile, sending  # noqa: F401  (plays every method)
from bot.playground.methods.calls import METHODS, Call, Method

__all__ = ["METHODS", "Call", "Method"]
