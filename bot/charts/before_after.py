"""A hazard before and after the work, side by side: what a verifier looks at."""

import io

from PIL import Image, ImageOps

from bot.base.facts import Facts
from bot.charts import style
from bot.charts.style import HEADER, LARGE, MARGIN, SMALL, WIDTH, Pen, Sheet

GAP, LABEL, BELOW = 24, 64, 110
LOWEST, TALLEST = 320, 640
# Width by height. What is narrower or wider leaves some of its room empty: the other photo needs it.
_NARROWEST, _WIDEST = 0.62, 1.8


def before_after(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`, `place`; the names of both sides (`before`, `after`), what stands below each (`before_line`,
    `after_line`: when, and who); `footer`. Photos: before, after; both become equally high."""
    shapes = [_shape(photo) for photo in photos]
    room = min(TALLEST, max(LOWEST, round((WIDTH - 2 * MARGIN - GAP) / sum(shapes))))
    top, left = HEADER + LABEL, float(MARGIN)
    sheet = Sheet(top + room + BELOW + style.FOOTER)
    sheet.header(data["title"], data["place"])
    sides = (
        (data["before"], data["before_line"], style.OPEN),
        (data["after"], data["after_line"], style.DONE),
    )
    for (name, lines, colour), shape, photo in zip(sides, shapes, photos, strict=True):
        width = (WIDTH - 2 * MARGIN - GAP) * shape / sum(shapes)
        sheet.box(left, HEADER + 12, 20, 36, colour, 5)
        sheet.text(left + 34, HEADER + 30, name, Pen(LARGE, bold=True), width=width - 34)
        sheet.box(left, top, width, room, style.SOFT, 8)
        sheet.photo(photo, left, top, width, room)
        for number, line in enumerate(lines):
            below = top + room + 34 + number * SMALL * style.LEADING
            sheet.text(left, below, line, Pen(SMALL, style.MUTED), width=width)
        left += width + GAP
    sheet.footer(data["footer"])
    return [sheet]


def _shape(photo: bytes) -> float:
    """How wide a photo is for its height, as far as there is room; a square for one that cannot be read."""
    try:
        with Image.open(io.BytesIO(photo)) as opened:
            wide, high = ImageOps.exif_transpose(opened).size
    except (OSError, ValueError, Image.DecompressionBombError):
        return 1.0
    return min(_WIDEST, max(_NARROWEST, wide / max(1, high)))
