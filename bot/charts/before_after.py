"""A hazard before and after the work, side by side: what a verifier looks at."""

import io

from PIL import Image, ImageOps

from bot.charts import style
from bot.charts.style import HEADER, LARGE, MARGIN, SMALL, WIDTH, Sheet
from bot.notices import Facts

GAP, LABEL = 24, 64
LOWEST, TALLEST = 320, 640


def before_after(data: Facts, photos: list[bytes]) -> bytes:
    """`title`, `place`; the names of both sides (`before`, `after`), what stands below each (when and who:
    `before_line`, `after_line`); `footer`. Photos: before, after."""
    width = (WIDTH - 2 * MARGIN - GAP) / 2
    top, room = HEADER + LABEL, max(_height(photo, width) for photo in photos)
    sheet = Sheet(top + room + 70 + style.FOOTER)
    sheet.header(data["title"], data["place"])
    sides = (
        (data["before"], data["before_line"], style.OPEN),
        (data["after"], data["after_line"], style.DONE),
    )
    for number, ((name, line, colour), photo) in enumerate(zip(sides, photos, strict=True)):
        left = MARGIN + number * (width + GAP)
        sheet.box(left, HEADER + 12, 20, 36, colour, 5)
        sheet.text(left + 34, HEADER + 30, name, LARGE, bold=True, width=width - 34)
        sheet.box(left, top, width, room, style.SOFT, 8)
        sheet.photo(photo, left, top, width, room)
        sheet.text(left, top + room + 34, line, SMALL, colour=style.MUTED, width=width)
    sheet.footer(data["footer"])
    return sheet.image()


def _height(photo: bytes, width: float) -> int:
    """How high a photo becomes at this width."""
    try:
        with Image.open(io.BytesIO(photo)) as opened:
            wide, high = ImageOps.exif_transpose(opened).size
    except (OSError, ValueError, Image.DecompressionBombError):
        return LOWEST
    return round(min(TALLEST, max(LOWEST, width * high / max(1, wide))))
