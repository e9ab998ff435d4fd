"""The summary of an area: a few figures at a glance, bars by area, a trend."""

from bot.charts import bars, tiles, trend
from bot.charts.style import BODY, FOOTER, HEADER, MARGIN, MUTED, Sheet
from bot.notices import Facts

_GAP = 24


def summary(data: Facts, photos: list[bytes]) -> bytes:
    """`title`, `subtitle`, `footer`; `tiles`, `bars`, `trend` where there are any, else `empty`."""
    return sheet_of(data).image()


def sheet_of(data: Facts) -> Sheet:
    """The sheet with everything on it."""
    parts = [(part, data[name]) for name, part in _PARTS.items() if data.get(name)]
    if data.get("bars") and bars.is_long(data["bars"]):
        # With many areas a trend would make the picture too high to be read on a phone.
        parts = [pair for pair in parts if pair[0] is not trend]
    sheet = Sheet(int(HEADER + FOOTER + sum(p.height(d) + _GAP for p, d in parts) + (0 if parts else 160)))
    y: float = sheet.header(data["title"], data["subtitle"])
    if not parts:
        sheet.text(MARGIN, y + 60, data["empty"], BODY, colour=MUTED)
    for part, shown in parts:
        part.draw(sheet, y, shown)
        y += part.height(shown) + _GAP
    sheet.footer(data["footer"])
    return sheet


_PARTS = {"tiles": tiles, "bars": bars, "trend": trend}
