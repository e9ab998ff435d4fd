"""What reminders and the mornings say, as facts."""

from dataclasses import dataclass
from typing import ClassVar

from bot.base.facts import Facts
from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class HeldNotice:
    """One of several in one message, as it lay in the outbox; `unsure`: it may have arrived before."""

    kind: str
    facts: Facts
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Folded(Notice):
    """What came in the night, in one message; and what may not have come."""

    kind: ClassVar[str] = "folded"
    notices: tuple[HeldNotice, ...]
