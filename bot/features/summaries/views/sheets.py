"""A summary as a spreadsheet."""

from bot.base.facts import Facts
from bot.features.hazards.views.card import on
from bot.features.summaries.views.summary import data_of
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import area_and_period


def workbook(facts: Facts, to: Reader) -> Message:
    """The file, with what stands in it."""
    title, cutoff = area_and_period(facts, to), on(facts["cutoff"], to)
    data = {
        "title": title,
        "about": [title, to.tr.plain("summary-subtitle", cutoff=cutoff)],
        "headings": [
            to.tr.plain("summary-sheet-area"), to.tr.plain("summary-sheet-code"),
            *(to.tr.plain(f"figure-{code.replace('_', '-')}") for code in facts["figures"]),
        ],
        "rows": [
            [row["name"], row["code"], *(row["counts"][code] for code in facts["figures"])]
            for row in facts["rows"]
        ],
    }  # fmt: skip
    back = Button(to.tr.plain("summary-back"), data_of("s", facts))
    text = to.tr("summary-sheet-told", where=title, cutoff=cutoff)
    return Message(text, ((back,),), picture=Picture("workbook", data))
