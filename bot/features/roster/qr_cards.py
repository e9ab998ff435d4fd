"""Cards with a QR code to cut out and hand over, several a page; or as rows of a workbook."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import segno

from bot.base.i18n import Translator
from bot.features.roster.pdf_pages import Box, Card, Grid, Paper, write_pages
from bot.features.roster.problems import Tick, no_tick
from bot.features.roster.workbook_writer import open_workbook, write_row

_GRID = Grid(across=2, down=4, margin=60)
_PAD = 36
_QR = 330


def write_cards_pdf(file: Path, cards: Sequence[Card], *, tick: Tick = no_tick) -> int:
    """Write the cards as A4 pages; returns the pages. Raises OSError where it cannot be written."""
    return write_pages(file, cards, _GRID, _draw, tick)


def _draw(paper: Paper, card: Card, box: Box) -> None:
    """Whose it is on top, the code with what to do beside it, the last line below."""
    left, top, room = box.left + _PAD, box.top + _PAD, box.width - 2 * _PAD
    for text, size, most in ((card.name, 46, 1), (f"{card.area}　{card.code}", 28, 2)):
        for line in paper.wrapped(text, size, room, most):
            paper.line_of(left, top, line, size)
            top += round(size * 1.35)
    foot = box.top + box.height - _PAD - 34
    top += (foot - top - _QR) / 2
    paper.qr_code(card.link, left - 12, top, _QR)
    top += 30
    for step in card.steps:
        for line in paper.wrapped(step, 27, room - _QR - 8, 3):
            paper.line_of(left + _QR + 8, top, line, 27)
            top += 38
        top += 14
    paper.line_of(left, foot, card.note, 22)


def write_cards_sheet(
    file: Path,
    cards: Sequence[Card],
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
        if row % 100 == 0 or row == len(cards):
            tick("cards", row, len(cards))
    workbook.close()
