"""Gives a workbook back with every fault marked in its cell: red, and a comment that says what to do."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path

import python_calamine

from bot.base.i18n import Translator
from bot.features.roster.layout import FAULTS
from bot.features.roster.problems import Problem, Problems
from bot.features.roster.workbook_guard import Unsafe, inspect, place_of
from bot.features.roster.workbook_writer import Book, Page, Style, open_workbook, write_row

Place = tuple[int, int]
# How a kind of value is shown, plain and marked.
Styles = dict[tuple[type | None, bool], Style]
_COMMENT = {"x_scale": 2, "y_scale": 1.2}


def write_marked(source: Path, target: Path, problems: Problems, tr: Translator) -> bool:
    """Write a copy of what the workbook says with its faults marked, and a list of them all in front. False
    where the file is none that can be opened: nothing is written then."""
    try:
        inspect(source)
        sheets = _read(source)
    except (Unsafe, python_calamine.CalamineError):
        return False
    book = open_workbook(target)
    styles = _styles(book)
    _write_list(book.add_worksheet(FAULTS), problems, tr)
    for name, rows in sheets.items():
        _write_sheet(book, name, rows, _marks(name, rows, problems, tr), styles)
    book.close()
    return True


def _read(source: Path) -> dict[str, Sequence[Sequence[object]]]:
    """Every sheet's cells, but those of a list of faults. Raises CalamineError where one cannot be read."""
    with python_calamine.CalamineWorkbook.from_path(source) as opened:
        names = [
            each.name
            for each in opened.sheets_metadata
            if each.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        return {
            name: opened.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in names
            if name != FAULTS
        }


def _styles(book: Book) -> Styles:
    red = {"bg_color": "#FFC7CE"}
    shown: dict[type | None, dict[str, str]] = {
        None: {},
        time: {"num_format": "hh:mm"},
        datetime: {"num_format": "yyyy-mm-dd hh:mm"},
        date: {"num_format": "yyyy-mm-dd"},
        timedelta: {"num_format": "[h]:mm"},
    }
    plain = {(kind, False): book.add_format(look) for kind, look in shown.items()}
    return plain | {(kind, True): book.add_format(look | red) for kind, look in shown.items()}


def _write_list(page: Page, problems: Problems, tr: Translator) -> None:
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 90)
    write_row(page, 0, [tr.plain("roster-marked-place"), tr.plain("roster-marked-what")])
    for number, problem in enumerate(problems.kept, start=1):
        write_row(page, number, [problem.place(tr), problem.text(tr)])


def _marks(
    name: str, rows: Sequence[Sequence[object]], problems: Problems, tr: Translator
) -> dict[Place, list[str]]:
    """What is wrong by cell: row and column from 0."""
    head = next((row for row in rows if any(cell != "" for cell in row)), [])
    columns = {str(cell).strip(): index for index, cell in reversed(list(enumerate(head)))}
    found: dict[Place, list[str]] = defaultdict(list)
    for problem in problems.kept:
        if problem.sheet == name:
            found[_place(problem, columns)].append(problem.text(tr))
    return found


def _place(problem: Problem, columns: dict[str, int]) -> Place:
    cell = str(problem.facts.get("cell") or problem.facts.get("cells") or "").partition(":")[0]
    if cell:
        column, row = place_of(cell)
        return row - 1, column - 1
    return (problem.row or 1) - 1, columns.get(problem.column, 0)


def _write_sheet(
    book: Book, name: str, rows: Sequence[Sequence[object]], marks: dict[Place, list[str]], styles: Styles
) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, max((len(row) for row in rows), default=1), 18)
    last = max((row for row, _ in marks), default=-1)
    for number in range(max(len(rows), last + 1)):
        cells = list(rows[number]) if number < len(rows) else []
        marked = [column for row, column in marks if row == number] if number <= last else []
        cells += [""] * (max(marked, default=-1) + 1 - len(cells))
        for column, cell in enumerate(cells):
            kind = type(cell) if (type(cell), False) in styles else None
            write_cell(page, number, column, cell, styles[kind, column in marked])
        for column in marked:
            page.write_comment(number, column, "\n".join(marks[number, column])[:2000], _COMMENT)


def write_cell(page: Page, row: int, column: int, cell: object, style: Style) -> None:
    """A cell as it was read: days stay days, for what is wrong with them stays wrong."""
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float) and isfinite(cell):
        page.write_number(row, column, cell, style)
    elif isinstance(cell, date | time | timedelta):
        page.write_datetime(row, column, cell, style)
    elif cell != "":
        page.write_string(row, column, str(cell), style)
    else:
        page.write_blank(row, column, None, style)
