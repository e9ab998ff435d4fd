"""A sheet of figures as a workbook: no picture, but drawn in the same way, outside of the bot's process."""

import io

import xlsxwriter

from bot.base.facts import Facts


def workbook(data: Facts, photos: list[bytes]) -> bytes:
    """`title`, `about` (lines above), `headings`, `rows` of text and numbers; what is text stays text."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_named(data["title"]))
    bold, number = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "#,##0"}),
    )
    for line, about in enumerate(data["about"]):
        sheet.write_string(line, 0, about)
    head = len(data["about"])
    for place, heading in enumerate(data["headings"]):
        sheet.write_string(head, place, heading, bold)
    for line, row in enumerate(data["rows"], start=head + 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value)
            elif value is not None:
                sheet.write_number(line, place, value, number)
    sheet.set_column(0, 0, 24)
    sheet.freeze_panes(head + 1, 1)
    book.close()
    return written.getvalue()


def _named(title: str) -> str:
    """As a sheet may be called."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "1"
