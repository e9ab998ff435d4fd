"""What is said about feedback."""

from bot.features.people.notices import FeedbackReceived
from bot.views.base import Message, Reader


def received(told: FeedbackReceived, to: Reader) -> Message:
    """For admins: who says what."""
    if told.voice:
        return Message(to.tr("feedback-received-voice", name=told.name), voice=told.voice)
    return Message(to.tr("feedback-received", name=told.name, words=told.words))
