"""Paper: sections of one look on pages as high as A4 is, to be printed and read at a table."""

from typing import Any

from bot.base.facts import Facts
from bot.charts import lines, pairs
from bot.charts.style import FOOTER, HEADER, MARGIN, MUTED, SMALL, WIDTH, Pen, Sheet
from bot.charts.summary import GAP, SECTIONS

# As high as a sheet of this width has to be.
A4 = 1527
# What may go on on the next page, by what it is made of.
_PARTED: dict[str, tuple[str, ...]] = {"lines": ("lines",), "pairs": ("pairs", "photos")}
# So many of it stand together at least, on either page.
_FEWEST = {"lines": 4, "pairs": 1}
# On a page that goes on there is no title.
_TOP = 76
# A page that lacks less than this share is filled by parting its sections, by so much each at most.
_SPARE, _APART = 0.35, 96.0
PARTS: dict[str, Any] = SECTIONS | {"lines": lines, "pairs": pairs}


def pages(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`, `subtitle`; `footer`, which stands on every page; `page`: its word, as `{n}/{of}`;
    `sections`: as for a summary, and `lines`, `pairs`, whose photos come in their order. One that
    is `fresh` begins a page."""
    rest = iter(photos)
    for section in data["sections"]:
        if section["kind"] == "pairs":
            section["photos"] = [(next(rest, b""), next(rest, b"")) for _ in section["pairs"]]
    parted = _parted(data["sections"])
    return [_sheet(data, sections, number, len(parted)) for number, sections in enumerate(parted)]


def _parted(sections: list[Facts]) -> list[list[Facts]]:
    """Section after section, on the next page where there is no more room on one: what fits there whole goes
    before then. Lists and pairs go on on the next page; what else does not fit begins there."""
    found: list[list[Facts]] = [[]]
    room, rest = float(A4 - HEADER - FOOTER), list(sections)
    while rest:
        starts = rest[0].get("fresh") and found[-1]
        at = None if starts else _next(rest, room, alone=not found[-1])
        if at is not None:
            section = rest.pop(at)
            found[-1].append(section)
            room -= _high(section)
            continue
        if not starts:
            fits, goes_on = _cut(rest[0], room)
            found[-1] += fits
            rest = [*goes_on, *rest[1:]]
        found.append([])
        room = float(A4 - _TOP - FOOTER)
    return found


def _next(rest: list[Facts], room: float, *, alone: bool) -> int | None:
    """Which section comes next on the page; None: none of them as a whole."""
    parted = rest[0]["kind"] in _PARTED
    if _high(rest[0]) <= room or (alone and not parted):
        return 0
    if parted and _cut(rest[0], room)[0]:
        return None
    for at, section in enumerate(rest):
        if section.get("fresh") or section["kind"] in _PARTED:
            return None
        if _high(section) <= room:
            return at
    return None


def _high(section: Facts) -> float:
    return float(PARTS[section["kind"]].height(section) + GAP)


def _cut(section: Facts, room: float) -> tuple[list[Facts], list[Facts]]:
    """What of a section there is room for, and what goes on on the next page."""
    names = _PARTED.get(section["kind"], ())
    fewest = _FEWEST.get(section["kind"], 0)
    for number in range(len(section[names[0]]) - fewest, fewest - 1, -1) if names else ():
        fits = section | {name: section[name][:number] for name in names if name in section}
        if _high(fits) <= room:
            goes_on = section | {name: section[name][number:] for name in names if name in section}
            return [fits], [goes_on | {"title": "", "fresh": False}]
    return [], [section]


def _sheet(data: Facts, sections: list[Facts], number: int, of: int) -> Sheet:
    top = HEADER if number == 0 else _TOP
    needed = sum(map(_high, sections))
    spare = A4 - top - needed - FOOTER
    apart = max(0.0, min(_APART, spare / len(sections))) if sections and spare < _SPARE * A4 else 0.0
    # With so many areas that one chart takes more than a page, the page is that much higher.
    sheet = Sheet(max(A4, int(top + needed + FOOTER)))
    y = float(top)
    if number == 0:
        sheet.header(data["title"], data["subtitle"])
    else:
        sheet.text(MARGIN, 40, data["title"], Pen(SMALL, MUTED), width=WIDTH - 2 * MARGIN)
    for section in sections:
        PARTS[section["kind"]].draw(sheet, y, section)
        y += _high(section) + apart
    # Only our own words are a template: areas are called whatever people like.
    sheet.footer(data["footer"], data["page"].format(n=number + 1, of=of))
    return sheet
