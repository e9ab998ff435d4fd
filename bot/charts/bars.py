"""Bars by area, in roster order: what there was of how many; readable with 1 area and with 56."""

from bot.base.facts import Facts, Struct
from bot.charts.style import (
    BODY,
    DONE,
    LATE,
    LINE,
    MARGIN,
    MUTED,
    NONE,
    OPEN,
    PARTLY,
    SMALL,
    WIDTH,
    Pen,
    Sheet,
    legible,
    width_of,
    wrapped,
)

COLOURS = {"done": DONE, "partly": PARTLY, "open": OPEN, "late": LATE, "none": NONE, "rest": LINE}
# More areas than this stand in two columns: a picture higher than it is wide twice over is made too small.
_MOST_IN_ONE = 16
_TITLE, _LEGEND, _GAP, _LINE = 68, 56, 40, SMALL * 1.2
# Of a row, by columns: with 56 areas the picture is still one that Telegram shows as a picture.
_ROWS = {1: 48, 2: 43}
_MOST_TOLD = 0.4
# Of the width of a column, for the name; told so that 7 characters fit in either.
_NAME_SHARES = {1: 0.36, 2: 0.45}


def height(bars: Facts) -> float:
    """How high they become, in pixels."""
    columns = _columns(bars["rows"])
    return _head(bars) + _row_height(bars["rows"], columns) * -(-len(bars["rows"]) // columns) + 16


def draw(sheet: Sheet, y: float, bars: Facts) -> None:
    """`title`, `legend` (colour, name), `rows`: `name`, `parts` (colour, number), `whole`, `told`; `bare`:
    the whole is only a measure, and not shown."""
    rows, columns = bars["rows"], _columns(bars["rows"])
    sheet.text(MARGIN, y + 28, bars["title"], Pen(BODY, bold=True), width=WIDTH - 2 * MARGIN)
    sheet.legend(y + 84, [(COLOURS[colour], name) for colour, name in bars["legend"]])
    step, in_column = _row_height(rows, columns), -(-len(rows) // columns)
    widest = max((width_of(legible(row["told"]), SMALL) for row in rows), default=0.0)
    measure = _Measure(columns, min(widest, _width(columns) * _MOST_TOLD), bool(bars.get("bare")))
    for number, row in enumerate(rows):
        column, line = divmod(number, in_column)
        x = MARGIN + column * (_width(columns) + _GAP)
        _draw_row(sheet, x, y + _head(bars) + line * step + step / 2, row, measure)


def _head(bars: Facts) -> int:
    return _TITLE + (_LEGEND if bars["legend"] else 0)


def is_long(bars: Facts) -> bool:
    """Whether there are so many that they stand in two columns."""
    return _columns(bars["rows"]) > 1


def _columns(rows: list[Facts]) -> int:
    return 1 if len(rows) <= _MOST_IN_ONE else 2


def _width(columns: int) -> float:
    return (WIDTH - 2 * MARGIN - _GAP * (columns - 1)) / columns


def _name_width(columns: int) -> float:
    return _width(columns) * _NAME_SHARES[columns]


def _row_height(rows: list[Facts], columns: int) -> float:
    two = any(width_of(legible(row["name"]), SMALL) > _name_width(columns) for row in rows)
    return max(_ROWS[columns], 2 * _LINE + 12) if two else _ROWS[columns]


class _Measure(Struct):
    """What the rows of a chart share: in how many columns they stand, the room for numbers, in pixels, and
    whether the whole is only a measure."""

    columns: int
    told: float
    bare: bool


def _draw_row(sheet: Sheet, x: float, y: float, row: Facts, measure: _Measure) -> None:
    width, name, told = _width(measure.columns), _name_width(measure.columns), measure.told
    lines = wrapped(row["name"], name, SMALL)
    for number, line in enumerate(lines):
        sheet.text(x, y + (number - (len(lines) - 1) / 2) * _LINE, line, Pen(SMALL))
    left, room = x + name + 16, width - name - told - 32
    whole = row["whole"]
    if whole and not measure.bare:
        sheet.box(left, y - 15, room, 30, COLOURS["rest"], 5)
    at = left
    for colour, number in row["parts"]:
        part = room * number / whole if whole else 0.0
        if part:
            # Never so thin that nobody sees it, never over the end.
            part = min(max(part, 5.0), left + room - at)
            sheet.box(at, y - 15, part, 30, COLOURS[colour], min(5, part / 2))
            at += part
    sheet.text(x + width, y, row["told"], Pen(SMALL, MUTED, "right"), width=told + 1)
