"""What is said about groups that get summaries."""

from bot.notices import Facts
from bot.views.base import Message, Reader, view


@view("group.bound")
def bound(facts: Facts, to: Reader) -> Message:
    """What comes here from now on."""
    return Message(to.tr("group-bound", area=facts["area"]))


@view("group.unbound")
def unbound(facts: Facts, to: Reader) -> Message:
    """Nothing comes here any more."""
    return Message(to.tr("group-unbound", area=facts["area"]))


@view("group.how")
def how(facts: Facts, to: Reader) -> Message:
    """To be done in the group itself."""
    return Message(to.tr("group-how"))
