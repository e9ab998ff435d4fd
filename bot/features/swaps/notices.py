"""What is said about swaps, as facts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from bot.outbox.notices import URGENT, DeliveryPolicy, Notice


@dataclass(frozen=True, slots=True)
class SwapSent(Notice):
    """A request on its way. `whom`: one name, or empty where whoever is free was asked, `count` of them.
    `settled`: it counts at once. `held_until`: quiet hours."""

    kind: ClassVar[str] = "swap.sent"
    whom: str
    count: int
    settled: bool
    held_until: datetime | None
    swap_id: int = 0


@dataclass(frozen=True, slots=True)
class SwapTime:
    """A shift of a swap: from when to when."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AboutSwap(Notice):
    """Everything any card about a swap tells: how it stands, who is in it, whom it waits for, the shift, and
    what is given `back` for it. `agreed`: whoever asked may decide. `anyone`: whoever is free was asked."""

    swap_id: int
    state: str
    anyone: bool
    agreed: bool
    giver: str
    asker: str
    taker: str
    decider: str
    whom: str
    count: int
    deciders: Sequence[str]
    starts_at: datetime
    ends_at: datetime
    place: str
    back: SwapTime | None


@dataclass(frozen=True, slots=True)
class SwapAsked(AboutSwap):
    """The card of who asks."""

    kind: ClassVar[str] = "swap.asked"


@dataclass(frozen=True, slots=True)
class SwapOfferDeclined(AboutSwap):
    """The card of one who cannot."""

    kind: ClassVar[str] = "swap.offer_declined"


@dataclass(frozen=True, slots=True)
class SwapOfferAccepted(AboutSwap):
    """The card of the one who will come."""

    kind: ClassVar[str] = "swap.offer_accepted"


@dataclass(frozen=True, slots=True)
class TimelySwap(AboutSwap):
    """What quiet hours do not hold where the shift is `soon`."""

    soon: bool = field(default=False, kw_only=True)

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """What begins soon rings through quiet hours."""
        return URGENT if self.soon else usual


@dataclass(frozen=True, slots=True)
class SwapOffered(TimelySwap):
    """The card of who is asked."""

    kind: ClassVar[str] = "swap.offered"


@dataclass(frozen=True, slots=True)
class SwapToDecide(TimelySwap):
    """The card of who leads the shift."""

    kind: ClassVar[str] = "swap.to_decide"


@dataclass(frozen=True, slots=True)
class SwapNews(TimelySwap):
    """What came of it; `part`: of whom it is told, the giver, the taker or the asker."""

    kind: ClassVar[str] = "swap.news"
    part: str


@dataclass(frozen=True, slots=True)
class SwapWaitingCount(Notice):
    """For who decides: how many cards wait."""

    kind: ClassVar[str] = "swap.waiting_count"
    count: int
