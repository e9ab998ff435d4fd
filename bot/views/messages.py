"""Kinds of message, each declared once: how it reads, what is read anew before it is sent, how it travels."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from bot.access import Actor
from bot.base.facts import Facts
from bot.outbox.notices import POLICIES, REPLY, DeliveryPolicy
from bot.views.base import Message, Reader, View

# What the reader may see now; None: no longer needed, or no longer theirs to see.
Load = Callable[[Session, Actor, Facts], Facts | None]


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A kind of message. `name` is kept in the outbox and stays; without `load` it says what it was told."""

    name: str
    view: View
    load: Load | None = None
    policy: DeliveryPolicy = REPLY


KINDS: dict[str, MessageKind] = {}


def declare(*kinds: MessageKind) -> None:
    """Make these kinds known. Raises ValueError for a name that is taken."""
    for kind in kinds:
        if kind.name in KINDS:
            raise ValueError(f"two kinds of message are called {kind.name}")
        KINDS[kind.name] = kind
        POLICIES[kind.name] = kind.policy


def load_of(name: str) -> Load | None:
    """What reads the facts of this kind anew."""
    kind = KINDS.get(name)
    return kind.load if kind else None


def render(name: str, facts: Facts, reader: Reader) -> Message:
    """The message of a notice. Raises KeyError for a kind that nobody declared."""
    return KINDS[name].view(facts, reader)
