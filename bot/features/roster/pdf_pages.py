"""Pages of cards to cut apart, as a PDF: letters stay letters and codes stay lines, sharp at any size."""

from collections.abc import Callable, Sequence
from pathlib import Path

import segno
from fpdf import FPDF

from bot.base import fonts
from bot.base.facts import Struct
from bot.features.roster.problems import Tick

# Everything is measured in dots of which an inch has so many.
DOTS = 200
_PAGE = (1654, 2339)
_DASH, _GREY = 12, 150
_FONT = "chinese"
# Lighter than this a code is not read: so many modules stay white around it.
_BORDER = 2


class Card(Struct):
    """One card: who or what it is for, where, what to do, the last line, and the link in its code."""

    code: str
    name: str
    area: str
    link: str
    steps: tuple[str, ...]
    note: str = ""
    expires: str = ""


class Box(Struct):
    """A part of a page."""

    left: float
    top: float
    width: float
    height: float


class Grid(Struct):
    """How many cards there are to a page, and how far from its edge."""

    across: int
    down: int
    margin: int

    def boxes(self) -> list[Box]:
        """Where the cards of a page are, row by row."""
        width, height = (_PAGE[0] - 2 * self.margin) / self.across, (_PAGE[1] - 2 * self.margin) / self.down
        return [
            Box(self.margin + column * width, self.margin + row * height, width, height)
            for row in range(self.down)
            for column in range(self.across)
        ]


class Paper(FPDF):
    """Pages in our font, measured in dots."""

    def __init__(self) -> None:
        super().__init__(unit=72 / DOTS, format=_PAGE)
        self.set_auto_page_break(False)
        self.add_font(_FONT, fname=fonts.chinese())

    def line_of(self, x: float, top: float, text: str, size: float, *, middle: bool = False) -> None:
        """A line of text, so many dots high, below `top`; `middle`: around `x`, not from there on."""
        self.set_font(_FONT, size=size * 72 / DOTS)
        self.text(x - self.get_string_width(text) / 2 if middle else x, top + size * 1.16, text)

    def wrapped(self, text: str, size: float, room: float, most: int) -> list[str]:
        """The text in lines no wider than `room`; what is past the last one ends in an ellipsis."""
        self.set_font(_FONT, size=size * 72 / DOTS)
        lines = [""]
        for letter in text:
            if self.get_string_width(lines[-1] + letter) > room:
                lines.append("")
            lines[-1] += letter
        return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]

    def qr_code(self, link: str, left: float, top: float, size: float) -> None:
        """The link's code with its border, as wide as `size`."""
        rows = segno.make(link, error="m", micro=False).matrix
        module = size / (len(rows) + 2 * _BORDER) * 72 / DOTS
        x, y = left * 72 / DOTS + _BORDER * module, self.h_pt - top * 72 / DOTS - _BORDER * module
        bars = "".join(_bars(number, bytes(row)) for number, row in enumerate(rows))
        self._out(f"q {module:.4f} 0 0 {module:.4f} {x:.2f} {y:.2f} cm\n{bars}f Q")

    def cut_lines(self, grid: Grid) -> None:
        """Dashed lines between the cards and around them."""
        self.set_draw_color(_GREY)
        self.set_line_width(2)
        self.set_dash_pattern(_DASH, _DASH)
        boxes = grid.boxes()
        for x in {x for box in boxes for x in (box.left, box.left + box.width)}:
            self.line(x, 0, x, _PAGE[1])
        for y in {y for box in boxes for y in (box.top, box.top + box.height)}:
            self.line(0, y, _PAGE[0], y)


def _bars(row: int, modules: bytes) -> str:
    """The dark modules of a row, one bar for those side by side: `x y width height re`."""
    bars, start = [], -1
    for place, dark in enumerate(modules + b"\0"):
        if dark and start < 0:
            start = place
        elif not dark and start >= 0:
            bars.append(f"{start} {-row - 1} {place - start} 1 re\n")
            start = -1
    return "".join(bars)


def write_pages(
    file: Path, cards: Sequence[Card], grid: Grid, draw: Callable[[Paper, Card, Box], None], tick: Tick
) -> int:
    """Write the cards as A4 pages; returns the pages. Raises OSError where it cannot be written."""
    paper, boxes = Paper(), grid.boxes()
    for start in range(0, len(cards), len(boxes)):
        paper.add_page()
        for card, box in zip(cards[start : start + len(boxes)], boxes, strict=False):
            draw(paper, card, box)
        paper.cut_lines(grid)
        tick("cards", min(start + len(boxes), len(cards)), len(cards))
    paper.output(str(file))
    return int(paper.pages_count)
