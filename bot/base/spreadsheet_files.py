"""Tables as files: a workbook, comma-separated values, or a JSON object a line.

Text that a spreadsheet would take for a formula is kept as text.
"""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import xlsxwriter

from bot.base.facts import Struct

Row = Sequence[Any]
# A workbook's sheet holds 1,048,576 rows.
SHEET_ROWS = 1_000_000
# What a spreadsheet program may take for the beginning of a formula, in any width, whatever blank or unseen
# mark stands before it.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]")
# As high as a small picture in a row, in points, and a little room.
_PICTURE_ROW = 118


class Inset(Struct):
    """A cell that shows a picture: the file of a JPEG, which must be there until the workbook is written."""

    file: Path


def write_jsonl(file: Path, keys: Sequence[str], rows: Iterable[Row]) -> int:
    """One object a line; returns how many."""
    count = 0
    with file.open("wb") as out:
        for row in rows:
            count += 1
            out.write(orjson.dumps(dict(zip(keys, row, strict=True)), option=orjson.OPT_APPEND_NEWLINE))
    return count


def write_csv(file: Path, headings: Sequence[str], rows: Iterable[Row]) -> int:
    """Comma-separated, with the mark that makes Excel read it as UTF-8; returns how many rows."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(headings)
        for row in rows:
            count += 1
            writer.writerow([_csv_cell(value) for value in row])
    return count


def _csv_cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return value


def write_xlsx(file: Path, title: str, headings: Sequence[str], rows: Iterable[Row]) -> int:
    """A workbook written row by row, never held in memory; returns how many rows."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(file), options) as book:
        bold = book.add_format({"bold": True})
        put = _putter(book)
        sheet, place, count = None, 0, 0
        for count, row in enumerate(rows, start=1):
            if sheet is None or place == SHEET_ROWS:
                sheet, place = _sheet(book, title, count // SHEET_ROWS, headings, bold), 0
            place += 1
            if any(isinstance(value, Inset) for value in row):
                sheet.set_row(place, _PICTURE_ROW)
            for column, value in enumerate(row):
                put(sheet, place, column, value)
        if sheet is None:
            _sheet(book, title, 0, headings, bold)
    return count


def _sheet(book: Any, title: str, number: int, headings: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet(f"{title} {number + 1}" if number else title)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headings) - 1, 16)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    return sheet


def _putter(book: Any) -> Callable[[Any, int, int, Any], None]:
    time_format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    date_format = book.add_format({"num_format": "yyyy-mm-dd"})

    def put(sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, Inset):
            sheet.insert_image(row, column, str(value.file), {"x_offset": 4, "y_offset": 4})
        elif isinstance(value, datetime):
            # A workbook knows no zones: the clock's time as it stood on the wall.
            sheet.write_datetime(row, column, value.replace(tzinfo=None), time_format)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), date_format)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))

    return put
