"""Sheets to hang up on the spot: four to a page, with a code that a phone reads from a step away."""

from collections.abc import Sequence
from pathlib import Path

from bot.features.roster.pdf_pages import Box, Card, Grid, Paper, write_pages
from bot.features.roster.problems import Tick, no_tick

_GRID = Grid(across=2, down=2, margin=0)
_QR = 620


def write_posters_pdf(file: Path, cards: Sequence[Card], *, tick: Tick = no_tick) -> int:
    """Write the sheets as A4 pages; returns the pages. Raises OSError where it cannot be written."""
    return write_pages(file, cards, _GRID, _draw, tick)


def _draw(paper: Paper, card: Card, box: Box) -> None:
    """Everything in the middle, one below the other."""
    top = box.top + 86
    for text, size, most in ((card.name, 58, 2), (f"{card.area}　{card.code}", 27, 2)):
        top = _lines(paper, text, size, box, top, most)
    foot = box.top + box.height - 70 - len(card.steps) * 46
    paper.qr_code(card.link, box.left + (box.width - _QR) / 2, top + (foot - top - _QR) / 2, _QR)
    for step in card.steps:
        foot = _lines(paper, step, 32, box, foot, 1)


def _lines(paper: Paper, text: str, size: int, box: Box, top: float, most: int) -> float:
    """Write a text around the middle of the box; how far down that went."""
    for line in paper.wrapped(text, size, box.width - 140, most):
        paper.line_of(box.left + box.width / 2, top, line, size, middle=True)
        top += round(size * 1.4)
    return top
