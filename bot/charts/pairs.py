"""Before and after, pair below pair: what was put right, for a meeting."""

from bot.base.facts import Facts
from bot.charts.style import BODY, DONE, MARGIN, MUTED, OPEN, SMALL, SOFT, WIDTH, Pen, Sheet

_GAP, _TITLE, _NAME, _LABEL, _PHOTO = 24, 76, 48, 44, 440
_PAIR = _NAME + _LABEL + _PHOTO + 36


def height(section: Facts) -> float:
    """How high they become, in pixels."""
    return (_TITLE if section["title"] else 0) + _PAIR * len(section["pairs"])


def draw(sheet: Sheet, y: float, section: Facts) -> None:
    """`title` (empty where the pairs go on); `before`, `after`: their words; `pairs`: `name`, `told` of each;
    `photos`: the two of each."""
    if section["title"]:
        sheet.text(MARGIN, y + 28, section["title"], Pen(BODY, bold=True), width=WIDTH - 2 * MARGIN)
        y += _TITLE
    half = (WIDTH - 2 * MARGIN - _GAP) / 2
    for pair, photos in zip(section["pairs"], section["photos"], strict=True):
        sheet.text(MARGIN, y + 20, pair["name"], Pen(SMALL), width=WIDTH - 2 * MARGIN)
        sides = ((section["before"], OPEN), (pair["told"], DONE))
        for number, ((words, colour), photo) in enumerate(zip(sides, photos, strict=True)):
            x = MARGIN + number * (half + _GAP)
            sheet.box(x, y + _NAME + 8, 20, 24, colour, 5)
            sheet.text(x + 32, y + _NAME + 20, words, Pen(SMALL, MUTED), width=half - 32)
            sheet.box(x, y + _NAME + _LABEL, half, _PHOTO, SOFT, 8)
            sheet.photo(photo, x, y + _NAME + _LABEL, half, _PHOTO)
        y += _PAIR
