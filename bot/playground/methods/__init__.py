"""The Bot API methods that are played, by name: `METHODS`."""

from bot.playground.methods.calls import Call, Method
from bot.playground.methods.chats import CHATS
from bot.playground.methods.editing import EDITING
from bot.playground.methods.profile import PROFILE
from bot.playground.methods.sending import SENDING

METHODS: dict[str, Method] = SENDING | EDITING | CHATS | PROFILE

__all__ = ["METHODS", "Call", "Method"]
