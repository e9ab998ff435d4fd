"""Tiles: a few figures at a glance, each large, with what it is of below it."""

from bot.base.facts import Facts
from bot.charts.style import BODY, INK, MARGIN, MUTED, SMALL, SOFT, WIDTH, Pen, Sheet, width_of

_GAP, _HEIGHT, _VALUE = 24, 176, 60


def height(section: Facts) -> float:
    """How high they become, in pixels."""
    return (_HEIGHT + _GAP) * -(-len(section["tiles"]) // 2)


def draw(sheet: Sheet, y: float, section: Facts) -> None:
    """`tiles`, two in a row: `name`, `value`, `note`. The last one alone takes the row."""
    tiles, half = section["tiles"], (WIDTH - 2 * MARGIN - _GAP) / 2
    for number, tile in enumerate(tiles):
        row, place = divmod(number, 2)
        alone = place == 0 and number == len(tiles) - 1
        x = MARGIN + place * (half + _GAP)
        _draw_one(sheet, x, y + row * (_HEIGHT + _GAP), WIDTH - 2 * MARGIN if alone else half, tile)


def _draw_one(sheet: Sheet, x: float, y: float, width: float, tile: Facts) -> None:
    inner = width - 48
    sheet.box(x, y, width, _HEIGHT, SOFT, 16)
    taken = width_of(tile["value"], _VALUE)
    sheet.text(x + 24, y + 34, tile["name"], Pen(SMALL, MUTED), width=inner)
    sheet.text(x + 24, y + 88, tile["value"], Pen(_VALUE, INK, bold=True))
    if tile.get("of"):
        room = inner - taken - 16
        size = BODY if width_of(tile["of"], BODY) <= room else SMALL
        sheet.text(x + 40 + taken, y + 98, tile["of"], Pen(size, MUTED), width=room)
    sheet.text(x + 24, y + 146, tile["note"], Pen(SMALL, MUTED), width=inner)
