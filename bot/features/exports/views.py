"""Spreadsheets asked for in the chat."""

from datetime import date

from bot.base.facts import Facts
from bot.views.base import Button, File, Message, Reader

WHATS = {"checkins": "c", "shifts": "s", "patrols": "p", "hazards": "h", "requests": "r"}
PERIODS = ("this_month", "last_month", "this_week", "last_week", "this_quarter", "last_quarter")


def ask(facts: Facts, to: Reader) -> Message:
    """Which records."""
    rows = tuple((Button(to.tr.plain(f"export-{what}"), f"exp:w:{WHATS[what]}"),) for what in facts["whats"])
    return Message(to.tr("export-ask"), buttons=rows)


def when(facts: Facts, to: Reader) -> Message:
    """Of which time; and of which area, where there are several."""
    code = WHATS[facts["what"]]
    buttons = [
        Button(
            to.tr.plain(f"export-{period.replace('_', '-')}"), f"exp:go:{code}:{facts['area_id']}:{period}"
        )
        for period in PERIODS
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if facts["what"] == "hazards":
        rows += [
            (
                Button(
                    to.tr.plain(f"export-{period.replace('_', '-')}-photos"),
                    f"exp:go:{code}:{facts['area_id']}:{period}:photos",
                ),
            )
            for period in PERIODS[:2]
        ]
    rows += [
        (Button(to.tr.plain("export-area-button", area=area["name"]), f"exp:a:{code}:{area['id']}"),)
        for area in facts["others"]
    ]
    what = to.tr.plain(f"export-{facts['what']}")
    return Message(to.tr("export-when", what=what, area=facts["area"]), buttons=tuple(rows))


def card(facts: Facts, to: Reader) -> Message:
    """How far it is."""
    told = {
        "what": to.tr.plain(f"export-{facts['what']}"), "area": facts["area"],
        "first": _day(facts["since"], to), "last": _day(facts["until"], to),
        "done": f"{facts['done']:,}", "total": f"{facts['total']:,}", "files": str(facts["files"]),
    }  # fmt: skip
    head = to.tr("export-head", **told)
    state = facts["state"]
    if state == "making" and facts["done"]:
        state = "writing"
    elif state == "done" and facts["files"] > 1:
        state = "done-parts"
    return Message(head + "\n" + to.tr(f"export-state-{state}", **told))


def file(facts: Facts, to: Reader) -> Message:
    """A part of it."""
    told = {"part": str(facts["part"]), "parts": str(facts["parts"]), "rows": f"{facts['rows']:,}"}
    text = to.tr("export-part" if facts["parts"] > 1 else "export-whole", **told)
    return Message(text, file=File(facts["key"], facts["name"]))


def _day(day: str, to: Reader) -> str:
    told = date.fromisoformat(day)
    return to.tr.plain("household-date", month=str(told.month), day=str(told.day))
