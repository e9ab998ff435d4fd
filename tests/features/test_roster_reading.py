"""Files that are no workbook, are dangerous, or hide something."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from bot.storage.database import Database
from tests.features.roster_books import Book, book, new_database, plan_of, problems_of, save


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return new_database(tmp_path)


def _rewritten(file: Path, part: str, change: bytes | None, *, old: bytes = b"") -> Path:
    """A copy in which one part is changed: replaced, or `old` in it replaced."""
    copy = file.with_name("rewritten.xlsx")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part and change is not None:
                content = content.replace(old, change, 1) if old else change
            target.writestr(name, content)
    return copy


def _kinds(db: Database, file: Path) -> set[str]:
    return {kind for kind, *_ in problems_of(plan_of(db, file))}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "file-not-xlsx"),
        (b"code,name\nA,B\n", "file-not-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"),
            "file-encrypted",
        ),
    ],
)
def test_what_is_no_xlsx_is_named(db: Database, tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(content)
    assert _kinds(db, file) == {kind}


def test_a_cut_off_file_is_damaged(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", book())
    content = bytearray(file.read_bytes())
    content[200:1200] = b"\0" * 1000
    file.write_bytes(content)
    assert _kinds(db, file) == {"file-damaged"}


def test_another_zip_is_no_workbook(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "hello")
    assert _kinds(db, file) == {"file-not-xlsx"}


def test_a_bomb_is_not_opened(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", book())
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/big.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(bytes(1 << 20))
    assert _kinds(db, file) == {"file-too-big"}


def test_a_directory_that_lies_about_a_size_is_found_out(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", book())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", bytes(1 << 20))
    honest = (1 << 20).to_bytes(4, "little")
    content = file.read_bytes()
    assert honest in content
    file.write_bytes(content.replace(honest, (10).to_bytes(4, "little")))
    assert _kinds(db, file) == {"file-damaged"}


def test_entities_are_refused(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", book())
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet'
    assert _kinds(db, _rewritten(file, "xl/worksheets/sheet1.xml", bomb, old=b"<worksheet")) == {
        "file-damaged"
    }


def test_a_cell_far_off_is_refused_before_it_costs_memory(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", book())
    opened = openpyxl.load_workbook(file)
    opened["人员"]["XFD900000"] = "x"
    opened.save(file)
    assert _kinds(db, file) == {"file-far-cell"}


def test_formulas_errors_and_merged_cells_are_named(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", book())
    opened = openpyxl.load_workbook(file)
    opened["人员"]["B2"] = '="岩"&"温"'
    opened["人员"]["E3"] = "#N/A"
    opened["角色"].merge_cells("C2:C3")
    opened.save(file)
    found = problems_of(plan_of(db, file))
    assert ("formula", "人员", 2, "姓名") in found
    assert ("error-cell", "人员", 3, "职务") in found
    assert ("merged", "角色", 2, "") in found


def test_sheets_and_columns_that_do_not_fit_are_named(db: Database, tmp_path: Path) -> None:
    sheets = book()
    sheets["人员"] = [[*row[:1], *row[2:], "x"] for row in sheets["人员"]]
    sheets["角色"][0].append("区域")
    sheets["people"] = [["code"]]
    sheets["名单"] = [["x"]]
    plan = plan_of(db, save(tmp_path / "f.xlsx", sheets))
    assert set(problems_of(plan)) == {
        ("missing-column", "人员", 1, "姓名 name"),
        ("column-twice", "角色", 1, "区域"),
        ("sheet-twice", "people", None, ""),
        ("unknown-sheet", "名单", None, ""),
    }
    assert [(w.key, w.column) for w in plan.warnings.first] == [("roster-unknown-column", "x")]


def test_a_workbook_without_any_sheet_of_ours_says_which_there_are(db: Database, tmp_path: Path) -> None:
    file = save(tmp_path / "f.xlsx", {"说明": [["x"]]})
    assert problems_of(plan_of(db, file)) == [("no-sheet", "", None, "")]


def test_english_names_any_order_and_blank_rows_are_understood(db: Database, tmp_path: Path) -> None:
    sheets: Book = {
        "Areas": [
            [None, "Kind", "NAME", "parent", "Code", "备注"],
            [None, "county", "瑞丽市", None, "RL", "x"],
            [],
            [None, "grid", "第1网格", "RL", 101.0, None],
        ]
    }
    plan = plan_of(db, save(tmp_path / "f.xlsx", sheets))
    assert not plan.problems
    assert not plan.warnings
    assert [(step.row, step.key, step.values[:4]) for step in plan.tables["area"].adds] == [
        (2, ("RL",), ("瑞丽市", "county", None, "RL/")),
        (4, ("101",), ("第1网格", "grid", "RL", "RL/101/")),
    ]
