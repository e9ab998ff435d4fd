"""Sheets to hang up on the spot: four to a page, with a code that a phone reads from a step away."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw

from bot.features.roster.pdf_pages import write_pdf
from bot.features.roster.problems import Tick, no_tick
from bot.features.roster.qr_cards import Card, cut_line, font, qr_image, wrapped

_PAGE = (1654, 2339)
_ACROSS, _DOWN = 2, 2
_QR = 620
_BLACK, _WHITE = 0, 255


def write_walls_pdf(file: Path, cards: Iterable[Card], total: int, *, tick: Tick = no_tick) -> int:
    """Write the sheets as A4 pages; returns the pages. Raises OSError where it cannot be written."""

    def drawn() -> Iterator[Image.Image]:
        left, done = iter(cards), 0
        while group := list(islice(left, _ACROSS * _DOWN)):
            yield draw_walls(group)
            done += len(group)
            tick("cards", done, total)

    return write_pdf(file, drawn())


def draw_walls(cards: list[Card]) -> Image.Image:
    """One page with up to four sheets and the lines to cut along."""
    page = Image.new("L", _PAGE, _WHITE)
    draw = ImageDraw.Draw(page)
    width, height = _PAGE[0] // _ACROSS, _PAGE[1] // _DOWN
    for number, card in enumerate(cards):
        row, column = divmod(number, _ACROSS)
        _draw(page, draw, card, column * width, row * height, width, height)
    cut_line(draw, _PAGE[0] // 2, None)
    cut_line(draw, None, _PAGE[1] // 2)
    return page


def _draw(
    page: Image.Image, draw: ImageDraw.ImageDraw, card: Card, left: int, top: int, width: int, height: int
) -> None:
    """Everything in the middle, one below the other."""
    middle, room = left + width // 2, width - 140
    y = top + 86
    for text, size, most in ((card.name, 58, 2), (f"{card.area}　{card.code}", 27, 2)):
        y = _lines(draw, wrapped(text, size, room, most), size, middle, y)
    code = qr_image(card.link, _QR)
    foot = top + height - 70 - len(card.steps) * 46
    page.paste(code, (middle - code.width // 2, y + (foot - y - code.height) // 2))
    for step in card.steps:
        foot = _lines(draw, wrapped(step, 32, room, 1), 32, middle, foot)


def _lines(draw: ImageDraw.ImageDraw, lines: list[str], size: int, middle: int, y: int) -> int:
    for line in lines:
        draw.text((middle, y), line, _BLACK, font(size), anchor="ma")
        y += round(size * 1.4)
    return y
