"""What is said about groups that get summaries."""

from bot.base.facts import Facts
from bot.views.base import Message, Reader


def bound(facts: Facts, to: Reader) -> Message:
    """What comes here from now on."""
    where = "topic" if facts.get("topic") else "group"
    return Message(to.tr("group-bound", area=facts["area"], where=to.tr.plain(f"group-where-{where}")))


def unbound(facts: Facts, to: Reader) -> Message:
    """Nothing comes here any more."""
    return Message(to.tr("group-unbound", area=facts["area"]))


def how(facts: Facts, to: Reader) -> Message:
    """To be done in the group itself."""
    return Message(to.tr("group-how"))


def anonymous(facts: Facts, to: Reader) -> Message:
    """Nobody can tell who asks."""
    return Message(to.tr("group-anonymous"))


def taken(facts: Facts, to: Reader) -> Message:
    """Somebody above lets another area's summaries go to the group."""
    return Message(to.tr("group-taken", **facts))


def topic_gone(facts: Facts, to: Reader) -> Message:
    """The topic is no more: summaries go to the group as a whole."""
    return Message(to.tr("group-topic-gone", title=facts["title"]))
