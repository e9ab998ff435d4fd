"""Summaries: sections of one look, one below the other, as a picture or as a page to be printed."""

import io
from typing import Any

from bot.charts import bars, heat, places, tiles, trend
from bot.charts.style import BODY, FOOTER, HEADER, MARGIN, MUTED, Sheet
from bot.notices import Facts

_GAP = 24
_SECTIONS: dict[str, Any] = {"tiles": tiles, "bars": bars, "trend": trend, "heat": heat, "map": places}


def summary(data: Facts, photos: list[bytes]) -> bytes:
    """`title`, `subtitle`, `footer`; `sections`: `kind` (tiles, bars, trend, heat, map) and what it needs;
    `empty`: what is said where there are none."""
    return sheet_of(data).image()


def page(data: Facts, photos: list[bytes]) -> bytes:
    """The same as a PDF of one page."""
    written = io.BytesIO()
    sheet_of(data).figure.savefig(written, format="pdf", metadata={"Title": data["title"], "Creator": None})
    return written.getvalue()


def _fewer(part: Any, section: Facts) -> Facts:
    """Two rows of tiles at most."""
    return section | {"tiles": section["tiles"][:4]} if part is tiles else section


def sheet_of(data: Facts) -> Sheet:
    """The sheet with everything on it."""
    sections = [(_SECTIONS[each["kind"]], each) for each in data["sections"]]
    if any(part is bars and bars.is_long(each) for part, each in sections):
        # With many areas a trend would make the picture too high to be read on a phone.
        sections = [(part, _fewer(part, each)) for part, each in sections if part is not trend]
    needed = sum(part.height(each) + _GAP for part, each in sections)
    sheet = Sheet(int(HEADER + FOOTER + (needed or 160)))
    y: float = sheet.header(data["title"], data["subtitle"])
    if not sections:
        sheet.text(MARGIN, y + 60, data["empty"], BODY, colour=MUTED)
    for part, each in sections:
        part.draw(sheet, y, each)
        y += part.height(each) + _GAP
    sheet.footer(data["footer"])
    return sheet
