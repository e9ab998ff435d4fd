"""What is said of figures, as facts: what is asked for, and what is shown of it."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time
from functools import cache
from typing import Self

from bot.base.facts import Struct
from bot.features.figures.burden import Spread
from bot.features.figures.counting import Counts
from bot.features.figures.periods import Period, PeriodKind, period_of
from bot.outbox.notices import Notice
from bot.settings import WorkSettings
from bot.settings.work_day import bounds, work_day


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


class Summary(AskedSummary, kind="summary"):
    """Figures; read when they are sent. `more`: with the keys that are needed less often."""

    more: bool = field(default=False, kw_only=True)


class SummaryScheduled(AskedSummary, kind="summary.scheduled"):
    """The figures of a period that is over, unasked; read when they are sent."""


class SummarySheet(AskedSummary, kind="summary.sheet"):
    """Every figure as a workbook; read when it is sent."""


class CategoryName(Struct):
    """What a kind of hazard or request is called."""

    code: str
    zh_CN: str
    en: str


class SummaryTopic(AskedSummary, kind="summary.topic"):
    """Another picture of the figures; read when it is sent."""

    topic: str
    kinds: tuple[CategoryName, ...]
    request_kinds: tuple[CategoryName, ...]


class Review(SummaryTopic, kind="review"):
    """A review pack; read when it is sent."""


class SummaryNames(AskedSummary, kind="summary.names"):
    """A page of who stands behind a figure; read when it is sent."""

    which: str
    offset: int


class AreaButton(Struct):
    """An area to choose."""

    area_id: int
    name: str


class SummaryOf(AskedSummary):
    """An area by name, and the last day of the period."""

    area: str
    last: date
    today: date


class SummaryBelow(SummaryOf, kind="summary.below"):
    """The areas one level down, to choose from."""

    areas: tuple[AreaButton, ...]
    offset: int


class AreaFigures(Struct):
    """An area below, with what pictures show of it; `removed`: no longer on the roster."""

    area_id: int
    name: str
    removed: bool
    counts: Counts


class DayFigures(Struct):
    """A day of the trend."""

    day: date
    counts: Counts


class OpenNow(Struct):
    """How many are open at this moment, and how many of them past their date."""

    open: int = 0
    overdue: int = 0


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


class SummaryGroup(Figures, kind="summary.group"):
    """The figures of a period that is over, for a group, which is no reader."""


class SheetRow(Struct):
    """An area with every figure."""

    code: str
    name: str
    counts: Counts
    kind: str = ""


class SheetFigures(Figures):
    """What stands in a workbook."""

    figures: tuple[str, ...]
    rows: tuple[SheetRow, ...]


class HoursOfDay(Struct):
    """How many patrols set out in each hour of a work day."""

    day: date
    hours: tuple[int, ...]


class Place(Struct):
    """Where an area is."""

    name: str
    latitude: float
    longitude: float


class PostPlace(Place):
    """A post, and whether somebody keeps duty there."""

    manned: bool


class HazardPlace(Struct):
    """An open hazard."""

    category: str
    latitude: float
    longitude: float
    overdue: bool


class NamedFigures(Struct):
    """An area below, with all its figures."""

    name: str
    counts: Counts


class OpenCases(Struct):
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


class PackedHazard(Struct, kw_only=True):
    """A hazard of a review pack."""

    year: int
    number: int
    label: Mapping[str, str]
    place: str
    area: str
    post: str | None
    reported_at: datetime


class ListedHazard(PackedHazard, kw_only=True):
    """One of the list, and when it was put right."""

    done_at: datetime | None
    state: str
    overdue: bool


class HazardPair(PackedHazard, kw_only=True):
    """One that was put right, with its photos of before and after, by number."""

    done_at: datetime
    before: int
    after: int


class PackFigures(TopicFigures):
    """What stands in a review pack."""

    hazard_count: int
    listed: tuple[ListedHazard, ...]
    pairs: tuple[HazardPair, ...]
    merits: Counts


class NameEntry(Struct):
    """A line behind a figure; `value`: minutes or metres; `silence`: why there is no word of a worker."""

    name: str
    area: str
    post: str
    at: datetime
    value: int
    corrected: bool
    silence: str


class NamesPage(SummaryOf):
    """Those behind a figure: a page of `size` of all of them."""

    which: str
    offset: int
    total: int
    size: int
    entries: tuple[NameEntry, ...]
