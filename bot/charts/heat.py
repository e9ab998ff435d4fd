"""A heat map of days and hours: when something was going on, and when nothing was."""

from bot.charts.style import BODY, INK, MARGIN, MUTED, PAPER, SMALL, SOFT, WIDTH, Sheet, width_of
from bot.notices import Facts

# From little to much; told apart in print and by everybody.
SHADES = ("#DCEAF5", "#A9CFE6", "#6AAED6", "#2F83BE", "#0B4F85")
_HEAD, _ROW, _FOOT, _GAP = 124, 40, 54, 4


def height(heat: Facts) -> float:
    """How high it becomes, in pixels."""
    return _HEAD + _ROW * len(heat["rows"]) + _FOOT


def draw(sheet: Sheet, y: float, heat: Facts) -> None:
    """`title`, `rows`: `name` and 24 numbers, one an hour from `from_hour` on; `legend`: words for none,
    few and many."""
    sheet.text(MARGIN, y + 28, heat["title"], BODY, bold=True, width=WIDTH - 2 * MARGIN)
    most = max((value for row in heat["rows"] for value in row["hours"]), default=0)
    _legend(sheet, y + 84, heat["legend"], most)
    left = MARGIN + max((width_of(row["name"], SMALL) for row in heat["rows"]), default=0) + 20
    step = (WIDTH - MARGIN - left) / 24
    for number, row in enumerate(heat["rows"]):
        top = y + _HEAD + number * _ROW
        sheet.text(MARGIN, top + _ROW / 2, row["name"], SMALL)
        for hour, value in enumerate(row["hours"]):
            _cell(sheet, left + hour * step, top, step, value, most)
    floor = y + _HEAD + _ROW * len(heat["rows"]) + 28
    for place in range(0, 24, 3):
        hour = (heat["from_hour"] + place) % 24
        middle = left + place * step + (step - _GAP) / 2
        sheet.text(middle, floor, str(hour), SMALL, colour=MUTED, align="center")


def shade(value: int, most: int) -> str:
    """The colour of a number where `most` is the largest; nothing at all is its own colour."""
    if not value:
        return SOFT
    return SHADES[min(len(SHADES) - 1, (value - 1) * len(SHADES) // max(1, most))]


def _cell(sheet: Sheet, x: float, y: float, step: float, value: int, most: int) -> None:
    sheet.box(x, y + _GAP / 2, step - _GAP, _ROW - _GAP, shade(value, most), 4)
    told = str(value)
    if value and width_of(told, SMALL) <= step - _GAP:
        dark = SHADES.index(shade(value, most)) >= 3
        sheet.text(x + (step - _GAP) / 2, y + _ROW / 2, told, SMALL, colour=PAPER if dark else INK,
                   align="center")  # fmt: skip


def _legend(sheet: Sheet, y: float, words: list[str], most: int) -> None:
    none, few, many = words
    sheet.legend(y, [(SOFT, none)])
    x = MARGIN + 36 + width_of(none, SMALL) + 36
    sheet.text(x, y, few, SMALL, colour=MUTED)
    x += width_of(few, SMALL) + 14
    for colour in SHADES:
        sheet.box(x, y - 12, 34, 24, colour, 4)
        x += 38
    sheet.text(x + 8, y, f"{many} {most}" if most else many, SMALL, colour=MUTED)
