"""What is said about feedback."""

from bot.base.facts import Facts
from bot.views.base import Message, Reader


def received(facts: Facts, to: Reader) -> Message:
    """For admins: who says what."""
    key = "feedback-received-voice" if facts["voice"] else "feedback-received"
    told = {} if facts["voice"] else {"words": facts["words"]}
    return Message(to.tr(key, name=facts["name"], **told), voice=facts["voice"])
