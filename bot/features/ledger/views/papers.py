"""A period's ledger on paper, and as a spreadsheet."""

from bot.base.facts import Facts
from bot.features.ledger.views.ledger import KINDS, entry_told, period_told, total_told
from bot.views.base import Message, Picture, Reader
from bot.views.wording import moment_dated


def certificate(facts: Facts, to: Reader) -> Message:
    """A page to be printed, with room for a signature and a seal."""
    told = {"name": facts["name"], "area": facts["area"], "period": period_told(facts, to)}
    kinds = [kind for kind in KINDS if facts["counts"][kind][0]]
    data = {
        "title": to.tr.plain("ledger-paper-title", **told),
        "subtitle": to.tr.plain("ledger-paper-about", **told),
        "lines": [total_told(kind, facts["counts"][kind], to) for kind in kinds],
        "said": [entry["words"] for entry in facts["listed"]["commendation"]],
        "empty": to.tr.plain("ledger-empty"),
        "sign": [to.tr.plain(f"ledger-paper-{name}") for name in ("person", "unit", "date")],
        "footer": to.tr.plain("ledger-paper-footer", time=moment_dated(facts["at"], to)),
    }  # fmt: skip
    return Message(to.tr("ledger-paper-told", **told), picture=Picture("certificate", data))


def sheet(facts: Facts, to: Reader) -> Message:
    """Every entry of the period, a row each."""
    told = {"name": facts["name"], "area": facts["area"], "period": period_told(facts, to)}
    title = to.tr.plain("ledger-paper-title", **told)
    data = {
        "title": title,
        "about": [title, to.tr.plain("ledger-paper-footer", time=moment_dated(facts["at"], to))],
        "headings": [to.tr.plain(f"ledger-sheet-{name}") for name in ("kind", "entry", "minutes")],
        "rows": [
            [
                to.tr.plain(f"ledger-{_key(kind)}-name"), entry_told(kind, number, entry, to),
                entry["amount"] if kind in ("checkin", "patrol") else None,
            ]
            for kind in KINDS
            for number, entry in enumerate(facts["listed"][kind], start=1)
        ],
    }  # fmt: skip
    return Message(to.tr("ledger-sheet-told", **told), picture=Picture("workbook", data))


def _key(kind: str) -> str:
    return kind.replace("_", "-")
