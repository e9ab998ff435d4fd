"""Days, shares and numbers in words."""

from datetime import date, datetime

from bot.views.base import Reader


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
