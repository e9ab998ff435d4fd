"""Work days as stretches of time, and periods as stretches of work days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.base.facts import Struct
from bot.settings import WorkSettings
from bot.settings.work_day import bounds


class PeriodKind(StrEnum):
    """How long a period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Window(Struct):
    """A work day: from when to when, and up to when it is counted."""

    day: date
    starts_at: datetime
    ends_at: datetime
    cutoff: datetime


class Period(Struct):
    """The day, week (Monday to Sunday), month or quarter that `first` begins."""

    kind: PeriodKind
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def days(self) -> list[date]:
        """All its days."""
        return [self.first + timedelta(days=n) for n in range((self.after.first - self.first).days)]

    @property
    def before(self) -> "Period":
        """The period before."""
        return period_of(self.kind, self.first - timedelta(days=1))

    @property
    def after(self) -> "Period":
        """The period after."""
        if self.kind is PeriodKind.DAY:
            return Period(self.kind, self.first + timedelta(days=1))
        if self.kind is PeriodKind.WEEK:
            return Period(self.kind, self.first + timedelta(days=7))
        months = 1 if self.kind is PeriodKind.MONTH else 3
        # 31 days on are surely in the month after.
        return period_of(self.kind, self.first + timedelta(days=31 * months))


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of this kind that a day lies in."""
    if kind is PeriodKind.DAY:
        return Period(kind, day)
    if kind is PeriodKind.WEEK:
        return Period(kind, day - timedelta(days=day.weekday()))
    month = day.month if kind is PeriodKind.MONTH else (day.month - 1) // 3 * 3 + 1
    return Period(kind, day.replace(month=month, day=1))


def window(day: date, cutoff: datetime, work: WorkSettings) -> Window:
    """A work day from its start to the start of the next."""
    return Window(day, *bounds(day, day, work), cutoff)


def day_list(first: date, last: date) -> Sequence[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
