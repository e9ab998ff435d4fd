"""Everything kept about a person, in words."""

import re
from datetime import date, datetime

from bot.access.own_data import Line
from bot.features.privacy.notices import Overview, Page
from bot.views.base import Button, Message, Reader

# Words of a line that are days.
_DAYS = frozenset({"first", "last", "since", "until", "day"})
# What is told at once, line by line; of what there is nothing, nothing is said.
_TOGETHER = (
    ("checkins", "corrections", "patrols"),
    ("hazards", "requests", "photos"),
    ("places",),
    ("household_days",),
)


def overview(told: Overview, to: Reader) -> Message:
    """How much there is of each kind, as much as a small phone shows at once; all of it below a button."""
    lines = [to.tr("mydata-title", time=_moment(told.at, to))]
    for kinds in _TOGETHER:
        totals = [_total(kind, told, to) for kind in kinds if told.totals.get(kind)]
        lines += [to.tr.plain("my-comma").join(totals)] if totals else []
    lines.append(_total("seen", told, to))
    return Message("\n".join(lines), buttons=((Button(to.tr.plain("mydata-all-button"), "myd:all"),),))


def _total(kind: str, told: Overview, to: Reader) -> str:
    count, days = str(told.totals.get(kind, 0)), str(told.location_days)
    return to.tr(f"mydata-total-{kind.replace('_', '-')}", count=count, days=days)


def page(told: Page, to: Reader) -> Message:
    """One page of it."""
    lines = [_line(line, to) for line in told.lines]
    if told.page == 1:
        lines.insert(0, to.tr("mydata-title", time=_moment(told.at, to)))
    if told.of > 1:
        lines.append(to.tr("mydata-page", page=str(told.page), of=str(told.of)))
    return Message("\n".join(lines))


def _line(line: Line, to: Reader) -> str:
    """A sentence with its words, its moments and its translated names."""
    what, words = line.what, line.words
    if what == "place" and not to.coordinates:
        what, words = "place-hidden", {}
    times = {name: _moment(moment, to) for name, moment in line.times.items()}
    keys = {name: _named(key, to) for name, key in line.keys.items()}
    words = {name: _day(word, to) if name in _DAYS else word for name, word in words.items()}
    text = to.tr(f"mydata-{what}", **words, **times, **keys)
    return f"\n<b>{text}</b>" if what.startswith("head-") else text


def _named(key: str, to: Reader) -> str:
    """A translated name; what has none (an act added lately) is told by its own."""
    try:
        return to.tr.plain(key)
    except LookupError:
        return key.partition("-")[2]


def _moment(moment: datetime | None, to: Reader) -> str:
    """Day and time; the year only where it is not this one."""
    if moment is None:
        return "–"
    local = to.local(moment)
    return to.tr.plain("mydata-moment", day=_dated(local.date(), to), time=f"{local:%H:%M}")


def _day(word: str, to: Reader) -> str:
    """A day as people say it; other words stay."""
    return _dated(date.fromisoformat(word), to) if re.fullmatch(r"\d{4}-\d\d-\d\d", word) else word


def _dated(day: date, to: Reader) -> str:
    told = {"month": str(day.month), "day": str(day.day)}
    if day.year == to.now.astimezone(to.zone).year:
        return to.tr.plain("mydata-day", **told)
    return to.tr.plain("mydata-day-year", year=str(day.year), **told)
