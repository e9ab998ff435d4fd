"""A heat map of days and hours: when something was going on, and when nothing was."""

from bot.base.facts import Facts
from bot.charts.style import BODY, INK, MARGIN, MUTED, PAPER, SMALL, SOFT, WIDTH, Pen, Sheet, count, width_of

# From little to much; told apart in print and by everybody.
SHADES = ("#DCEAF5", "#A9CFE6", "#6AAED6", "#2F83BE", "#0B4F85")
_HEAD, _ROW, _FOOT, _NOTE, _GAP = 124, 40, 54, 44, 4


def height(heat: Facts) -> float:
    """How high it becomes, in pixels."""
    return _HEAD + _ROW * len(heat["rows"]) + _FOOT + _NOTE


def draw(sheet: Sheet, y: float, heat: Facts) -> None:
    """`title`; `rows`: `name` and 24 numbers, one an hour from the first on (None: not over yet); `hours`:
    what each hour is called; `none`: the word for nothing; `note`: what is said below."""
    sheet.text(MARGIN, y + 28, heat["title"], Pen(BODY, bold=True), width=WIDTH - 2 * MARGIN)
    values = [value for row in heat["rows"] for value in row["hours"] if value is not None]
    most = max(values, default=0)
    sheet.legend(y + 84, [(SOFT, heat["none"]), *ranges(set(values))])
    left = MARGIN + max((width_of(row["name"], SMALL) for row in heat["rows"]), default=0) + 20
    step = (WIDTH - MARGIN - left) / 24
    for number, row in enumerate(heat["rows"]):
        top = y + _HEAD + number * _ROW
        sheet.text(MARGIN, top + _ROW / 2, row["name"], Pen(SMALL))
        for hour, value in enumerate(row["hours"]):
            if value is not None:
                _cell(sheet, left + hour * step, top, step, value, most)
    floor = y + _HEAD + _ROW * len(heat["rows"]) + 28
    for place in range(0, 24, 3):
        middle = left + place * step + (step - _GAP) / 2
        sheet.text(middle, floor, heat["hours"][place], Pen(SMALL, MUTED, "center"))
    sheet.text(MARGIN, floor + _NOTE, heat["note"], Pen(SMALL, MUTED), width=WIDTH - 2 * MARGIN)


def shade(value: int, most: int) -> str:
    """The colour of a number where `most` is the largest, which is the darkest; nothing at all is its own
    colour."""
    if not value:
        return SOFT
    return SHADES[min(len(SHADES), -(-value * len(SHADES) // max(1, most))) - 1]


def ranges(values: set[int]) -> list[tuple[str, str]]:
    """The shades that occur, from little to much, each with the numbers that it stands for: 3, or 4–6."""
    most = max(values, default=0)
    found: dict[str, list[int]] = {}
    for value in sorted(values - {0}):
        found.setdefault(shade(value, most), []).append(value)
    return [
        (colour, count(many[0]) if len(many) == 1 else f"{count(many[0])}–{count(many[-1])}")
        for colour, many in found.items()
    ]


def _cell(sheet: Sheet, x: float, y: float, step: float, value: int, most: int) -> None:
    sheet.box(x, y + _GAP / 2, step - _GAP, _ROW - _GAP, shade(value, most), 4)
    told = count(value)
    if value and width_of(told, SMALL) <= step - _GAP:
        dark = SHADES.index(shade(value, most)) >= 3
        pen = Pen(SMALL, PAPER if dark else INK, "center")
        sheet.text(x + (step - _GAP) / 2, y + _ROW / 2, told, pen)
