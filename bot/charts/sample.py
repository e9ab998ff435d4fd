"""A picture that shows whether pictures can be drawn here, and the whole style at a glance."""

from bot.base.facts import Facts
from bot.charts import style
from bot.charts.style import HEADER, MARGIN, OPEN, SMALL, WIDTH, Pen, Sheet


def sample(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """`title`, `subtitle`, `footer`; `legend`: what is done and what is not; `rows`: (name, done, of how
    many) each; photos below them."""
    rows = data.get("rows", [])
    below = HEADER + 70 + 64 * len(rows)
    sheet = Sheet(below + 440 * bool(photos) + style.FOOTER + 30)
    sheet.header(data["title"], data.get("subtitle", ""))
    sheet.legend(HEADER + 10, list(zip((style.DONE, OPEN), data.get("legend", ()), strict=False)))
    for number, (name, done, whole) in enumerate(rows):
        _row(sheet, HEADER + 90 + 64 * number, name, done, whole)
    room = (WIDTH - 2 * MARGIN - 24 * (len(photos) - 1)) / max(1, len(photos))
    for number, photo in enumerate(photos):
        sheet.photo(photo, MARGIN + number * (room + 24), below, room, 420)
    sheet.footer(data.get("footer", ""))
    return [sheet]


def _row(sheet: Sheet, y: float, name: str, done: int, whole: int) -> None:
    left, width = 330, 480
    sheet.text(MARGIN, y, name, width=left - MARGIN - 16)
    sheet.box(left, y - 16, width, 32, style.SOFT if whole else style.PAPER, 6)
    if whole:
        sheet.box(left, y - 16, width * done / whole, 32, style.DONE if done == whole else OPEN, 6)
    told = f"{style.count(done)}/{style.count(whole)}  {style.percent(done, whole)}"
    sheet.text(WIDTH - MARGIN, y, told, Pen(SMALL, align="right"))
