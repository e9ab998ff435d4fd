"""A person's duty ledger as a page to be printed, signed and handed over."""

from bot.base.facts import Facts
from bot.charts.style import BODY, LARGE, LEADING, MARGIN, MUTED, SMALL, WIDTH, Pen, Sheet, wrapped

# A4: as high as a sheet of this width has to be.
_HEIGHT = 1527
_LINE = 74
# Where it is signed.
_SIGN = _HEIGHT - 330


def certificate(data: Facts, photos: list[bytes]) -> list[Sheet]:
    """One page. `title`, `subtitle`, `lines`, `said` (commendations in words), `empty`, `sign` (labels of
    what is filled in by hand), `footer`."""
    sheet = Sheet(_HEIGHT)
    y: float = sheet.header(data["title"], data["subtitle"]) + 30
    if not data["lines"]:
        sheet.text(MARGIN, y, data["empty"], Pen(BODY, MUTED))
    for line in data["lines"]:
        sheet.text(MARGIN, y, line, Pen(BODY), width=WIDTH - 2 * MARGIN)
        sheet.rule(y + _LINE / 2)
        y += _LINE
    y += 20
    for said in data["said"]:
        told = wrapped(said, WIDTH - 2 * MARGIN, SMALL)
        if y + len(told) * SMALL * LEADING > _SIGN - LARGE:
            # How many there are stands above; all of them are in the spreadsheet.
            break
        y = sheet.lines(MARGIN, y, told, SMALL)
    y = _SIGN
    for label in data["sign"]:
        sheet.text(MARGIN, y, label, Pen(LARGE * 0.8, colour=MUTED))
        sheet.rule(y + 34, MARGIN + 260, 420)
        y += 90
    sheet.footer(data["footer"])
    return [sheet]
