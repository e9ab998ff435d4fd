"""Areas and periods by name, and what was in the period before."""

from bot.features.figures.periods import PeriodKind
from bot.features.summaries.notices import Figures, SummaryOf
from bot.views.base import Reader
from bot.views.wording import date_named, dated, day_named, share


def area_and_period(told: SummaryOf, to: Reader) -> str:
    """The area, and which day, week, month or quarter."""
    return to.tr.plain("summary-where", area=told.area, period=period_named(told, to))


def period_named(told: SummaryOf, to: Reader) -> str:
    """11月23日周一; 11月16日–22日; 2026年11月; 2026年第4季度."""
    first, last = told.day, told.last
    if told.period is PeriodKind.DAY:
        return day_named(first, to)
    if told.period is PeriodKind.WEEK:
        years = f"{first.year}" if first.year == last.year else f"{first.year}/{last.year % 100:02}"
        return to.tr.plain("summary-week", first=date_named(first, to), last=date_named(last, to), year=years)
    year = {"year": str(first.year)}
    if told.period is PeriodKind.MONTH:
        return to.tr.plain("summary-month", month=str(first.month), **year)
    return to.tr.plain("summary-quarter", quarter=str((first.month + 2) // 3), **year)


def area_and_dates(told: SummaryOf, to: Reader) -> str:
    """The same, a day with its year: a picture is sent on and printed, and read long after."""
    if told.period is not PeriodKind.DAY:
        return area_and_period(told, to)
    weekday = to.tr.plain(f"shifts-weekday-{told.day.weekday()}")
    named = to.tr.plain("summary-dated-day", date=dated(told.day, to), weekday=weekday)
    return to.tr.plain("summary-where", area=told.area, period=named)


def change(told: Figures, part: str, whole: str, to: Reader) -> str:
    """What the share was in the period before, as an aside; empty where there was none."""
    before = told.before
    if not before.get(whole):
        return ""
    was = share(before.get(part, 0), before[whole])
    return to.tr.plain(f"summary-change-{told.period}", share=was)
