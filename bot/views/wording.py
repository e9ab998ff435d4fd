"""Days, shares and numbers in words."""

from datetime import date, datetime

from bot.views.base import Reader

# From so many days on, hours say nothing any more.
_DAYS_WITH_HOURS = 3


def share(part: float, whole: float) -> str:
    """86%; a dash where there is no whole. Only all is 100%, only none is 0%."""
    if not whole:
        return "–"
    exact = 100 * part / whole
    return f"{min(99, max(1, round(exact))) if 0 < exact < 100 else round(exact)}%"


def many(number: int) -> str:
    """12,345."""
    return f"{number:,}"


def day_named(day: date, to: Reader) -> str:
    """A day with its weekday."""
    told = {"month": str(day.month), "day": str(day.day)}
    return to.tr.plain("shifts-day", weekday=to.tr.plain(f"shifts-weekday-{day.weekday()}"), **told)


def dated(day: date, to: Reader) -> str:
    """2026年11月23日: with the year, for what is printed, kept or sent on."""
    told = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
    return to.tr.plain("summary-dated", **told)


def moment_dated(moment: str | datetime, to: Reader) -> str:
    """2026年11月23日 08:20: the same with its time."""
    local = to.local(moment)
    return to.tr.plain("summary-dated-time", date=dated(local.date(), to), time=f"{local:%H:%M}")


def date_named(day: date, to: Reader) -> str:
    """A day without its weekday."""
    return to.tr.plain("summary-date", month=str(day.month), day=str(day.day))


def duration_told(start: datetime, end: datetime, to: Reader) -> str:
    """How long something took: minutes, hours and minutes below a day, days from there on (with hours while
    they matter)."""
    minutes = max(1, int((end - start).total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    if not days:
        return span_told(minutes, to)
    hours = rest // 60
    if hours and days <= _DAYS_WITH_HOURS:
        key = "span-one-day-hours" if days == 1 else "span-days-hours"
        return to.tr.plain(key, days=str(days), hours=str(hours))
    return to.tr.plain("span-one-day" if days == 1 else "span-days", days=str(days))


def span_told(minutes: int, to: Reader) -> str:
    """Minutes, or hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return to.tr.plain("span-whole-hours", hours=str(hours))
    if hours:
        return to.tr.plain("span-hours", hours=str(hours), minutes=str(rest))
    return to.tr.plain("span-minutes", minutes=str(rest))


def distance_told(value: int, to: Reader) -> str:
    """Metres, or kilometres with one decimal."""
    if value < 1000:
        return to.tr.plain("distance-metres", value=str(value))
    return to.tr.plain("distance-kilometres", value=f"{value / 1000:.1f}")
