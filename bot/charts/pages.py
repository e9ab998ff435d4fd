"""Paper: sections of one look on pages as high as A4 is, to be printed and read at a table."""

from typing import Any

from bot.charts import lines, pairs
from bot.charts.style import FOOTER, HEADER, MARGIN, MUTED, SMALL, WIDTH, Sheet
from bot.charts.summary import GAP, SECTIONS
from bot.notices import Facts

# As high as a sheet of this width has to be.
A4 = 1527
# On a page that goes on there is no title.
_TOP = 76
PARTS: dict[str, Any] = SECTIONS | {"lines": lines, "pairs": pairs}


def pages(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`, `subtitle`, `footer`; `page`: its word, as `{n}/{of}`; `sections`: as for a summary,
    and `lines`, `pairs`, whose photos come in their order. One that is `fresh` begins a page."""
    rest = iter(photos)
    for section in data["sections"]:
        if section["kind"] == "pairs":
            section["photos"] = [(next(rest, b""), next(rest, b"")) for _ in section["pairs"]]
    parted = _parted(data["sections"])
    return [_sheet(data, sections, number, len(parted)) for number, sections in enumerate(parted)]


def _parted(sections: list[Facts]) -> list[list[Facts]]:
    """Section after section, on the next page where there is no more room on one."""
    found: list[list[Facts]] = [[]]
    room = float(A4 - HEADER - FOOTER)
    for section in sections:
        high = PARTS[section["kind"]].height(section) + GAP
        if found[-1] and (high > room or section.get("fresh")):
            found.append([])
            room = float(A4 - _TOP - FOOTER)
        found[-1].append(section)
        room -= high
    return found


def _sheet(data: Facts, sections: list[Facts], number: int, of: int) -> Sheet:
    top = HEADER if number == 0 else _TOP
    needed = sum(PARTS[section["kind"]].height(section) + GAP for section in sections)
    # With so many areas that one chart takes more than a page, the page is that much higher.
    sheet = Sheet(max(A4, int(top + needed + FOOTER)))
    y = float(top)
    if number == 0:
        sheet.header(data["title"], data["subtitle"])
    else:
        sheet.text(MARGIN, 40, data["title"], SMALL, colour=MUTED, width=WIDTH - 2 * MARGIN)
    for section in sections:
        PARTS[section["kind"]].draw(sheet, y, section)
        y += PARTS[section["kind"]].height(section) + GAP
    # Only our own words are a template: areas are called whatever people like.
    sheet.footer(f"{data['footer']} · {data['page'].format(n=number + 1, of=of)}")
    return sheet
