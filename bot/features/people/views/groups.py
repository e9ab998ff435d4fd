"""What is said about groups that get summaries."""

from bot.features.people import notices
from bot.views.base import Message, Reader


def bound(told: notices.GroupBound, to: Reader) -> Message:
    """What comes here from now on."""
    where = "topic" if told.topic else "group"
    return Message(to.tr("group-bound", area=told.area, where=to.tr.plain(f"group-where-{where}")))
