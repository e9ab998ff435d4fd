"""Lines of words and numbers, one below the other, as in a list; or empty ones, to be written on by hand."""

from bot.charts.style import BODY, INK, MARGIN, MUTED, SMALL, WIDTH, Sheet, short, width_of
from bot.notices import Facts

_TITLE, _LINE, _GAP = 76, 56, 24


def height(section: Facts) -> float:
    """How high they become, in pixels."""
    title = _TITLE if section["title"] else 0
    return float(title + _LINE * (len(section["lines"]) + section.get("empty", 0)) + 12)


def draw(sheet: Sheet, y: float, section: Facts) -> None:
    """`title` (empty where they go on); `lines`: what it is and how much (or how it stands), two
    texts each; `empty`: so many rules to write on."""
    if section["title"]:
        sheet.text(MARGIN, y + 28, section["title"], BODY, bold=True, width=WIDTH - 2 * MARGIN)
        y += _TITLE
    for what, told in section["lines"]:
        told = short(told, (WIDTH - 2 * MARGIN) / 2, SMALL)
        room = WIDTH - 2 * MARGIN - width_of(told, SMALL) - _GAP
        sheet.text(MARGIN, y + _LINE / 2, what, SMALL, colour=INK, width=room)
        sheet.text(WIDTH - MARGIN, y + _LINE / 2, told, SMALL, colour=MUTED, align="right")
        y += _LINE
        sheet.rule(y)
    for _ in range(section.get("empty", 0)):
        y += _LINE
        sheet.rule(y)
