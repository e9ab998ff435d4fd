"""Summaries: sections of one look, one below the other, as a picture or as a page to be printed."""

from typing import Any

from bot.base.facts import Facts
from bot.charts import bars, heat, places, tiles, trend
from bot.charts.style import BODY, FOOTER, HEADER, MARGIN, MUTED, WIDTH, Pen, Sheet

GAP = 24
SECTIONS: dict[str, Any] = {"tiles": tiles, "bars": bars, "trend": trend, "heat": heat, "map": places}
_PLACED = list[tuple[Any, Facts]]


def summary(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`, `subtitle`, `footer`; `sections`: `kind` (tiles, bars, trend, heat, map) and what it needs;
    `empty`: what is said where there are none."""
    return [sheet_of(data)]


def page(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """The same on one page of two columns."""
    return [page_of(data)]


def sheet_of(data: Facts) -> Sheet:
    """The sheet with everything on it, section below section."""
    placed = _placed(data)
    if _is_long(placed):
        # With many areas a trend would make the picture too high to be read on a phone.
        placed = [(part, _fewer(part, each)) for part, each in placed if part is not trend]
    sheet = Sheet(int(HEADER + FOOTER + (_height(placed) or 160)))
    _fill(sheet, data, [placed])
    return sheet


def page_of(data: Facts) -> Sheet:
    """The page with everything on it, in two columns of about the same height. With many areas one chart
    tells of each of them, and the others of the whole."""
    placed = _placed(data)
    if _is_long(placed):
        first = next(number for number, (part, _) in enumerate(placed) if part is bars)
        fewer = [each for number, each in enumerate(placed) if number <= first or not _is_long([each])]
        # Who misses what is left out is told where it is.
        data = data | {"footer": f"{data['further']} · {data['footer']}"} if fewer != placed else data
        placed = fewer
    cuts = [(placed[:cut], placed[cut:]) for cut in range(len(placed) + 1)]
    columns = min(cuts, key=lambda sides: max(map(_height, sides)))
    sheet = Sheet(int(HEADER + FOOTER + (max(map(_height, columns)) or 160)), columns=2)
    _fill(sheet, data, list(columns))
    return sheet


def _placed(data: Facts) -> _PLACED:
    return [(SECTIONS[each["kind"]], each) for each in data["sections"]]


def _is_long(placed: _PLACED) -> bool:
    return any(part is bars and bars.is_long(each) for part, each in placed)


def _fewer(part: Any, section: Facts) -> Facts:
    """Two rows of tiles at most."""
    return section | {"tiles": section["tiles"][:4]} if part is tiles else section


def _height(placed: _PLACED) -> float:
    return float(sum(part.height(each) + GAP for part, each in placed))


def _fill(sheet: Sheet, data: Facts, columns: list[_PLACED]) -> None:
    top = sheet.header(data["title"], data["subtitle"])
    if not data["sections"]:
        sheet.text(MARGIN, top + 60, data["empty"], Pen(BODY, MUTED))
    for number, placed in enumerate(columns):
        sheet.left, y = float(number * WIDTH), float(top)
        for part, each in placed:
            part.draw(sheet, y, each)
            y += part.height(each) + GAP
    sheet.left = 0.0
    if data["footer"]:
        sheet.footer(data["footer"])
