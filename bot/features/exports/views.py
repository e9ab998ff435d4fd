"""Spreadsheets asked for in the chat."""

from datetime import date

from bot.features.exports.notices import ExportAsk, ExportFile, ExportWhen, Progress
from bot.views.base import Button, File, Message, Reader

WHATS = {"checkins": "c", "shifts": "s", "patrols": "p", "hazards": "h", "requests": "r"}
PERIODS = ("this_month", "last_month", "this_week", "last_week", "this_quarter", "last_quarter")


def ask(told: ExportAsk, to: Reader) -> Message:
    """Which records."""
    rows = tuple((Button(to.tr.plain(f"export-{what}"), f"exp:w:{WHATS[what]}"),) for what in told.whats)
    return Message(to.tr("export-ask"), buttons=rows)


def when(told: ExportWhen, to: Reader) -> Message:
    """Of which time; and of which area, where there are several."""
    code = WHATS[told.what]
    buttons = [
        Button(to.tr.plain(f"export-{period.replace('_', '-')}"), f"exp:go:{code}:{told.area_id}:{period}")
        for period in PERIODS
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if told.what == "hazards":
        rows += [
            (
                Button(
                    to.tr.plain(f"export-{period.replace('_', '-')}-photos"),
                    f"exp:go:{code}:{told.area_id}:{period}:photos",
                ),
            )
            for period in PERIODS[:2]
        ]
    rows += [
        (Button(to.tr.plain("export-area-button", area=area.name), f"exp:a:{code}:{area.id}"),)
        for area in told.others
    ]
    what = to.tr.plain(f"export-{told.what}")
    return Message(to.tr("export-when", what=what, area=told.area), buttons=tuple(rows))


def card(told: Progress, to: Reader) -> Message:
    """How far it is."""
    words = {
        "what": to.tr.plain(f"export-{told.what}"), "area": told.area,
        "first": _day(told.since, to), "last": _day(told.until, to),
        "done": f"{told.done:,}", "total": f"{told.total:,}", "files": str(told.files),
    }  # fmt: skip
    head = to.tr("export-head", **words)
    state = told.state
    if state == "making" and told.done:
        state = "writing"
    elif state == "done" and told.files > 1:
        state = "done-parts"
    return Message(head + "\n" + to.tr(f"export-state-{state}", **words))


def file(told: ExportFile, to: Reader) -> Message:
    """A part of it."""
    words = {"part": str(told.part), "parts": str(told.parts), "rows": f"{told.rows:,}"}
    text = to.tr("export-part" if told.parts > 1 else "export-whole", **words)
    return Message(text, file=File(told.key, told.name))


def _day(day: date, to: Reader) -> str:
    return to.tr.plain("household-date", month=str(day.month), day=str(day.day))
