"""What is said about handovers, as facts; and what their card shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.features.escalation.notices import LadderNotice
from bot.features.shifts.notices import CrewName
from bot.outbox.notices import URGENT, DeliveryPolicy, Notice


@dataclass(frozen=True, slots=True)
class HandoverCard(Notice):
    """A handover as it stands, on one of the pages of its card."""

    kind: ClassVar[str] = "handover.card"
    handover_id: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class HandoverCardAbove(HandoverCard):
    """The same for supervisors, whom it lets sleep."""

    kind: ClassVar[str] = "handover.card_above"


@dataclass(frozen=True, slots=True)
class HandoverMoved(HandoverCard):
    """The card stands further down now."""

    kind: ClassVar[str] = "handover.moved"


@dataclass(frozen=True, slots=True)
class HandoverDiffers(HandoverCard):
    """It was found otherwise than it was given."""

    kind: ClassVar[str] = "handover.differs"


@dataclass(frozen=True, slots=True)
class HandoverVoice(Notice):
    """A voice note of the card, to be played."""

    kind: ClassVar[str] = "handover.voice"
    voice: str
    name: str
    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class HandoverLate(LadderNotice):
    """Not settled in time: for the crews, and then for those above."""

    kind: ClassVar[str] = "handover.late"

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Those above are let sleep."""
        return usual if self.level > 1 else URGENT


@dataclass(frozen=True, slots=True)
class NamedHandover:
    """One of several handovers: where, when, and who gave it."""

    handover_id: int
    area: str
    place: str
    due_at: datetime
    giver: str


@dataclass(frozen=True, slots=True)
class ListedHandover(NamedHandover):
    """The same with how it stands. `late`: those above were told."""

    state: str
    taker: str
    differs: bool
    late: bool


@dataclass(frozen=True, slots=True)
class HandoverList(Notice):
    """A page of the handovers of the last days; `before` and `after` are where the pages beside it begin."""

    kind: ClassVar[str] = "handover.list"
    entries: tuple[ListedHandover, ...]
    total: int
    offset: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class HandoverShift:
    """One of the two shifts: from when to when, and who."""

    starts_at: datetime
    ends_at: datetime
    crew: tuple[CrewName, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """What is open at the post, or was ticked off since the handover began (`closer`); of a patrol, its
    section and what it missed."""

    id: int
    kind: str
    words: str
    voice: bool
    told_at: datetime
    teller: str
    closer: str
    section: str | None = None
    missed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """A hazard at the post that is not put right; `words`: what it is, or else where."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Equipment:
    """A piece of equipment as it was given and, where that was otherwise, found."""

    code: str
    zh_CN: str
    en: str
    count: int
    given: str
    found: str | None


@dataclass(frozen=True, slots=True)
class ShownHandover:
    """What the card shows to one reader; `gives` and `takes`: what is the reader's to do."""

    handover_id: int
    page: str
    place: str
    area: str
    state: str
    due_at: datetime
    gives: bool
    takes: bool
    outgoing: HandoverShift
    incoming: HandoverShift | None
    matters: tuple[Matter, ...]
    hazards: tuple[OpenHazard, ...]
    things: tuple[Equipment, ...]
    giver: str
    given_at: datetime | None
    taker: str
    taken_at: datetime | None
    differs: bool
    late: bool


@dataclass(frozen=True, slots=True)
class LateHandovers:
    """Those not settled in time that a reader may see."""

    level: int
    open: tuple[NamedHandover, ...]
