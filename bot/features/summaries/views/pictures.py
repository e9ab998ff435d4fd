"""What the picture of a summary shows: tiles, bars by area, a trend, all in words and numbers."""

from collections.abc import Sequence

from bot.features.summaries.notices import AreaFigures, DayFigures, Figures
from bot.features.summaries.views.periods import area_and_dates, change
from bot.views.base import Reader
from bot.views.wording import many, moment_dated, share

# A part of a picture, as it is drawn.
Section = dict[str, object]


def picture_of(told: Figures, to: Reader) -> Section:
    """The data of the drawing `summary`."""
    return sheet(told, to, [tiles(told, to), bars(told, to), trend(told, to)])


def sheet(told: Figures, to: Reader, sections: Sequence[Section | None], topic: str = "") -> Section:
    """A sheet with these sections, those of which there is anything, perhaps of one topic."""
    where, cutoff = area_and_dates(told, to), moment_dated(told.cutoff, to)
    return {
        "title": to.tr.plain(f"summary-title-{topic}", where=where) if topic else where,
        "subtitle": to.tr.plain("summary-until" if topic else "summary-subtitle", cutoff=cutoff),
        # A map has no order.
        "footer": "" if topic == "map" else to.tr.plain("summary-footer"),
        "empty": to.tr.plain("summary-nothing"),
        "further": to.tr.plain("summary-further"),
        "sections": [section for section in sections if section],
    }


def tiles(told: Figures, to: Reader) -> Section | None:
    """The figures at a glance, those of which there is anything."""
    whole, now, asked_now = told.whole, told.hazards, told.requests
    incomplete = many(whole.get("patrols_incomplete", 0))
    found = {"found": many(whole.get("hazards_found", 0)), "open": many(now.open)}
    asked = {"open": many(asked_now.open), "overdue": many(asked_now.overdue)}
    asked["registered"] = many(whole.get("requests_registered", 0))
    hours = round(whole.get("minutes", 0) / 60)
    made = [
        _tile("came", "due", change(told, "came", "due", to), told, to),
        _tile(
            "people", "", to.tr.plain("summary-tile-hours", hours=many(hours)) if hours else "",
            told, to,
        ),
        _tile(
            "checkpoints_reached", "checkpoints",
            to.tr.plain("summary-tile-patrols", patrols=many(whole.get("patrols", 0)), incomplete=incomplete),
            told, to,
        ),
        _tile(
            "hazards_in_time", "hazards_closed",
            to.tr.plain("summary-tile-hazards", overdue=many(now.overdue), **found), told, to,
            shown=bool(now.open or now.overdue) or "hazards_found" in whole,
        ),
        _tile(
            "requests_in_time", "requests_closed", to.tr.plain("summary-tile-requests", **asked), told, to,
            shown=bool(asked_now.open or asked_now.overdue) or "requests_registered" in whole,
        ),
        _tile(
            "households_reached", "households", change(told, "households_reached", "households", to),
            told, to,
        ),
    ]  # fmt: skip
    shown = [tile for tile in made if tile]
    return {"kind": "tiles", "tiles": shown} if shown else None


def _tile(
    part: str, whole: str, note: str, told: Figures, to: Reader, *, shown: bool = False
) -> Section | None:
    counts = told.whole
    if not counts.get(whole or part) and not shown:
        return None
    value, of = counts.get(part, 0), counts.get(whole, 0)
    return {
        "name": to.tr.plain(f"summary-tile-{part.replace('_', '-')}"),
        "value": share(value, of) if whole else f"{value:,}",
        "of": f"{value:,}/{of:,}" if whole and of else "",
        "note": note.strip("，（）, ()"),
    }


def bars(told: Figures, to: Reader) -> Section | None:
    """How many came of those who were to come, by area; where nobody was due, who kept duty."""
    rows = [row for row in told.below if row.counts or not row.removed]
    if not rows or not any(row.counts for row in rows):
        return None
    if told.whole.get("due"):
        legend = [("done", "on-time"), ("late", "late"), ("rest", "absent")]
        # Nobody is late who has no shift.
        if not told.whole.get("planned"):
            legend[:2] = [("done", "came")]
        return {
            "kind": "bars",
            "title": to.tr.plain("summary-bars-came"),
            "legend": [[colour, to.tr.plain(f"summary-legend-{name}")] for colour, name in legend],
            "rows": [_came(row) for row in rows],
        }
    most = max((row.counts.get("people", 0) for row in rows), default=0)
    if not most:
        return None
    return {
        "kind": "bars",
        "title": to.tr.plain("summary-bars-people"),
        "legend": [["done", to.tr.plain("summary-legend-people")]],
        "rows": [_kept_duty(row, most) for row in rows],
    }


def _came(row: AreaFigures) -> Section:
    counts = row.counts
    due, came, late = (counts.get(code, 0) for code in ("due", "came", "late"))
    return {
        "name": row.name, "parts": [["done", came - late], ["late", late]], "whole": due,
        "told": f"{came:,}/{due:,}" if due else "–",
    }  # fmt: skip


def _kept_duty(row: AreaFigures, most: int) -> Section:
    people = row.counts.get("people", 0)
    return {"name": row.name, "parts": [["done", people]], "whole": most, "told": f"{people:,}"}


def trend(told: Figures, to: Reader) -> Section | None:
    """Day by day, by week where there are many days: the share that came, or how many kept duty."""
    days = told.trend
    if sum(bool(day.counts) for day in days) < 2:
        return None
    due = any(day.counts.get("due") for day in days)
    steps = _weeks(days) if len(days) > 31 else [[day] for day in days]
    key = "summary-trend-came" if due else "summary-trend-people"
    return {
        "kind": "trend",
        "title": to.tr.plain(f"{key}-weeks" if len(days) > 31 else key),
        "points": [_point(step, due) for step in steps],
    }


def _weeks(days: Sequence[DayFigures]) -> list[list[DayFigures]]:
    weeks: list[list[DayFigures]] = []
    for day in days:
        if not weeks or day.day.weekday() == 0:
            weeks.append([])
        weeks[-1].append(day)
    return weeks


def _point(days: Sequence[DayFigures], due: bool) -> Section:
    first = days[0].day
    part = sum(day.counts.get("came" if due else "people", 0) for day in days)
    whole = sum(day.counts.get("due", 0) for day in days) if due else None
    return {"label": f"{first.month}/{first.day}", "part": part, "whole": whole}
