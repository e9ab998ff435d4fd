"""Notices: what is to be said, as facts; how each kind travels.

A notice holds ids, text, numbers and times only. Its words are found when it is sent.
"""

from dataclasses import fields
from enum import IntEnum, StrEnum
from typing import Any, ClassVar, TypeVar

from pydantic import AliasChoices, Field

from bot.base.facts import Struct

S = TypeVar("S")


class Lane(IntEnum):
    """Who goes first when there are more messages than Telegram takes (low first)."""

    SOS = 0
    REPLY = 1
    URGENT = 2
    REMINDER = 3
    BROADCAST = 4


class Quiet(StrEnum):
    """What quiet hours do with a notice."""

    HELD = "held"
    THROUGH = "through"


class DeliveryPolicy(Struct):
    """How a kind of notice travels.

    `repeat`: whether it may be sent again when it is unknown if it arrived. `folds`: may go with others in
    one message in the morning, if quiet hours held several: short words without pictures. `retold`: of what
    may not be sent twice, what is told with the rest in the morning where nobody knows whether it arrived;
    all others are followed by a step of their own: a second asking, a ladder, the next list.
    """

    lane: Lane = Lane.REPLY
    quiet: Quiet = Quiet.THROUGH
    repeat: bool = True
    folds: bool = False
    retold: bool = False


REPLY = DeliveryPolicy()


class Notice(Struct):
    """One thing to say: what its view needs, as JSON can hold it.

    `kind`, given with the class (`class Undone(Notice, kind="hazard.undone")`), is kept in the outbox and
    stays.
    """

    kind: ClassVar[str]

    def __init_subclass__(cls, *, kind: str = "", kw_only: bool = False) -> None:
        super().__init_subclass__(kw_only=kw_only)
        if kind:
            cls.kind = kind

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """How this one travels; `usual`: how its kind does."""
        return usual

    def shown_as(self, what: type[S], **more: object) -> S:
        """What is shown of it: its own facts, and what was read anew."""
        return what(**{each.name: getattr(self, each.name) for each in fields(self)}, **more)


def once_called(before: str, *, now: str) -> Any:
    """For what has another name `now` than in rows written before, where it was called `kind` as the notice's
    own is: `Annotated[str, once_called("kind", now="what")]`."""
    return Field(validation_alias=AliasChoices(now, before))


class MayAnswer(Notice, kw_only=True):
    """One that also `answers` who acts or asks just now, and then travels as an answer."""

    answers: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Who waits for it gets it at once."""
        return REPLY if self.answers else usual


class KeysGone(Notice, kind="keys.gone"):
    """A message stays as it is, without its buttons."""


class CommandsMenu(Notice, kind="commands"):
    """The menu of commands for these roles; no message."""

    roles: tuple[str, ...]


class Leave(Notice, kind="leave"):
    """Leave a group; no message."""


class Living(Struct):
    """A notice that the chat's living message about a subject shows; `last`: for good, as the next one about
    the subject is sent anew."""

    notice: Notice
    subject: str
    last: bool = False


URGENT = DeliveryPolicy(lane=Lane.URGENT)
# Rings, but lets people sleep.
URGENT_HELD = DeliveryPolicy(lane=Lane.URGENT, quiet=Quiet.HELD)
REMINDER = DeliveryPolicy(lane=Lane.REMINDER, quiet=Quiet.HELD, repeat=False)
NEWS = DeliveryPolicy(lane=Lane.REMINDER, quiet=Quiet.HELD)

# By kind; filled where every kind is declared.
POLICIES: dict[str, DeliveryPolicy] = {}


def policy_of(kind: str) -> DeliveryPolicy:
    """How notices of this kind travel. What nobody declared answers whoever acted.

    Raises RuntimeError where no kind is declared at all: everything would travel as an answer.
    """
    if not POLICIES:
        raise RuntimeError("no message is known: bot.features.registry was not imported")
    return POLICIES.get(kind, REPLY)


def policy_for(notice: Notice) -> DeliveryPolicy:
    """How this notice travels."""
    return notice.travels(policy_of(notice.kind))
