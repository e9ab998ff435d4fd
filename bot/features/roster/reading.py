"""Reads a workbook's sheets into rows of raw cells, each with its row number."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import python_calamine

from bot.features.roster import layout
from bot.features.roster.problems import Problems
from bot.features.roster.workbook_guard import Marks, Unsafe, inspect, place_of

# How far down headings are looked for where there is a title above them.
HEADING_ROWS = 10


@dataclass(slots=True)
class SheetRows:
    """A sheet: its name and headings as written, and its rows (number, cells by column key)."""

    sheet: layout.Sheet
    name: str
    headings: dict[str, str]
    rows: list[tuple[int, dict[str, object]]]


@dataclass(slots=True)
class Workbook:
    """What was read: the sheets by key, and the settings written in the workbook.

    `broken` names sheets that are there but could not be read.
    """

    sheets: dict[str, SheetRows] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


def read_workbook(file: Path, problems: Problems, warnings: Problems) -> Workbook:
    """Read every known sheet; what is wrong goes to `problems`. Raises OSError where there is no file."""
    book = Workbook()
    try:
        marks = inspect(file)
        _read_sheets(file, marks, book, problems, warnings)
    except Unsafe as error:
        problems.add(error.key, "", None, "", **error.facts)
    except (python_calamine.CalamineError, zipfile.BadZipFile):
        problems.add("roster-file-damaged")
    except BaseException as error:
        # What calamine does not expect stops it in the middle, with an error that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        problems.add("roster-file-damaged")
    return book


def _read_sheets(
    file: Path, marks: dict[str, Marks], book: Workbook, problems: Problems, warnings: Problems
) -> None:
    with python_calamine.CalamineWorkbook.from_path(file) as opened:
        names = _named_sheets(opened, marks, book, problems)
        for sheet, name in names:
            if sheet is layout.SETTINGS:
                book.settings = _read_settings(opened.get_sheet_by_name(name))
            elif sheet is not layout.NOTES:
                rows = _read_rows(opened, sheet, name, marks[name], problems, warnings)
                if rows:
                    book.sheets[sheet.key] = rows
                else:
                    book.broken.add(sheet.key)
        if not book.broken and not any(sheet in layout.DATA_SHEETS for sheet, _ in names):
            problems.add("roster-no-sheet", known=_known_sheets())


def _named_sheets(
    opened: python_calamine.CalamineWorkbook, marks: dict[str, Marks], book: Workbook, problems: Problems
) -> list[tuple[layout.Sheet, str]]:
    found: dict[str, tuple[layout.Sheet, str]] = {}
    for name in opened.sheet_names:
        sheet = layout.sheet_called(name)
        seen = marks.get(name)
        if sheet is None:
            if seen is None or seen.rows:
                _refuse_unknown(opened, name, book, problems)
        elif seen is None:
            raise Unsafe("roster-file-damaged")
        elif sheet.key in found:
            problems.add("roster-sheet-twice", name, other=found[sheet.key][1])
        else:
            found[sheet.key] = (sheet, name)
    return list(found.values())


def _refuse_unknown(
    opened: python_calamine.CalamineWorkbook, name: str, book: Workbook, problems: Problems
) -> None:
    """Ask whether a known sheet is meant; then nothing else can be said about what it should hold."""
    first = [_words(cells) for _, cells in islice(_lines(opened.get_sheet_by_name(name)), HEADING_ROWS)]
    meant = next(
        (sheet for sheet in (layout.sheet_like(name, cells) for cells in first or [[]]) if sheet), None
    )
    if meant is None:
        problems.add("roster-unknown-sheet", name, known=_known_sheets())
        return
    problems.add("roster-sheet-perhaps", name, meant=meant.zh)
    book.broken.add(meant.key)


def _words(cells: list[object]) -> list[str]:
    return [str(cell).strip() for cell in cells]


def _known_sheets() -> str:
    return "、".join(
        f"{sheet.zh} {sheet.key}" for sheet in (*layout.DATA_SHEETS, layout.SETTINGS, layout.NOTES)
    )


def _read_rows(
    opened: python_calamine.CalamineWorkbook,
    sheet: layout.Sheet,
    name: str,
    marks: Marks,
    problems: Problems,
    warnings: Problems,
) -> SheetRows | None:
    lines = _lines(opened.get_sheet_by_name(name))
    number, heading = next(lines, (1, []))
    if not layout.has_headings(sheet, _words(heading)):
        lower = next(
            (n for n, c in islice(lines, HEADING_ROWS) if layout.has_headings(sheet, _words(c))), None
        )
        if lower is not None:
            problems.add("roster-headings-lower", name, number, lower=lower)
            return None
    columns = _columns(sheet, name, number, heading, problems, warnings)
    headings = {column.key: str(heading[index]).strip() for index, column in columns.items()}
    _report_marks(name, marks, dict(enumerate(_words(heading))), problems)
    missing = [column for column in sheet.columns if column.required and column.key not in headings]
    for column in missing:
        problems.add("roster-missing-column", name, number, f"{column.zh} {column.key}")
    if missing:
        return None
    read = SheetRows(sheet, name, headings, [])
    for number, cells in lines:
        read.rows.append((number, {c.key: cells[index] for index, c in columns.items()}))
    return read


def _lines(sheet: python_calamine.CalamineSheet) -> Iterator[tuple[int, list[object]]]:
    """The rows that hold anything, with the sheet's own numbers; columns counted from A."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if any(cell != "" for cell in cells):
            yield number, [*before, *cells]


def _columns(
    sheet: layout.Sheet, name: str, row: int, heading: list[object], problems: Problems, warnings: Problems
) -> dict[int, layout.Column]:
    """Which column stands where. Two with one meaning are a problem, an unknown one a warning."""
    found: dict[int, layout.Column] = {}
    for index, cell in enumerate(heading):
        text = str(cell).strip()
        column = layout.column_called(sheet, text)
        if column is None:
            if text and layout.plain_word(text) not in layout.REMARKS:
                warnings.add("roster-unknown-column", name, row, text, known=_known_columns(sheet))
        elif column in found.values():
            problems.add("roster-column-twice", name, row, text)
        else:
            found[index] = column
    return found


def _known_columns(sheet: layout.Sheet) -> str:
    return "、".join(f"{column.zh} {column.key}" for column in sheet.columns)


def _report_marks(name: str, marks: Marks, headings: dict[int, str], problems: Problems) -> None:
    for key, cells in (("roster-formula", marks.formulas), ("roster-error-cell", marks.errors)):
        for cell in cells:
            column, row = place_of(cell)
            problems.add(key, name, row, headings.get(column - 1) or cell, cell=cell)
    for merged in marks.merged:
        _, row = place_of(merged.partition(":")[0])
        problems.add("roster-merged", name, row, cells=merged)


def _read_settings(sheet: python_calamine.CalamineSheet) -> dict[str, str]:
    """Rows of a name and a value."""
    pairs: dict[str, str] = {}
    for _, cells in _lines(sheet):
        words = [str(cell).strip() for cell in cells if cell != ""]
        if len(words) >= 2:
            pairs[layout.plain_word(words[0])] = words[1]
    return pairs
