"""What is said about photos that somebody sent."""

from bot.notices import Facts
from bot.views.base import Message, Reader, view


@view("photo.broken")
def broken(facts: Facts, to: Reader) -> Message:
    """A photo cannot be kept: whoever sent it can take another one."""
    return Message(to.tr("photo-broken", time=to.time(facts["sent_at"])))
