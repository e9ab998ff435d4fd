"""What any part may have to say."""

from collections.abc import Mapping
from dataclasses import field

from bot.base.errors import Refused
from bot.outbox.notices import Notice


class StopAsk(Notice, kind="stop.ask"):
    """What /stop means, and whether it is meant."""


class StopDone(Notice, kind="stop.done"):
    """No more messages."""


class StopStayed(Notice, kind="stop.stayed"):
    """As before."""


class NotUnderstood(Notice, kind="not_understood"):
    """Nothing took what the person sent."""


class Refusal(Notice, kind="refused"):
    """Something could not be done; `key` names the sentence, `facts` fill it, perhaps with what was sent."""

    key: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @classmethod
    def of(cls, refused: Refused) -> "Refusal":
        """What an error says."""
        return cls(refused.key, refused.facts)


class Failed(Notice, kind="failed"):
    """A bug: kept, and told politely."""
