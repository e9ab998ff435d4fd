"""What any part may have to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.base.errors import Refused
from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class StopAsk(Notice):
    """What /stop means, and whether it is meant."""

    kind: ClassVar[str] = "stop.ask"


@dataclass(frozen=True, slots=True)
class StopDone(Notice):
    """No more messages."""

    kind: ClassVar[str] = "stop.done"


@dataclass(frozen=True, slots=True)
class StopStayed(Notice):
    """As before."""

    kind: ClassVar[str] = "stop.stayed"


@dataclass(frozen=True, slots=True)
class NotUnderstood(Notice):
    """Nothing took what the person sent."""

    kind: ClassVar[str] = "not_understood"


@dataclass(frozen=True, slots=True)
class Refusal(Notice):
    """Something could not be done; `key` names the sentence, `facts` fill it, perhaps with what was sent."""

    kind: ClassVar[str] = "refused"
    key: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @classmethod
    def of(cls, refused: Refused) -> "Refusal":
        """What an error says."""
        return cls(refused.key, refused.facts)


@dataclass(frozen=True, slots=True)
class Failed(Notice):
    """A bug: kept, and told politely."""

    kind: ClassVar[str] = "failed"
