"""Writes workbooks: what looks like a formula stays text, and memory does not grow with the rows."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter

from bot.features.roster.layout import DATA_SHEETS, Sheet

# A fixed date of making: the same content is the same file.
_MADE = datetime(2026, 1, 1)
# A workbook, a sheet and a look of xlsxwriter's, which has no types.
Book: TypeAlias = Any
Page: TypeAlias = Any
Style: TypeAlias = Any


def open_workbook(file: Path) -> Book:
    """A workbook to be written row by row, and closed by the caller."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(os.fspath(file), options)
    workbook.set_properties({"created": _MADE})
    return workbook


def write_row(sheet: Page, row: int, cells: Sequence[object], style: Style = None) -> None:
    """Write cells from column A; text as text, whatever it starts with; None is left empty."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, style)
        elif cell is not None:
            sheet.write_number(row, column, cell, style)


def write_roster(
    file: Path, columns: dict[str, tuple[str, ...]], lines: dict[str, Sequence[Sequence[object]]]
) -> None:
    """Write a roster's sheets with Chinese headings; `columns` and `lines` by sheet key. Sheets
    without lines are left out: they would say that there are none."""
    workbook = open_workbook(file)
    bold = workbook.add_format({"bold": True, "bg_color": "#DDEBF7"})
    for sheet in (sheet for sheet in DATA_SHEETS if lines[sheet.key]):
        page = workbook.add_worksheet(sheet.zh)
        page.freeze_panes(1, 0)
        page.set_column(0, len(columns[sheet.key]) - 1, 18)
        write_row(page, 0, headings(sheet, columns[sheet.key]), bold)
        for number, cells in enumerate(lines[sheet.key], start=1):
            write_row(page, number, cells)
    workbook.close()


def headings(sheet: Sheet, columns: Iterable[str]) -> list[str]:
    """The Chinese headings of these columns."""
    names = {column.key: column.zh for column in sheet.columns}
    return [names[key] for key in columns]
