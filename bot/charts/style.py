"""The one look of all pictures: a sheet as wide as a phone, its font, colours and sizes.

Measures are pixels from the top left corner of a sheet that is 1,080 pixels wide; a phone shows them about
three times smaller, so nothing is written smaller than SMALL. They are shares of the sheet to matplotlib,
whatever it writes: a picture has 200 dots to the inch here, a PDF 72.
"""

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D, Transform
from PIL import Image, ImageOps

from bot.base import fonts
from bot.base.facts import Struct

WIDTH, MARGIN = 1080, 48
# What a title with a subtitle, and a footer, take of the height.
HEADER, FOOTER = 190, 84
TITLE, LARGE, BODY, SMALL = 52, 42, 34, 30
# Telegram makes photos smaller until their longer side is 1,280: what is higher than this cannot be read.
TALLEST = 1700
# Of its size, from one line to the next.
LEADING = 1.45

INK, MUTED, LINE, SOFT, PAPER = "#1B2733", "#5B6875", "#D5DBE1", "#F1F4F7", "#FFFFFF"
# Told apart by everybody (Okabe and Ito), and each always means the same.
DONE, PARTLY, OPEN, LATE, NONE = "#0072B2", "#56B4E9", "#E69F00", "#D55E00", "#A9B4BF"

_DPI = 200
_JPEG_QUALITY = 88
# At this size characters are measured.
_EM = 100
# Printers' sign for a character that is not in the case.
_MISSING = "〓"
Image.MAX_IMAGE_PIXELS = 64_000_000


# Chinese first; for what it lacks, the font that comes with matplotlib.
FONTS = fonts.chinese(), Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
for _file in FONTS:
    font_manager.fontManager.addfont(str(_file))
mpl.rcParams.update(
    {
        "font.family": [font_manager.FontProperties(fname=str(file)).get_name() for file in FONTS],
        # A dollar sign in somebody's words is a dollar sign.
        "text.parse_math": False,
        "axes.unicode_minus": False,
        "text.color": INK,
        "axes.edgecolor": LINE,
        "axes.labelcolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
    }
)


def points(pixels: float) -> float:
    """A size in matplotlib's points."""
    return pixels * 72 / _DPI


def legible(words: str) -> str:
    """The words as the fonts can write them: no emoji, a mark for a rare character, one line."""
    known = _known_characters()
    return "".join(_written(c, known) for c in " ".join(words.split())).strip()


def _written(character: str, known: frozenset[int]) -> str:
    if ord(character) in known:
        return character
    return _MISSING if unicodedata.category(character).startswith(("L", "N")) else ""


# Where a sentence may be parted; what may not begin a line, and what may not end one.
_PARTS, _CLOSING, _OPENING = "，。；、", "，。；：、！？）」』》”’…%·,.;:!?)]", "（「『《“‘(["


@cache
def _known_characters() -> frozenset[int]:
    return frozenset(code for file in FONTS for code in FT2Font(str(file)).get_charmap())


@cache
def _pens() -> tuple[FT2Font, ...]:
    return tuple(FT2Font(str(file)) for file in FONTS)


@cache
def _advance(character: str) -> float:
    """How wide a character becomes, of its size. Kept, also since a pen keeps what it has drawn."""
    pen = next((p for p in _pens() if p.get_char_index(ord(character))), _pens()[0])
    pen.set_size(_EM, 72)
    advance = float(pen.load_char(ord(character)).linearHoriAdvance) / 65536 / _EM
    pen.clear()
    return advance


def width_of(words: str, size: float = BODY) -> float:
    """How many pixels wide these words become."""
    return size * sum(map(_advance, words))


def short(words: str, width: float, size: float = BODY) -> str:
    """The words, cut to this width with an ellipsis."""
    words = legible(words)
    if width_of(words, size) <= width:
        return words
    while words and width_of(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, width: float, size: float = BODY, lines: int = 2) -> list[str]:
    """The words in so many lines of this width at most, the last one cut."""
    rest, found = legible(words), list[str]()
    while rest and len(found) < lines - 1 and width_of(rest, size) > width:
        end = len(rest)
        while end > 1 and width_of(rest[:end], size) > width:
            end -= 1
        cut = _break(rest, end)
        found.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*found, short(rest, width, size)] if rest else found


def _break(words: str, end: int) -> int:
    """Where to begin a new line, at `end` at the latest: after a part of the sentence not far before, between
    Latin words, else anywhere in Chinese but before what closes and after what opens."""
    behind = max((words.rfind(mark, 0, end - 1) + 1 for mark in _PARTS), default=0)
    if behind > end * 0.6 and words[behind : behind + 1] not in _CLOSING:
        return behind
    space = words.rfind(" ", 1, end + 1)
    if space > end // 2 and words[end].isascii():
        return space
    cut = end
    while cut > 1 and (words[cut] in _CLOSING or words[cut - 1] in _OPENING):
        cut -= 1
    return cut if cut > end // 2 else end


def count(number: float) -> str:
    """12,345."""
    return f"{number:,.0f}"


def percent(part: float, whole: float) -> str:
    """86%; a dash where there is no whole. Only all is 100%, only none is 0%."""
    if not whole:
        return "–"
    share = 100 * part / whole
    rounded = min(99, max(1, round(share))) if 0 < share < 100 else round(share)
    return f"{rounded}%"


class Pen(Struct):
    """How words are written; `align`: what of them is at the place that is named."""

    size: float = BODY
    colour: str = INK
    align: str = "left"
    bold: bool = False


class Sheet:
    """A white sheet to draw on, 1,080 pixels wide; or several of them side by side, as columns of one sheet.

    What is drawn goes into the column that begins at `left`.
    """

    def __init__(self, height: int, columns: int = 1) -> None:
        self.height, self.width, self.left = height, WIDTH * columns, 0.0
        self.figure = Figure(figsize=(self.width / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._canvas: Any = FigureCanvasAgg(self.figure)
        self._photos = False

    @property
    def pixels(self) -> Transform:
        """From pixels of the sheet, upwards from its lower left corner, to whatever is written."""
        return Affine2D().scale(1 / self.width, 1 / self.height) + self.figure.transFigure

    def text(self, x: float, y: float, words: str, pen: Pen | None = None, *, width: float = 0) -> None:
        """One line, its middle at `y`; cut where it is wider than `width`, if that is given."""
        pen = pen or Pen()
        shown = short(words, width, pen.size) if width else legible(words)
        # The font has one weight: a thin outline makes it a heavy one.
        outline = withStroke(linewidth=points(pen.size) / 22, foreground=pen.colour)
        self.figure.text(
            (self.left + x) / self.width, 1 - y / self.height, shown, fontsize=points(pen.size),
            color=pen.colour, ha=pen.align, va="center_baseline", path_effects=[outline] if pen.bold else [],
        )  # fmt: skip

    def lines(self, x: float, y: float, words: list[str], size: float = BODY, *, colour: str = INK) -> float:
        """Lines one under the other, the first one's middle at `y`. Returns where the next would be."""
        for line in words:
            self.text(x, y, line, Pen(size, colour))
            y += size * LEADING
        return y

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        """A filled box, its corners rounded."""
        radius = min(radius, width / 2, height / 2)
        box = FancyBboxPatch(
            (self.left + x + radius, self.height - y - height + radius),
            width - 2 * radius, height - 2 * radius,
            boxstyle=f"round,pad={radius},rounding_size={radius}" if radius else "square,pad=0",
            facecolor=colour, linewidth=0, transform=self.pixels,
        )  # fmt: skip
        self.figure.add_artist(box)

    def rule(self, y: float, x: float = MARGIN, width: float = WIDTH - 2 * MARGIN) -> None:
        """A thin line across."""
        self.box(x, y - 1, width, 2, LINE)

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Room for a plot, without frame; its labels stand outside of it."""
        axes = self.figure.add_axes(
            (
                (self.left + x) / self.width,
                1 - (y + height) / self.height,
                width / self.width,
                height / self.height,
            )
        )
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelsize=points(SMALL))
        return axes

    def photo(self, photo: bytes, x: float, y: float, width: float, height: float) -> None:
        """A photo, upright, as large as fits into this room, in the middle of it; an empty frame for one that
        cannot be read or is not there."""
        try:
            with Image.open(io.BytesIO(photo)) as opened:
                opened.draft("RGB", (int(width), int(height)))
                upright = ImageOps.exif_transpose(opened).convert("RGB")
        except (OSError, ValueError, Image.DecompressionBombError):
            self.box(x, y, width, height, SOFT, 12)
            self.text(x + width / 2, y + height / 2, "×", Pen(TITLE * 2, colour=LINE, align="center"))
            return
        fitted: Any = ImageOps.contain(upright, (int(width), int(height)), Image.Resampling.LANCZOS)
        left, top = round(x + (width - fitted.width) / 2), round(y + (height - fitted.height) / 2)
        axes = self.axes(left, top, fitted.width, fitted.height)
        axes.set_axis_off()
        axes.set_zorder(3)
        # As it is: a printer finds better dots than we do.
        axes.imshow(fitted, aspect="auto", interpolation="none")
        self._photos = True

    def header(self, title: str, subtitle: str = "") -> float:
        """Title and subtitle at the top. Returns where the rest begins: HEADER."""
        width = self.width - 2 * MARGIN
        self.box(0, 0, self.width, 12, DONE)
        size = TITLE if width_of(legible(title), TITLE) <= width else LARGE
        told = wrapped(subtitle, width, SMALL)
        # Two lines of it need the room of both.
        high, low = (78, 140) if len(told) < 2 else (64, 124)
        self.text(MARGIN, high, title, Pen(size, bold=True), width=width)
        self.lines(MARGIN, low, told, SMALL, colour=MUTED)
        return HEADER

    def footer(self, words: str, page: str = "") -> None:
        """A line at the very bottom: where the numbers come from, and when; on the right, which page."""
        width, y = self.width - 2 * MARGIN, self.height - FOOTER / 2 + 3
        self.rule(self.height - FOOTER + 6, width=width)
        room = width - width_of(page, SMALL) - MARGIN if page else width
        self.text(MARGIN, y, words, Pen(SMALL, MUTED), width=room)
        self.text(self.width - MARGIN, y, page, Pen(SMALL, MUTED, "right"))

    def legend(self, y: float, names: list[tuple[str, str]], x: float = MARGIN) -> None:
        """Colours and what they mean, (colour, name) each, in one line."""
        for colour, name in names:
            self.box(x, y - 12, 24, 24, colour, 5)
            self.text(x + 36, y, name, Pen(SMALL, MUTED))
            x += 36 + width_of(legible(name), SMALL) + 36

    def image(self) -> bytes:
        """What was drawn: PNG, or JPEG where there are photos in it."""
        self._canvas.draw()
        drawn = Image.frombuffer("RGBA", (self.width, self.height), self._canvas.buffer_rgba()).convert("RGB")
        written = io.BytesIO()
        if self._photos:
            drawn.save(written, "JPEG", quality=_JPEG_QUALITY)
        else:
            drawn.save(written, "PNG")
        return written.getvalue()


def paper(sheets: Sequence[Sheet], title: str) -> bytes:
    """The sheets as a PDF, a page each: the same as their pictures."""
    written = io.BytesIO()
    with PdfPages(written, metadata={"Title": title, "Creator": None}) as book:
        for sheet in sheets:
            book.savefig(sheet.figure)
    return written.getvalue()
