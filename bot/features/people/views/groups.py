"""What is said about groups that get summaries."""

from dataclasses import asdict

from bot.features.people import notices
from bot.views.base import Message, Reader


def bound(told: notices.GroupBound, to: Reader) -> Message:
    """What comes here from now on."""
    where = "topic" if told.topic else "group"
    return Message(to.tr("group-bound", area=told.area, where=to.tr.plain(f"group-where-{where}")))


def unbound(told: notices.GroupUnbound, to: Reader) -> Message:
    """Nothing comes here any more."""
    return Message(to.tr("group-unbound", area=told.area))


def how(told: notices.GroupHow, to: Reader) -> Message:
    """To be done in the group itself."""
    return Message(to.tr("group-how"))


def anonymous(told: notices.GroupAnonymous, to: Reader) -> Message:
    """Nobody can tell who asks."""
    return Message(to.tr("group-anonymous"))


def taken(told: notices.GroupTaken, to: Reader) -> Message:
    """Somebody above lets another area's summaries go to the group."""
    return Message(to.tr("group-taken", **asdict(told)))


def topic_gone(told: notices.GroupTopicGone, to: Reader) -> Message:
    """The topic is no more: summaries go to the group as a whole."""
    return Message(to.tr("group-topic-gone", title=told.title))
