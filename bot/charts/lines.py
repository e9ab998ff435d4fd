"""Lines of words and numbers, one below the other, as in a list; or empty ones, to be written on by hand."""

from bot.base.facts import Facts
from bot.charts.style import BODY, INK, MARGIN, MUTED, SMALL, WIDTH, Pen, Sheet, short, width_of

_TITLE, _LINE, _GAP = 76, 56, 24
# Between two columns.
_BETWEEN = 48


def height(section: Facts) -> float:
    """How high they become, in pixels."""
    title = _TITLE if section["title"] else 0
    rows = -(-len(section["lines"]) // _columns(section))
    return float(title + _LINE * (rows + section.get("empty", 0)) + 12)


def draw(sheet: Sheet, y: float, section: Facts) -> None:
    """`title` (empty where they go on); `lines`: what it is and how much (or how it stands), two
    texts each, `short` ones in two columns where there is room; `empty`: so many rules to write on."""
    if section["title"]:
        sheet.text(MARGIN, y + 28, section["title"], Pen(BODY, bold=True), width=WIDTH - 2 * MARGIN)
        y += _TITLE
    columns = _columns(section)
    width = _width(columns)
    rows = -(-len(section["lines"]) // columns)
    for number, (what, told) in enumerate(section["lines"]):
        column, row = divmod(number, rows)
        _line(sheet, MARGIN + column * (width + _BETWEEN), y + row * _LINE, width, what, told)
    y += rows * _LINE
    for _ in range(section.get("empty", 0)):
        y += _LINE
        sheet.rule(y)


def _line(sheet: Sheet, x: float, y: float, width: float, what: str, told: str) -> None:
    told = short(told, width / 2, SMALL)
    room = width - width_of(told, SMALL) - _GAP
    sheet.text(x, y + _LINE / 2, what, Pen(SMALL, INK), width=room)
    sheet.text(x + width, y + _LINE / 2, told, Pen(SMALL, MUTED, "right"))
    sheet.rule(y + _LINE, x, width)


def _width(columns: int) -> float:
    return (WIDTH - 2 * MARGIN - _BETWEEN * (columns - 1)) / columns


def _columns(section: Facts) -> int:
    """Two for short lines, if every one of them fits into half the width."""
    fit = all(
        width_of(what, SMALL) + width_of(told, SMALL) + _GAP <= _width(2) for what, told in section["lines"]
    )
    return 2 if section.get("short") and fit else 1
