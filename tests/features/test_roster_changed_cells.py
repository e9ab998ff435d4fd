"""What a spreadsheet program has made of what was typed, and workbooks that are nearly right."""

import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.base.i18n import translator
from bot.features.roster.marked_cells import write_marked
from bot.storage.database import Database
from tests.features.roster_books import Book, book, new_database, plan_of, problems_of, save


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return new_database(tmp_path)


def _found(db: Database, file: Path) -> list[tuple[Any, ...]]:
    return problems_of(plan_of(db, file))


def _with(sheet: str, row: int, column: int, value: Any) -> Book:
    made = book()
    made[sheet][row][column] = value
    return made


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "kind"),
    [
        ("区域", 5, 0, 533103001001000123, "long-number"),
        ("区域", 5, 0, 5331030010010001, "long-number"),
        ("区域", 5, 0, "5.33103E+17", "long-number"),
        ("区域", 5, 3, 533103001001000123, "long-number"),
        ("区域", 5, 1, 1e15, "long-number"),
        ("人员", 1, 5, 533103001001000123, "long-number"),
        ("人员", 1, 1, datetime(2026, 3, 1), "became-date"),
        ("人员", 1, 1, date(2026, 3, 1), "became-date"),
        ("人员", 1, 0, datetime(2026, 3, 1), "became-date"),
        ("人员", 1, 4, time(8, 0), "became-date"),
        ("卡点", 1, 0, datetime(2026, 3, 1), "became-date"),
        ("班次", 1, 6, datetime(2026, 3, 1), "became-date"),
        ("人员", 1, 0, "533103199001011234", "identity"),
        ("人员", 1, 0, "53310319900101123X", "identity"),
        ("人员", 1, 0, "533103900101123", "identity"),
        ("人员", 1, 0, "５３３１０３１９９００１０１１２３４", "identity"),
        ("人员", 1, 0, 533103199001011234, "identity"),
        ("人员", 1, 1, "岩温 533103199001011234", "identity"),
        ("人员", 1, 4, "身份证533103199001011234", "identity"),
        ("人员", 1, 0, "533103 19900101 1234", "identity"),
        ("人员", 1, 0, "533103-19900101-123x", "identity"),
        ("人员", 1, 0, "53310319900101123×", "identity"),
        ("人员", 1, 0, "'533103199001011234", "identity"),
        ("人员", 1, 1, "岩温533103\u200b199001011234", "identity"),
        ("人员", 1, 2, "533103199001011234", "identity"),
        ("人员", 1, 4, "信息员 5331 0319 9001 0112 34", "identity"),
        ("角色", 1, 0, "533103199001011234", "identity"),
        ("联户", 1, 0, "533103199001011234", "identity"),
        ("班次", 1, 6, "W1、533103199001011234", "identity"),
        ("班次", 1, 7, "533103199001011234", "identity"),
        ("人员", 1, 1, "2026-03-01", "became-date"),
        ("人员", 1, 1, "2026年3月1日", "became-date"),
    ],
)
def test_what_was_changed_or_is_not_to_be_kept_is_refused_by_row(
    db: Database, tmp_path: Path, sheet: str, row: int, column: int, value: Any, kind: str
) -> None:
    found = _found(db, save(tmp_path / "f.xlsx", _with(sheet, row, column, value)))
    assert (kind, sheet, row + 1) in [problem[:3] for problem in found]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        ("人员", 1, 0, "'W1"), ("人员", 1, 2, "'10400000001"), ("人员", 1, 2, "’10400000001"),
        ("人员", 0, 1, "姓名（必填）"), ("人员", 0, 1, "姓名\n(必填)"), ("人员", 0, 2, "电话【选填】"),
        ("班次", 1, 4, "2026年11月23日20时00分"), ("班次", 1, 4, "2026年11月23日20:00"),
        ("人员", 1, 4, "护林员 2019-2026，0692-4141234"), ("人员", 1, 1, "3月1日队"),
    ],
)  # fmt: skip
def test_what_is_only_written_in_another_way_is_taken(
    db: Database, tmp_path: Path, sheet: str, row: int, column: int, value: str
) -> None:
    plan = plan_of(db, save(tmp_path / "f.xlsx", _with(sheet, row, column, value)))
    assert not plan.problems
    assert not plan.warnings


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value"),
    [
        ("人员", 1, 1, datetime(2026, 3, 1)), ("人员", 1, 0, date(2026, 3, 1)), ("人员", 1, 4, time(8, 0)),
        ("卡点", 1, 4, "24°01′"), ("卡点", 1, 4, 97.8e8), ("人员", 1, 0, 533103001001000123),
    ],
)  # fmt: skip
def test_what_is_wrong_stays_wrong_in_the_marked_copy(
    db: Database, tmp_path: Path, sheet: str, row: int, column: int, value: Any
) -> None:
    file, copy = save(tmp_path / "f.xlsx", _with(sheet, row, column, value)), tmp_path / "marked.xlsx"
    plan = plan_of(db, file)
    assert plan.problems
    assert write_marked(file, copy, plan.problems, translator("zh_CN"))
    assert _found(db, copy) == problems_of(plan)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet3.xml", b'<row r="1"', b'<row r="0"'),
        ("xl/worksheets/sheet2.xml", b"<v>24.002</v>", b"<v>NaN</v>"),
        ("xl/worksheets/sheet2.xml", b"<v>24.002</v>", b"<v>1e999</v>"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet3.xml", b"worksheets/sheet9.xml"),
    ],
)
def test_a_broken_sheet_is_refused_and_never_a_traceback(
    db: Database, tmp_path: Path, part: str, old: bytes, new: bytes
) -> None:
    whole, broken = save(tmp_path / "f.xlsx", book()), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(whole) as read, zipfile.ZipFile(broken, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            written.writestr(name, content.replace(old, new) if name == part else content)
    plan = plan_of(db, broken)
    assert plan.problems
    write_marked(broken, tmp_path / "marked.xlsx", plan.problems, translator("zh_CN"))


@pytest.mark.parametrize("code", ["533103001001000123", "533103201002001001", "100000000000000", "20260101"])
def test_a_long_code_kept_as_text_is_taken_whole(db: Database, tmp_path: Path, code: str) -> None:
    made = _with("区域", 5, 0, code)
    made["人员"][1][3] = made["角色"][1][2] = made["班次"][2][2] = code
    plan = plan_of(db, save(tmp_path / "f.xlsx", made))
    assert not plan.problems
    assert (code,) in {step.key for step in plan.tables["area"].adds}


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff", "\u200e", "\u2060", "\u00ad", "\u3164", "\ufe0f", "\u2800"]
)
def test_what_cannot_be_seen_is_not_kept(db: Database, tmp_path: Path, unseen: str) -> None:
    made = _with("人员", 1, 1, f"岩{unseen}温{unseen}")
    made["人员"][1][0] = f"W{unseen}1"
    plan = plan_of(db, save(tmp_path / "f.xlsx", made))
    assert not plan.problems
    (person,) = [step for step in plan.tables["person"].adds if step.key == ("W1",)]
    assert person.values[0] == "岩温"
    assert _found(db, save(tmp_path / "g.xlsx", _with("人员", 1, 1, unseen)))[0][0] == "empty"


def test_headings_below_a_title_are_asked_about_and_no_more_is_said(db: Database, tmp_path: Path) -> None:
    made = book()
    made["人员"].insert(0, ["瑞丽市网格员花名册", *[None] * 6])
    file = save(tmp_path / "f.xlsx", made)
    opened = openpyxl.load_workbook(file)
    opened["人员"].merge_cells("A1:G1")
    opened.save(file)
    assert [problem[:3] for problem in _found(db, file)] == [("headings-lower", "人员", 1)]


@pytest.mark.parametrize(
    ("called", "meant"),
    [
        ("人员名单", "人员"), ("2026年人员", "人员"), ("人员信息表", "人员"), ("People list", "人员"),
        ("人员花名册", "人员"), ("Sheet1", "人员"), ("网格员", "人员"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_nearly_called_right_is_asked_about(
    db: Database, tmp_path: Path, called: str, meant: str
) -> None:
    made = {called if name == "人员" else name: rows for name, rows in book().items()}
    plan = plan_of(db, save(tmp_path / "f.xlsx", made))
    (problem,) = plan.problems.kept
    assert (problem.key, problem.sheet, problem.facts["meant"]) == ("roster-sheet-perhaps", called, meant)


def test_a_sheet_that_is_nothing_of_ours_is_named(db: Database, tmp_path: Path) -> None:
    made = book() | {"经费": [["科目", "金额"], ["油料", 100]]}
    assert [problem[:2] for problem in _found(db, save(tmp_path / "f.xlsx", made))] == [
        ("unknown-sheet", "经费")
    ]


_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def _changed(file: Path, **parts: tuple[bytes, bytes]) -> Path:
    """A copy in which something is replaced in every part whose name ends so."""
    copy = file.with_name("changed.xlsx")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            for ending, (old, new) in parts.items():
                if name.endswith(f"{ending}.xml"):
                    content = re.sub(old, new, content, count=1)
            target.writestr(name, content)
    return copy


def test_a_workbook_saved_as_strict_open_xml_is_read(db: Database, tmp_path: Path) -> None:
    file, strict = save(tmp_path / "f.xlsx", book()), tmp_path / "strict.xlsx"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for old, new in _STRICT.items():
                content = content.replace(old, new)
            target.writestr(name, content)
    plan = plan_of(db, strict)
    assert not plan.problems
    assert len(plan.tables["person"].adds) == 3


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet1": (rb'<row r="2"', b'<row r="abc"')},
        {"sheet1": (rb'<row r="2"', '<row r="二"'.encode())},
        {"sheet1": (rb'<c r="A2"', b'<c r="2A"')},
        {"sheet1": (rb"^", b'<?xml version="1.0" encoding="UTF-7"?>')},
        {"workbook": (rb"^", b'<?xml version="1.0" encoding="UTF-7"?>')},
        {"sheet1": (rb"^", b'<?xml version="1.0" encoding="x-unknown"?>')},
        {"workbook": (rb"r:id=\"[^\"]*\"", b'r:id="nowhere"')},
    ],
)
def test_what_is_written_wrongly_inside_is_damaged(
    db: Database, tmp_path: Path, parts: dict[str, tuple[bytes, bytes]]
) -> None:
    file = save(tmp_path / "f.xlsx", book())
    assert [problem[0] for problem in _found(db, _changed(file, **parts))] == ["file-damaged"]


def test_a_workbook_is_given_back_with_each_fault_in_its_cell(db: Database, tmp_path: Path) -> None:
    made = book()
    made["人员"][1][2] = "123"
    made["人员"][2][3] = "G9"
    made["班次"][1][4] = "mañana"
    plan = plan_of(db, file := save(tmp_path / "f.xlsx", made))
    marked = tmp_path / "marked.xlsx"
    assert write_marked(file, marked, plan.problems, translator("zh_CN"))
    opened = openpyxl.load_workbook(marked)
    assert opened.sheetnames == ["错误清单", *made]
    for sheet, cell, words in (
        ("人员", "C2", "电话"),
        ("人员", "D3", "没有编码为"),
        ("班次", "E2", "看不懂"),
    ):
        assert words in opened[sheet][cell].comment.text
        assert opened[sheet][cell].fill.start_color.rgb == "FFFFC7CE"
    assert opened["人员"]["B2"].comment is None
    assert len(list(opened["错误清单"].rows)) == 1 + plan.problems.total
    # What was marked is put right and brought in as it is.
    opened["人员"]["C2"], opened["人员"]["D3"], opened["班次"]["E2"] = None, "G2", "2026-11-23 20:00"
    opened.save(marked)
    again = plan_of(db, marked)
    assert not again.problems
    assert again.size == plan_of(db, save(tmp_path / "right.xlsx", book())).size


def test_what_is_no_workbook_is_not_given_back(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(b"none")
    plan = plan_of(db, file)
    assert not write_marked(file, tmp_path / "marked.xlsx", plan.problems, translator("en"))
    assert not (tmp_path / "marked.xlsx").exists()
