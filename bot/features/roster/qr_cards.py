"""Cards with a QR code to cut out and hand over, several a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import islice
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from bot.base import fonts
from bot.base.i18n import Translator
from bot.features.roster.pdf_pages import write_pdf
from bot.features.roster.problems import Tick, no_tick
from bot.features.roster.workbook_writer import open_workbook, write_row

_DOTS = 200  # a inch
_PAGE = (1654, 2339)
_ACROSS, _DOWN = 2, 4
_MARGIN = 60
_PAD = 36
_QR = 330
_GREY, _BLACK, _WHITE = 150, 0, 255


@dataclass(frozen=True, slots=True)
class Card:
    """One card: who or what it is for, where, what to do, the last line, and the link in its code."""

    code: str
    name: str
    area: str
    link: str
    steps: tuple[str, ...]
    note: str = ""
    expires: str = ""


def write_cards_pdf(file: Path, cards: Iterable[Card], total: int, *, tick: Tick = no_tick) -> int:
    """Write the cards as A4 pages; returns the pages. Raises OSError where it cannot be written."""

    def drawn() -> Iterator[Image.Image]:
        left, done = iter(cards), 0
        while group := list(islice(left, _ACROSS * _DOWN)):
            yield draw_page(group)
            done += len(group)
            tick("cards", done, total)

    return write_pdf(file, drawn())


def draw_page(cards: list[Card]) -> Image.Image:
    """One page with up to eight cards and the lines to cut along."""
    page = Image.new("L", _PAGE, _WHITE)
    draw = ImageDraw.Draw(page)
    width, height = (_PAGE[0] - 2 * _MARGIN) // _ACROSS, (_PAGE[1] - 2 * _MARGIN) // _DOWN
    for number, card in enumerate(cards):
        row, column = divmod(number, _ACROSS)
        _draw_card(page, draw, card, _MARGIN + column * width, _MARGIN + row * height, width, height)
    for column in range(_ACROSS + 1):
        cut_line(draw, _MARGIN + column * width, None)
    for row in range(_DOWN + 1):
        cut_line(draw, None, _MARGIN + row * height)
    return page


def _draw_card(
    page: Image.Image, draw: ImageDraw.ImageDraw, card: Card, left: int, top: int, width: int, height: int
) -> None:
    room = width - 2 * _PAD
    y = top + _PAD
    for text, size, most in ((card.name, 46, 1), (f"{card.area}　{card.code}", 28, 2)):
        for line in wrapped(text, size, room, most):
            draw.text((left + _PAD, y), line, _BLACK, font(size))
            y += round(size * 1.35)
    code = qr_image(card.link, _QR)
    foot = top + height - _PAD - 34
    qr_top = y + (foot - y - code.height) // 2
    page.paste(code, (left + _PAD - 12, qr_top))
    _draw_steps(draw, card, left + _PAD + code.width + 8, qr_top + 30, width - 2 * _PAD - code.width - 8)
    draw.text((left + _PAD, foot), card.note, _BLACK, font(22))


def _draw_steps(draw: ImageDraw.ImageDraw, card: Card, left: int, top: int, room: int) -> None:
    y = top
    for step in card.steps:
        for line in wrapped(step, 27, room, 3):
            draw.text((left, y), line, _BLACK, font(27))
            y += 38
        y += 14


def qr_image(link: str, size: int) -> Image.Image:
    """The link's code, whole pixels a module, as near to this size as fits."""
    symbol = segno.make(link, error="m", micro=False)
    modules = symbol.symbol_size(scale=1, border=2)[0]
    found = BytesIO()
    symbol.save(found, kind="png", scale=size // modules, border=2)
    return Image.open(found).convert("L")


def cut_line(draw: ImageDraw.ImageDraw, x: int | None, y: int | None) -> None:
    """A dashed line across the page, or down it."""
    across = x is None
    for start in range(0, _PAGE[0] if across else _PAGE[1], 24):
        ends = (start, y, start + 12, y) if across else (x, start, x, start + 12)
        draw.line(ends, _GREY, 2)  # type: ignore[arg-type]


def wrapped(text: str, size: int, room: int, most: int) -> list[str]:
    """The text in lines no wider than `room` pixels; what is past the last one ends in an ellipsis."""
    pen = font(size)
    lines = [""]
    for letter in text:
        if pen.getlength(lines[-1] + letter) > room:
            lines.append("")
        lines[-1] += letter
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return lines


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The Chinese font in this size."""
    return ImageFont.truetype(fonts.chinese(), size)


def write_cards_sheet(
    file: Path,
    cards: Iterable[Card],
    total: int,
    tr: Translator,
    *,
    tick: Tick = no_tick,
    title: str = "roster-invite-title",
) -> None:
    """Write the cards as rows with their QR codes. Raises OSError where it cannot be written."""
    workbook = open_workbook(file)
    page = workbook.add_worksheet(tr.plain(title))
    page.freeze_panes(1, 0)
    for index, width in enumerate((16, 16, 32, 58, 20, 18)):
        page.set_column(index, index, width)
    heads = ("code", "name", "area", "link", "expires", "qr")
    write_row(
        page, 0, [tr.plain(f"roster-invite-{head}") for head in heads], workbook.add_format({"bold": True})
    )
    middle = workbook.add_format({"valign": "vcenter"})
    for row, card in enumerate(cards, start=1):
        page.set_row(row, 96)
        write_row(page, row, (card.code, card.name, card.area, card.link, card.expires), middle)
        picture = BytesIO()
        segno.make(card.link, error="m", micro=False).save(picture, kind="png", scale=3, border=2)
        page.insert_image(row, 5, f"{card.code}.png", {"image_data": picture, "x_offset": 4, "y_offset": 4})
        if row % 100 == 0 or row == total:
            tick("cards", row, total)
    workbook.close()
