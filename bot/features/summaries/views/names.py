"""The names behind a figure of a summary, page by page; and a summary as a spreadsheet."""

from datetime import datetime

from bot.base.facts import Facts
from bot.features.duty.views.check_in import distance_told, span_told
from bot.features.hazards.views.card import on
from bot.features.summaries.views.summary import data_of
from bot.views.base import Button, Message, Picture, Reader
from bot.views.wording import area_and_period, date_named


def names(facts: Facts, to: Reader) -> Message:
    """Area by area, in roster order."""
    key = facts["which"].replace("_", "-")
    lines = [to.tr(f"summary-list-{key}", where=area_and_period(facts, to))]
    back = Button(to.tr.plain("summary-back"), data_of("s", facts))
    if not facts["entries"]:
        return Message("\n".join([*lines, to.tr("summary-list-empty")]), ((back,),))
    first = facts["offset"] + 1
    place = {"first": first, "last": first + len(facts["entries"]) - 1, "total": facts["total"]}
    lines.append(to.tr("summary-list-count", **{name: str(number) for name, number in place.items()}))
    area = ""
    for entry in facts["entries"]:
        if entry["area"] != area:
            area = entry["area"]
            lines += ["", to.tr("summary-list-area", area=area)]
        lines.append(_entry(entry, key, to))
    rows = (_pages(facts, to), _nudge(facts, to), (back,))
    return Message("\n".join(lines), tuple(row for row in rows if row))


def _entry(entry: Facts, key: str, to: Reader) -> str:
    if entry["silence"]:
        why = to.tr.plain(f"silent-{entry['silence'].replace('_', '-')}")
        return to.tr("summary-entry-worker", name=entry["name"], day=_day(entry["at"], to), why=why)
    post = to.tr.plain("summary-entry-post", post=entry["post"]) if entry["post"] else ""
    told = {"name": entry["name"], "when": to.time(entry["at"]), "post": post}
    if key == "late":
        told["span"] = span_told(entry["value"], to)
    elif key == "off-site":
        told["span"] = distance_told(entry["value"], to)
    line = to.tr(f"summary-entry-{key}", **told)
    return line + to.tr("summary-entry-corrected") if entry["corrected"] else line


def _day(starts_at: datetime, to: Reader) -> str:
    return date_named(to.local(starts_at).date(), to)


def _nudge(facts: Facts, to: Reader) -> tuple[Button, ...]:
    """To the board from which those are reminded who are missing today."""
    if facts["which"] != "absent" or facts["day"] != facts["today"] or facts["period"] != "day":
        return ()
    day = facts["day"].replace("-", "")
    return (Button(to.tr.plain("summary-nudge"), f"sil:b:d:{facts['area_id']}:{day}:0"),)


def _pages(facts: Facts, to: Reader) -> tuple[Button, ...]:
    verb, size, row = f"n:{facts['which']}", facts["size"], []
    if facts["offset"]:
        before = data_of(verb, facts, offset=facts["offset"] - size)
        row.append(Button(to.tr.plain("summary-pages-before"), before))
    if facts["offset"] + size < facts["total"]:
        after = data_of(verb, facts, offset=facts["offset"] + size)
        row.append(Button(to.tr.plain("summary-pages-after"), after))
    return tuple(row)


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
