"""The names behind a figure of a summary, page by page; and a summary as a spreadsheet."""

from datetime import datetime

from bot.features.cases.views import on
from bot.features.figures.periods import PeriodKind
from bot.features.summaries.notices import NameEntry, NamesPage, SheetFigures
from bot.features.summaries.views.periods import area_and_period
from bot.features.summaries.views.summary import data_of, pages
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import date_named, distance_told, span_told


def names(told: NamesPage, to: Reader) -> Message:
    """Area by area, in roster order."""
    key = told.which.replace("_", "-")
    lines = [to.tr(f"summary-list-{key}", where=area_and_period(told, to))]
    back = Button(to.tr.plain("summary-back"), data_of("s", told))
    if not told.entries:
        return Message("\n".join([*lines, to.tr("summary-list-empty")]), ((back,),))
    first = told.offset + 1
    place = {"first": first, "last": told.offset + len(told.entries), "total": told.total}
    lines.append(to.tr("summary-list-count", **{name: str(number) for name, number in place.items()}))
    area = ""
    for entry in told.entries:
        if entry.area != area:
            area = entry.area
            lines += ["", to.tr("summary-list-area", area=area)]
        lines.append(_entry(entry, key, to))
    turn = pages(f"n:{told.which}", told, told.offset, told.size, told.total, to)
    rows = (*turn, _nudge(told, to), (back,))
    return Message("\n".join(lines), tuple(row for row in rows if row))


def _entry(entry: NameEntry, key: str, to: Reader) -> str:
    if entry.silence:
        why = to.tr.plain(f"silent-{entry.silence.replace('_', '-')}")
        return to.tr("summary-entry-worker", name=entry.name, day=_day(entry.at, to), why=why)
    post = to.tr.plain("summary-entry-post", post=entry.post) if entry.post else ""
    words = {"name": entry.name, "when": to.time(entry.at), "post": post}
    if key == "late":
        words["span"] = span_told(entry.value, to)
    elif key == "off-site":
        words["span"] = distance_told(entry.value, to)
    line = to.tr(f"summary-entry-{key}", **words)
    return line + to.tr("summary-entry-corrected") if entry.corrected else line


def _day(starts_at: datetime, to: Reader) -> str:
    return date_named(to.local(starts_at).date(), to)


def _nudge(told: NamesPage, to: Reader) -> tuple[Button, ...]:
    """To the board from which those are reminded who are missing today."""
    if told.which != "absent" or told.day != told.today or told.period is not PeriodKind.DAY:
        return ()
    return (Button(to.tr.plain("summary-nudge"), f"sil:b:d:{told.area_id}:{told.day:%Y%m%d}:0"),)


def workbook(told: SheetFigures, to: Reader) -> Message:
    """The file, with what stands in it."""
    title, cutoff = area_and_period(told, to), on(told.cutoff, to)
    data = {
        "title": title,
        "about": [title, to.tr.plain("summary-subtitle", cutoff=cutoff)],
        "headings": [
            to.tr.plain("summary-sheet-area"), to.tr.plain("summary-sheet-code"),
            *(to.tr.plain(f"figure-{code.replace('_', '-')}") for code in told.figures),
        ],
        "rows": [
            [row.name, row.code, *(row.counts[code] for code in told.figures)]
            for row in told.rows
        ],
    }  # fmt: skip
    back = Button(to.tr.plain("summary-back"), data_of("s", told))
    text = to.tr("summary-sheet-told", where=title, cutoff=cutoff)
    return Message(text, ((back,),), picture=Picture("workbook", data))
