"""What is said about households, as facts; and what the card of a day shows."""

from datetime import date, datetime
from typing import Annotated

from bot.base.facts import Struct
from bot.outbox.notices import NEWS, URGENT, DeliveryPolicy, MayAnswer, Notice, once_called
from models import HouseholdMarkKind


class HouseholdDayCard(MayAnswer, kind="household.day"):
    """A head's day, on one of its pages; `number`: the household chosen there. `again`: it is the reminder,
    `fresh`: a question that is not put any more once it is answered, `surely`: it is sent until it is known
    to have arrived."""

    day: date
    page: str = ""
    number: int = 0
    again: bool = False
    fresh: bool = True
    surely: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """A question may not come twice, but where nobody knows of the one before."""
        return super().travels(NEWS if self.surely else usual)


class ClusterTold(Struct):
    """The households of a head in one area."""

    area: str
    count: int


class MarkTold(Struct):
    """Something is up with a household; `number` is counted through all areas."""

    number: int
    kind: str
    said: str


class ShownDay(HouseholdDayCard, kw_only=True):
    """What the card shows."""

    name: str
    count: int
    clusters: tuple[ClusterTold, ...]
    marks: tuple[MarkTold, ...]
    answered_at: datetime | None
    answered: bool


class HouseholdToldWell(Notice, kind="household.told_well"):
    """All well, by the key."""

    day: date
    at: datetime
    count: int
    marked: int


class HouseholdToldBefore(Notice, kind="household.told_before"):
    """The day was told of before."""

    day: date


class HouseholdMarked(Notice, kind="household.marked"):
    """A household is marked: its number through all areas and `inside` its own, which is named where the head
    has households in several. `told`: names of who hears of it; `told_at`: when, if not at once."""

    day: date
    number: int
    mark: Annotated[str, once_called("kind", now="mark")]
    told: tuple[str, ...]
    told_at: datetime | None = None
    inside: int = 0
    area: str = ""


class PastDay(Struct):
    """One of a head's last days; `open`: it may be made up for."""

    day: date
    told: bool
    count: int
    marked: int
    open: bool


class HouseholdRecent(Notice, kind="household.recent"):
    """A head's last days, the newest first."""

    days: tuple[PastDay, ...]


class HouseholdHelp(Notice, kind="household.help"):
    """For the village: what is up with which household of whose, and who sees to it."""

    mark_id: int
    head_id: int
    path: str
    name: str
    area: str
    number: int
    mark: Annotated[str, once_called("kind", now="mark")]
    words: str
    voice: str
    at: datetime
    taken_by: str
    taken_at: datetime | None
    request: str
    outcome: str = ""
    outcome_by: str = ""
    outcome_at: datetime | None = None
    withdrawn: bool = False

    def travels(self, usual: DeliveryPolicy) -> DeliveryPolicy:
        """Who needs help cannot wait for the morning."""
        return URGENT if self.mark == HouseholdMarkKind.NEEDS_HELP else usual


class HouseholdVoice(Notice, kind="household.voice"):
    """What the head said, to be played."""

    name: str
    number: int
    voice: str


class HouseholdTaken(Notice, kind="household.taken"):
    """For the head: somebody sees to it; `area` where the head has households in several."""

    by: str
    number: int
    area: str = ""


class HouseholdOutcomeTold(Notice, kind="household.outcome"):
    """For the head: what came of it."""

    by: str
    outcome: str
    number: int
    area: str = ""
