"""What is said of figures, as facts: what is asked for, and what is shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import ClassVar, Self

from bot.features.figures.burden import Spread
from bot.features.figures.counting import Counts
from bot.features.figures.periods import Period, PeriodKind, period_of
from bot.outbox.notices import Notice
from bot.settings import WorkSettings
from bot.settings.work_day import bounds, work_day


@dataclass(frozen=True, slots=True)
class AskedSummary(Notice):
    """A summary that is asked for: of which area and period, by its first day; at what moment, and by which
    settings of the work day."""

    area_id: int
    period: PeriodKind
    day: date
    asked_at: datetime
    zone: str
    day_start: time
    asks_at: time | None = field(default=None, kw_only=True)

    @classmethod
    def of(cls, area_id: int, period: Period, at: datetime, work: WorkSettings) -> Self:
        """The summary of an area and a period."""
        return cls(
            area_id, period.kind, period.first, at, work.timezone, work.day_start, asks_at=work.asks_at
        )

    @property
    def work(self) -> WorkSettings:
        """The settings of the work day."""
        return _work(self.zone, self.day_start, self.asks_at)

    @property
    def span(self) -> Period:
        """The period."""
        return period_of(self.period, self.day)

    @property
    def began_on(self) -> date:
        """The work day of the moment."""
        return work_day(self.asked_at, self.work)

    @property
    def days(self) -> list[date]:
        """The days of the period that have begun."""
        today = self.began_on
        return [day for day in self.span.days if day <= today]

    @property
    def days_before(self) -> list[date]:
        """As many days of the period before, so that a week so far is set against as much of a week."""
        before = self.span.before.days
        return before if self.began_on > self.span.last else before[: len(self.days)]

    @property
    def counted_until(self) -> datetime:
        """Now, or the end of a period that is over."""
        return min(self.asked_at, bounds(self.day, self.span.last, self.work)[1])


@cache
def _work(zone: str, day_start: time, asks_at: time | None) -> WorkSettings:
    work = WorkSettings(timezone=zone, day_start=day_start)
    return work.asking_at(asks_at) if asks_at else work


@dataclass(frozen=True, slots=True)
class Summary(AskedSummary):
    """Figures; read when they are sent. `more`: with the keys that are needed less often."""

    kind: ClassVar[str] = "summary"
    more: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class SummaryScheduled(AskedSummary):
    """The figures of a period that is over, unasked; read when they are sent."""

    kind: ClassVar[str] = "summary.scheduled"


@dataclass(frozen=True, slots=True)
class SummarySheet(AskedSummary):
    """Every figure as a workbook; read when it is sent."""

    kind: ClassVar[str] = "summary.sheet"


@dataclass(frozen=True, slots=True)
class CategoryName:
    """What a kind of hazard or request is called."""

    code: str
    zh_CN: str
    en: str


@dataclass(frozen=True, slots=True)
class SummaryTopic(AskedSummary):
    """Another picture of the figures; read when it is sent."""

    kind: ClassVar[str] = "summary.topic"
    topic: str
    kinds: tuple[CategoryName, ...]
    request_kinds: tuple[CategoryName, ...]


@dataclass(frozen=True, slots=True)
class Review(SummaryTopic):
    """A review pack; read when it is sent."""

    kind: ClassVar[str] = "review"


@dataclass(frozen=True, slots=True)
class SummaryNames(AskedSummary):
    """A page of who stands behind a figure; read when it is sent."""

    kind: ClassVar[str] = "summary.names"
    which: str
    offset: int


@dataclass(frozen=True, slots=True)
class AreaButton:
    """An area to choose."""

    area_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SummaryOf(AskedSummary):
    """An area by name, and the last day of the period."""

    area: str
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class SummaryBelow(SummaryOf):
    """The areas one level down, to choose from."""

    kind: ClassVar[str] = "summary.below"
    areas: tuple[AreaButton, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """An area below, with what pictures show of it; `removed`: no longer on the roster."""

    area_id: int
    name: str
    removed: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day of the trend."""

    day: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class OpenNow:
    """How many are open at this moment, and how many of them past their date."""

    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Figures(SummaryOf):
    """Everything a summary shows. `before`: the figures of the period before; `above`: the area around, where
    the reader may see it; `others`: further areas of the reader's; `burden`: by what is counted."""

    cutoff: datetime
    above: int | None
    whole: Counts
    before: Counts
    below: tuple[AreaFigures, ...]
    trend: tuple[DayFigures, ...]
    hazards: OpenNow
    requests: OpenNow
    others: tuple[AreaButton, ...]
    burden: Mapping[str, Spread]
    more: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class SummaryGroup(Figures):
    """The figures of a period that is over, for a group, which is no reader."""

    kind: ClassVar[str] = "summary.group"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An area with every figure."""

    code: str
    name: str
    counts: Counts
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SheetFigures(Figures):
    """What stands in a workbook."""

    figures: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class HoursOfDay:
    """How many patrols set out in each hour of a work day."""

    day: date
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an area is."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PostPlace(Place):
    """A post, and whether somebody keeps duty there."""

    manned: bool


@dataclass(frozen=True, slots=True)
class HazardPlace:
    """An open hazard."""

    category: str
    latitude: float
    longitude: float
    overdue: bool


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """An area below, with all its figures."""

    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class OpenCases:
    """How many hazards or requests of a category are open, in each state, and how many of these ages."""

    category: str
    open: int
    overdue: int
    reported: int = 0
    registered: int = 0
    assigned: int = 0
    fixed: int = 0
    done: int = 0
    age3: int = 0
    age7: int = 0
    age30: int = 0


@dataclass(frozen=True, slots=True)
class TopicFigures(Figures):
    """What the pictures of topics show."""

    topic: str
    kinds: tuple[CategoryName, ...]
    request_kinds: tuple[CategoryName, ...]
    posts: tuple[PostPlace, ...]
    spots: tuple[HazardPlace, ...]
    hours: tuple[HoursOfDay, ...]
    open: tuple[OpenCases, ...]
    open_requests: tuple[OpenCases, ...]
    areas: tuple[NamedFigures, ...]
    places: tuple[Place, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedHazard:
    """A hazard of a review pack."""

    year: int
    number: int
    label: Mapping[str, str]
    place: str
    area: str
    post: str | None
    reported_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedHazard(PackedHazard):
    """One of the list, and when it was put right."""

    done_at: datetime | None
    state: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardPair(PackedHazard):
    """One that was put right, with its photos of before and after, by number."""

    done_at: datetime
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PackFigures(TopicFigures):
    """What stands in a review pack."""

    hazard_count: int
    listed: tuple[ListedHazard, ...]
    pairs: tuple[HazardPair, ...]
    merits: Counts


@dataclass(frozen=True, slots=True)
class NameEntry:
    """A line behind a figure; `value`: minutes or metres; `silence`: why there is no word of a worker."""

    name: str
    area: str
    post: str
    at: datetime
    value: int
    corrected: bool
    silence: str


@dataclass(frozen=True, slots=True)
class NamesPage(SummaryOf):
    """Those behind a figure: a page of `size` of all of them."""

    which: str
    offset: int
    total: int
    size: int
    entries: tuple[NameEntry, ...]
