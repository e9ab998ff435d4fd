"""A hazard before and after the work, side by side: what a verifier looks at."""

from bot.charts import style
from bot.charts.style import HEADER, LARGE, MARGIN, SMALL, WIDTH, Sheet
from bot.notices import Facts

GAP, LABEL, ROOM = 24, 64, 600


def before_after(data: Facts, photos: list[bytes]) -> bytes:
    """`title`, `place`; the names of both sides (`before`, `after`), what stands below each (when and who:
    `before_line`, `after_line`); `footer`. Photos: before, after."""
    top = HEADER + LABEL
    sheet = Sheet(top + ROOM + 70 + style.FOOTER)
    sheet.header(data["title"], data["place"])
    width = (WIDTH - 2 * MARGIN - GAP) / 2
    sides = (
        (data["before"], data["before_line"], style.OPEN),
        (data["after"], data["after_line"], style.DONE),
    )
    for number, ((name, line, colour), photo) in enumerate(zip(sides, photos, strict=True)):
        left = MARGIN + number * (width + GAP)
        sheet.box(left, HEADER + 12, 20, 36, colour, 5)
        sheet.text(left + 34, HEADER + 30, name, LARGE, bold=True, width=width - 34)
        sheet.photo(photo, left, top, width, ROOM)
        sheet.text(left, top + ROOM + 34, line, SMALL, colour=style.MUTED, width=width)
    sheet.footer(data["footer"])
    return sheet.image()
