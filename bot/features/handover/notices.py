"""What is said about handovers, as facts; and what their card shows."""

from datetime import datetime

from bot.base.facts import Struct
from bot.features.escalation.notices import LadderNotice
from bot.features.shifts.notices import CrewName
from bot.outbox.notices import URGENT, URGENT_HELD, DeliveryPolicy, Notice


class HandoverCard(Notice, kind="handover.card"):
    """A handover as it stands, on one of the pages of its card; `above`: for supervisors."""

    handover_id: int
    page: str = ""
    above: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Supervisors are let sleep."""
        return URGENT_HELD if self.above else usual


class HandoverMoved(HandoverCard, kind="handover.moved"):
    """The card stands further down now."""


class HandoverDiffers(HandoverCard, kind="handover.differs"):
    """It was found otherwise than it was given."""


class HandoverVoice(Notice, kind="handover.voice"):
    """A voice note of the card, to be played."""

    voice: str
    name: str
    at: datetime
    place: str


class HandoverLate(LadderNotice, kind="handover.late"):
    """Not settled in time: for the crews, and then for those above."""

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Those above are let sleep."""
        return usual if self.level > 1 else URGENT


class NamedHandover(Struct):
    """One of several handovers: where, when, and who gave it."""

    handover_id: int
    area: str
    place: str
    due_at: datetime
    giver: str


class ListedHandover(NamedHandover):
    """The same with how it stands. `late`: those above were told."""

    state: str
    taker: str
    differs: bool
    late: bool


class HandoverList(Notice, kind="handover.list"):
    """A page of the handovers of the last days; `before` and `after` are where the pages beside it begin."""

    entries: tuple[ListedHandover, ...]
    total: int
    offset: int
    before: int | None
    after: int | None


class HandoverShift(Struct):
    """One of the two shifts: from when to when, and who."""

    starts_at: datetime
    ends_at: datetime
    crew: tuple[CrewName, ...]


class Matter(Struct):
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


class OpenHazard(Struct):
    """A hazard at the post that is not put right; `words`: what it is, or else where."""

    code: str
    words: str


class Equipment(Struct):
    """A piece of equipment as it was given and, where that was otherwise, found."""

    code: str
    zh_CN: str
    en: str
    count: int
    given: str
    found: str | None


class ShownHandover(Struct):
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


class LateHandovers(Struct):
    """Those not settled in time that a reader may see."""

    level: int
    open: tuple[NamedHandover, ...]
