"""What is said about swaps, as facts."""

from collections.abc import Sequence
from datetime import datetime

from bot.base.facts import Struct
from bot.features.shifts.notices import Timely
from bot.outbox.notices import Notice


class SwapSent(Notice, kind="swap.sent"):
    """A request on its way. `whom`: one name, or empty where whoever is free was asked, `count` of them.
    `settled`: it counts at once. `held_until`: quiet hours."""

    whom: str
    count: int
    settled: bool
    held_until: datetime | None
    swap_id: int = 0


class SwapTime(Struct):
    """A shift of a swap: from when to when."""

    starts_at: datetime
    ends_at: datetime


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


class SwapAsked(AboutSwap, kind="swap.asked"):
    """The card of who asks."""


class SwapOfferDeclined(AboutSwap, kind="swap.offer_declined"):
    """The card of one who cannot."""


class SwapOfferAccepted(AboutSwap, kind="swap.offer_accepted"):
    """The card of the one who will come."""


class SwapOffered(AboutSwap, Timely, kind="swap.offered"):
    """The card of who is asked."""


class SwapToDecide(AboutSwap, Timely, kind="swap.to_decide"):
    """The card of who leads the shift."""


class SwapNews(AboutSwap, Timely, kind="swap.news"):
    """What came of it; `part`: of whom it is told, the giver, the taker or the asker."""

    part: str


class SwapWaitingCount(Notice, kind="swap.waiting_count"):
    """For who decides: how many cards wait."""

    count: int
