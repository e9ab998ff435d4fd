"""What is said about households, as facts; and what the card of a day shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from bot.outbox.notices import URGENT, DeliveryPolicy, Notice, once_called
from models import HouseholdMarkKind


@dataclass(frozen=True, slots=True)
class HouseholdDayCard(Notice):
    """A head's day, on one of its pages; `number`: the household chosen there. `again`: it is the reminder,
    `fresh`: a question that is not put any more once it is answered."""

    kind: ClassVar[str] = "household.day"
    day: date
    page: str = ""
    number: int = 0
    again: bool = False
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class HouseholdDaySure(HouseholdDayCard):
    """The same, sent until it is known to have arrived."""

    kind: ClassVar[str] = "household.day_sure"


@dataclass(frozen=True, slots=True)
class HouseholdDayOwn(HouseholdDayCard):
    """The same, asked for: it comes at once even in quiet hours."""

    kind: ClassVar[str] = "household.day_own"


@dataclass(frozen=True, slots=True)
class ClusterTold:
    """The households of a head in one area."""

    area: str
    count: int


@dataclass(frozen=True, slots=True)
class MarkTold:
    """Something is up with a household; `number` is counted through all areas."""

    number: int
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class ShownDay:
    """What the card shows."""

    day: date
    page: str
    number: int
    again: bool
    fresh: bool
    name: str
    count: int
    clusters: tuple[ClusterTold, ...]
    marks: tuple[MarkTold, ...]
    answered_at: datetime | None
    answered: bool


@dataclass(frozen=True, slots=True)
class HouseholdToldWell(Notice):
    """All well, by the key."""

    kind: ClassVar[str] = "household.told_well"
    day: date
    at: datetime
    count: int
    marked: int


@dataclass(frozen=True, slots=True)
class HouseholdToldBefore(Notice):
    """The day was told of before."""

    kind: ClassVar[str] = "household.told_before"
    day: date


@dataclass(frozen=True, slots=True)
class HouseholdMarked(Notice):
    """A household is marked: its number through all areas and `inside` its own, which is named where the head
    has households in several. `told`: names of who hears of it; `told_at`: when, if not at once."""

    kind: ClassVar[str] = "household.marked"
    day: date
    number: int
    mark: Annotated[str, once_called("kind", now="mark")]
    told: tuple[str, ...]
    told_at: datetime | None = None
    inside: int = 0
    area: str = ""


@dataclass(frozen=True, slots=True)
class PastDay:
    """One of a head's last days; `open`: it may be made up for."""

    day: date
    told: bool
    count: int
    marked: int
    open: bool


@dataclass(frozen=True, slots=True)
class HouseholdRecent(Notice):
    """A head's last days, the newest first."""

    kind: ClassVar[str] = "household.recent"
    days: tuple[PastDay, ...]


@dataclass(frozen=True, slots=True)
class HouseholdHelp(Notice):
    """For the village: what is up with which household of whose, and who sees to it."""

    kind: ClassVar[str] = "household.help"
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


@dataclass(frozen=True, slots=True)
class HouseholdVoice(Notice):
    """What the head said, to be played."""

    kind: ClassVar[str] = "household.voice"
    name: str
    number: int
    voice: str


@dataclass(frozen=True, slots=True)
class HouseholdTaken(Notice):
    """For the head: somebody sees to it; `area` where the head has households in several."""

    kind: ClassVar[str] = "household.taken"
    by: str
    number: int
    area: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdOutcomeTold(Notice):
    """For the head: what came of it."""

    kind: ClassVar[str] = "household.outcome"
    by: str
    outcome: str
    number: int
    area: str = ""
