"""What is said about danger and to those in charge, and about words that belong nowhere, as facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from bot.outbox.notices import URGENT, DeliveryPolicy, Lane, Notice, once_called


@dataclass(frozen=True, slots=True)
class DangerFirst(Notice):
    """Somebody is in danger: whom to phone. `message_id` is the message that says so, 0 for a stranger's."""

    kind: ClassVar[str] = "danger.first"
    message_id: int


@dataclass(frozen=True, slots=True)
class DangerCalled(Notice):
    """The names of who was called."""

    kind: ClassVar[str] = "danger.called"
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppealCard(Notice):
    """Something said to those in charge, as it stands; `urgent`: a call for help."""

    kind: ClassVar[str] = "appeal.card"
    appeal_id: int
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """A call for help goes before everything else."""
        return DeliveryPolicy(lane=Lane.SOS) if self.urgent else usual


@dataclass(frozen=True, slots=True)
class ShownAppeal:
    """What the card shows. `answer`: what was answered last."""

    appeal_id: int
    urgent: bool
    name: str
    area: str
    phone: str
    words: str
    voice: bool
    at: datetime
    taken_by: str
    taken_at: datetime | None
    answer: str
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class AppealTaken(Notice):
    """Somebody sees to it; `phone`: theirs."""

    kind: ClassVar[str] = "appeal.taken"
    by: str
    phone: str
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Who called for help hears of it even at night."""
        return URGENT if self.urgent else usual


@dataclass(frozen=True, slots=True)
class AppealAnswered(Notice):
    """An answer, and what it is `about`."""

    kind: ClassVar[str] = "appeal.answered"
    by: str
    words: str
    voice: str
    about: str
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Who called for help hears of it even at night."""
        return URGENT if self.urgent else usual


@dataclass(frozen=True, slots=True)
class AppealVoice(Notice):
    """A voice note, to be played."""

    kind: ClassVar[str] = "appeal.voice"
    name: str
    voice: str


@dataclass(frozen=True, slots=True)
class WordsUnplaced(Notice):
    """Words that belong to nothing, and what may be made of them (`offers`; `house` is the button's data for
    households); or (`state`) what became of them, and who was told."""

    kind: ClassVar[str] = "words.unplaced"
    said_id: int
    words: str
    state: str = ""
    told: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    house: str = ""


@dataclass(frozen=True, slots=True)
class WordsCourtesy(Notice):
    """Thanks, or a greeting."""

    kind: ClassVar[str] = "words.courtesy"


@dataclass(frozen=True, slots=True)
class WordsChanged(Notice):
    """What somebody said about something (`what`) reads otherwise now."""

    kind: ClassVar[str] = "words.changed"
    name: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class WordsReworded(Notice):
    """To who changed a message: names of who hears of it; None where it is too late."""

    kind: ClassVar[str] = "words.reworded"
    told: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class MediaNotTaken(Notice):
    """What was sent (`what`) is of no use here."""

    kind: ClassVar[str] = "media.not_taken"
    what: Annotated[str, once_called("kind", now="what")]
