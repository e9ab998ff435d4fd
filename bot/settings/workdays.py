"""Working days: China's public holidays with their make-up workdays, and what an office says otherwise."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import holidays

from bot.base.facts import Struct

_SATURDAY = 5
# The calendar's own end: nobody waits that long.
_LAST = date.max - timedelta(days=1)


class Workdays(Struct):
    """Which days are worked. `off` and `on` go before the public calendar, which is announced one year at
    a time: until then its movable days off are not known, and weekends are."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices are open on this day."""
        if day in self.off or day in self.on:
            return day in self.on
        free, made_up = _public(day.year)
        return day in made_up or (day.weekday() < _SATURDAY and day not in free)

    def after(self, day: date, count: int) -> date:
        """The working day that comes `count` working days after this one; the day itself is not counted.

        With 0: the day itself, or the next one that is worked.
        """
        left = count
        while day < _LAST and (left > 0 or not self.is_workday(day)):
            day += timedelta(days=1)
            left -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`; 0 where it is not later."""
        days = max(0, (end - start).days)
        return sum(self.is_workday(start + timedelta(days=number)) for number in range(1, days + 1))


def workdays(off: Iterable[date], on: Iterable[date]) -> Workdays:
    """The calendar with an office's own days; a day named as both is worked."""
    return Workdays(frozenset(off), frozenset(on))


@cache
def _public(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The days off of a year, and the weekend days that are worked instead. A year that nobody has
    announced yet has its fixed days, one that no calendar knows has none."""
    known = holidays.country_holidays("CN", years=[year])
    made_up = frozenset(day for day in known.weekend_workdays if day.year == year)
    return frozenset(day for day in known if day.year == year), made_up
