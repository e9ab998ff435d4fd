"""What is said about danger and to those in charge, and about words that belong nowhere, as facts."""

from datetime import datetime
from typing import Annotated

from bot.base.facts import Struct
from bot.outbox.notices import URGENT, DeliveryPolicy, Lane, Notice, once_called


class DangerFirst(Notice, kind="danger.first"):
    """Somebody is in danger: whom to phone. `message_id` is the message that says so, 0 for a stranger's."""

    message_id: int


class DangerCalled(Notice, kind="danger.called"):
    """The names of who was called."""

    told: tuple[str, ...]


class AppealCard(Notice, kind="appeal.card"):
    """Something said to those in charge, as it stands; `urgent`: a call for help."""

    appeal_id: int
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """A call for help goes before everything else."""
        return DeliveryPolicy(lane=Lane.SOS) if self.urgent else usual


class ShownAppeal(Struct):
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


class AppealTaken(Notice, kind="appeal.taken"):
    """Somebody sees to it; `phone`: theirs."""

    by: str
    phone: str
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Who called for help hears of it even at night."""
        return URGENT if self.urgent else usual


class AppealAnswered(Notice, kind="appeal.answered"):
    """An answer, and what it is `about`."""

    by: str
    words: str
    voice: str
    about: str
    urgent: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Who called for help hears of it even at night."""
        return URGENT if self.urgent else usual


class AppealVoice(Notice, kind="appeal.voice"):
    """A voice note, to be played."""

    name: str
    voice: str


class WordsUnplaced(Notice, kind="words.unplaced"):
    """Words that belong to nothing, and what may be made of them (`offers`; `house` is the button's data for
    households); or (`state`) what became of them, and who was told."""

    said_id: int
    words: str
    state: str = ""
    told: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    house: str = ""


class WordsCourtesy(Notice, kind="words.courtesy"):
    """Thanks, or a greeting."""


class WordsChanged(Notice, kind="words.changed"):
    """What somebody said about something (`what`) reads otherwise now."""

    name: str
    what: str
    old: str
    new: str


class WordsReworded(Notice, kind="words.reworded"):
    """To who changed a message: names of who hears of it; None where it is too late."""

    told: tuple[str, ...] | None


class MediaNotTaken(Notice, kind="media.not_taken"):
    """What was sent (`what`) is of no use here."""

    what: Annotated[str, once_called("kind", now="what")]
