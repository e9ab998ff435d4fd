"""Words that summaries share: areas and periods by name, shares, changes."""

from datetime import date, datetime

from bot.base.facts import Facts
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


def area_and_period(facts: Facts, to: Reader) -> str:
    """The area, and which day, week, month or quarter."""
    return to.tr.plain("summary-where", area=facts["area"], period=period_named(facts, to))


def period_named(facts: Facts, to: Reader) -> str:
    """11月23日周一; 11月16日–22日; 2026年11月; 2026年第4季度."""
    first, last = date.fromisoformat(facts["day"]), date.fromisoformat(facts["last"])
    if facts["period"] == "day":
        return day_named(first, to)
    if facts["period"] == "week":
        years = f"{first.year}" if first.year == last.year else f"{first.year}/{last.year % 100:02}"
        return to.tr.plain("summary-week", first=date_named(first, to), last=date_named(last, to), year=years)
    year = {"year": str(first.year)}
    if facts["period"] == "month":
        return to.tr.plain("summary-month", month=str(first.month), **year)
    return to.tr.plain("summary-quarter", quarter=str((first.month + 2) // 3), **year)


def area_and_dates(facts: Facts, to: Reader) -> str:
    """The same, a day with its year: a picture is sent on and printed, and read long after."""
    if facts["period"] != "day":
        return area_and_period(facts, to)
    day = date.fromisoformat(facts["day"])
    weekday = to.tr.plain(f"shifts-weekday-{day.weekday()}")
    told = to.tr.plain("summary-dated-day", date=dated(day, to), weekday=weekday)
    return to.tr.plain("summary-where", area=facts["area"], period=told)


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


def change(facts: Facts, part: str, whole: str, to: Reader) -> str:
    """What the share was in the period before, as an aside; empty where there was none."""
    before = facts["before"]
    if not before.get(whole):
        return ""
    told = share(before.get(part, 0), before[whole])
    return to.tr.plain(f"summary-change-{facts['period']}", share=told)
