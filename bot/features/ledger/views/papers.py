"""A period's ledger on paper, and as a spreadsheet."""

from bot.features.ledger.notices import FullPaper
from bot.features.ledger.views.ledger import KINDS, entry_told, period_told, total_told
from bot.views.base import Message, Picture, Reader
from bot.views.wording import moment_dated


def paper(told: FullPaper, to: Reader) -> Message:
    """A period's ledger: a page to be printed, with room for a signature and a seal, or every entry in a
    spreadsheet, a row each."""
    words = {"name": told.name, "area": told.area, "period": period_told(told, to)}
    title = to.tr.plain("ledger-paper-title", **words)
    footer = to.tr.plain("ledger-paper-footer", time=moment_dated(told.at, to))
    if told.sheet:
        picture = Picture("workbook", {"title": title, "about": [title, footer], **_table(told, to)})
        return Message(to.tr("ledger-sheet-told", **words), picture=picture)
    data = {
        "title": title,
        "subtitle": to.tr.plain("ledger-paper-about", **words),
        "lines": [total_told(kind, told.counts[kind], to) for kind in KINDS if told.counts[kind][0]],
        "said": [entry.words for entry in told.listed["commendation"]],
        "empty": to.tr.plain("ledger-empty"),
        "sign": [to.tr.plain(f"ledger-paper-{name}") for name in ("person", "unit", "date")],
        "footer": footer,
    }
    return Message(to.tr("ledger-paper-told", **words), picture=Picture("certificate", data))


def _table(told: FullPaper, to: Reader) -> dict[str, list[str] | list[list[str | int | None]]]:
    return {
        "headings": [to.tr.plain(f"ledger-sheet-{name}") for name in ("kind", "entry", "minutes")],
        "rows": [
            [
                to.tr.plain(f"ledger-{_key(kind)}-name"), entry_told(kind, number, entry, to),
                entry.amount if kind in ("checkin", "patrol") else None,
            ]
            for kind in KINDS
            for number, entry in enumerate(told.listed[kind], start=1)
        ],
    }  # fmt: skip


def _key(kind: str) -> str:
    return kind.replace("_", "-")
