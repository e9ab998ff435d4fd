"""Kinds of message, each declared once: how it reads, what is read anew before it is sent, how it travels."""

from collections.abc import Callable, Mapping
from dataclasses import field, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

import orjson
from sqlmodel import Session

from bot.access import Actor
from bot.base.facts import Facts, Struct, read_as
from bot.outbox.notices import POLICIES, REPLY, DeliveryPolicy, Notice, policy_for, policy_of
from bot.views.base import Message, Reader

N = TypeVar("N", bound=Notice)
S = TypeVar("S")
# What the reader may see now; None: no longer needed, or no longer theirs to see.
Load = Callable[[Session, Actor, N], S | None]


class MessageKind(Struct, Generic[N, S]):
    """A kind of message: the notice of it that is kept in the outbox, and the view that makes its words.

    `load` reads anew, right before it is sent, what the view is given (`shown`); without it, that is the
    notice itself. `before`: kinds that are written no more, with the facts that they meant by their names;
    what lies in the outbox under them is read as this one.
    """

    notice: type[N]
    view: Callable[[S, Reader], Message]
    shown: type[S]
    load: Load[N, S] | None = None
    policy: DeliveryPolicy = REPLY
    before: Mapping[str, Facts] = field(default_factory=dict)


# What its own functions are given is theirs to know.
AnyKind = MessageKind[Any, Any]
KINDS: dict[str, AnyKind] = {}


def message(
    notice: type[N],
    view: Callable[[N, Reader], Message],
    *,
    policy: DeliveryPolicy = REPLY,
    before: Mapping[str, Facts] | None = None,
) -> MessageKind[N, N]:
    """A kind of message that says what it was told."""
    return MessageKind(notice, view, notice, None, policy, before or {})


def loaded(
    notice: type[N],
    load: Load[N, S],
    shown: type[S],
    view: Callable[[S, Reader], Message],
    *,
    policy: DeliveryPolicy = REPLY,
    before: Mapping[str, Facts] | None = None,
) -> MessageKind[N, S]:
    """A kind of message that says how things stand when it is sent."""
    return MessageKind(notice, view, shown, load, policy, before or {})


def says(key: str) -> Callable[[Struct, Reader], Message]:
    """A view of one text alone, which what it is given fills by its own names: moments as the reader tells
    time, all else as it is."""

    def view(told: Struct, to: Reader) -> Message:
        facts = {each.name: getattr(told, each.name) for each in fields(told)}
        shown = {
            name: to.time(fact) if isinstance(fact, datetime) else str(fact) for name, fact in facts.items()
        }
        return Message(to.tr(key, **shown))

    return view


def declare(*kinds: AnyKind) -> None:
    """Make these kinds known. Raises ValueError for a name that is taken."""
    for kind in kinds:
        for name in [kind.notice.kind, *kind.before]:
            if name in KINDS:
                raise ValueError(f"two kinds of message are called {name}")
            KINDS[name] = kind
            POLICIES[name] = kind.policy


def read(name: str, facts: Facts) -> Notice:
    """A notice as it lies in the outbox. Raises KeyError for a kind that nobody declared, and ValueError for
    facts that are none of its."""
    kind = KINDS[name]
    notice: Notice = read_as(kind.notice, {**kind.before.get(name, {}), **facts})
    return notice


def read_if(name: str, facts: Facts) -> Notice | None:
    """The same; None for what cannot be read."""
    try:
        return read(name, facts)
    except (KeyError, TypeError, ValueError):
        return None


def travels(name: str, facts: Facts) -> DeliveryPolicy:
    """How what lies in the outbox travels; what cannot be read, as its kind does."""
    notice = read_if(name, facts)
    return policy_for(notice) if notice else policy_of(name)


def loads(name: str) -> bool:
    """Whether what is shown is read anew before it is sent."""
    kind = KINDS.get(name)
    return kind is not None and kind.load is not None


def load(session: Session, reader: Actor, notice: Notice) -> object | None:
    """What this reader is shown of a notice now; None for what they need not, or may not, see any more."""
    kind = KINDS[notice.kind]
    return kind.load(session, reader, notice) if kind.load else notice


def view(name: str, shown: object, reader: Reader) -> Message:
    """The message of what is shown."""
    return KINDS[name].view(shown, reader)


def as_facts(shown: object) -> Facts:
    """What is shown, as JSON holds it."""
    facts: Facts = orjson.loads(orjson.dumps(shown))
    return facts


def render(name: str, facts: Facts, reader: Reader) -> Message:
    """The message of facts as JSON holds them. Raises KeyError and ValueError as `read` does."""
    kind = KINDS[name]
    shown = read_as(kind.shown, {**kind.before.get(name, {}), **facts})
    return kind.view(shown, reader)
