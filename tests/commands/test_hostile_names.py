"""What people wrote is never a template, a formula, a link or markup: names as odd as can be, everywhere."""

import csv
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from bot.base import spreadsheet_files
from bot.features.exports.sources import What
from bot.storage.database import Database
from models import Area, CheckIn, Person, Post, Role, RoleName, Shift, ShiftMember
from tests.commands.gridduty import Gridduty

EIGHT = datetime.fromisoformat("2025-11-24T08:00:00+08:00")
WEEK = ("--period", "week", "--date", "2025-11-26")
NAMES = (
    "镇{b}", "{0}", "{n}", "{", "%s %d %(x)s", "$x^{", "$\\frac{1}{0}$", "\\alpha_{", "=1+1", "+86 1", "-1",
    "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "http://example.com/a", "www.example.com", "mailto:a@b.example",
    "a@example.com", "<b>村</b>", "&amp;<", "[a](b)", "*_`", "\\1\\g<0>", ".*(", "'\";--",
    "internal:Sheet1!A1", "file:///etc/passwd",
)  # fmt: skip
OUTPUTS = (
    ("summary", "--area", "T1", *WEEK, "--out", "a.png"),
    ("summary", "--area", "T1", *WEEK, "--out", "a.pdf"),
    ("summary", "--area", "T1", *WEEK, "--out", "a.xlsx"),
    ("review", "--area", "T1", *WEEK, "--out", "b.pdf"),
    ("roster", "invites", "--area", "T1", "--bot", "duty_bot", "--out", "i.xlsx"),
    ("roster", "invites", "--area", "T1", "--bot", "duty_bot", "--out", "i.pdf", "--renew"),
    ("roster", "codes", "--area", "T1", "--bot", "duty_bot", "--out", "c.pdf"),
    ("burden", "--area", "T1", "--since", "2025-11-24", "--until", "2025-11-30"),
)


@pytest.fixture
def odd(db: Database) -> Database:
    """A township whose villages, posts and people are called as nobody is."""
    with db.write_now() as session:
        session.add(Area(id=1, code="T1", name=NAMES[0], kind="township", path="T1/"))
        session.flush()
        for number, name in enumerate(NAMES, start=2):
            code = f"V{number}"
            area = {"code": code, "name": name, "kind": "village", "path": f"T1/{code}/", "parent_id": 1}
            session.add(Area(id=number, **area))
            session.flush()
            session.add(Post(id=number, code=f"P{number}", name=name, area_id=number, qr_code=f"q{number}"))
            session.add(Person(id=number, code=f"W{number}", name=name, area_id=number, titles=name))
            times = {"starts_at": EIGHT, "ends_at": EIGHT + timedelta(hours=8)}
            session.flush()
            session.add(Role(person_id=number, role=RoleName.GRID_WORKER, area_id=number))
            place = {"area_id": number, "post_id": number, "duty_type": "border"}
            session.add(Shift(id=number, code=f"S{number}", **place, **times))
            session.flush()
            session.add(ShiftMember(shift_id=number, person_id=number))
            session.add(
                CheckIn(
                    person_id=number, shift_id=number, **place,
                    work_day=EIGHT.date(), in_at=EIGHT, out_at=times["ends_at"], close_at=times["ends_at"],
                    in_punctuality="on_time",
                )
            )  # fmt: skip
    return db


def test_everything_is_written_whatever_the_names(gridduty: Gridduty, odd: Database, tmp_path: Path) -> None:
    for words in OUTPUTS:
        gridduty(*words)
    for file in tmp_path.glob("*.xlsx"):
        _holds_text_only(file)


def test_exports_hold_names_as_they_are(gridduty: Gridduty, odd: Database, tmp_path: Path) -> None:
    assert len(What) > 4
    days = ("--area", "T1", "--since", "2025-11-24", "--until", "2025-11-30")
    for kind in What:
        for ending in ("xlsx", "csv", "jsonl"):
            gridduty("export", kind, *days, "--format", ending, "--out", f"{kind}.{ending}")
        _holds_text_only(tmp_path / f"{kind}.xlsx")
    cells = {str(c.value) for row in openpyxl.load_workbook(tmp_path / "checkins.xlsx").active for c in row}
    assert set(NAMES) <= cells
    with (tmp_path / "checkins.csv").open(encoding="utf-8-sig", newline="") as opened:
        told = {cell for row in csv.reader(opened) for cell in row}
    assert not {cell for cell in told if cell[:1] in tuple("=+-@＝＋－＠")}
    assert {f"'{name}" if name[0] in "=+-@＝＋－＠" else name for name in NAMES} <= told


def test_no_cell_of_a_csv_begins_like_a_formula(tmp_path: Path) -> None:
    file, signs, blanks = tmp_path / "a.csv", "=+-@＝＋－＠﹦﹢﹣﹫", ("", " ", "\u3000", "\u200b", "\ufeff ")
    cells = [f"{before}{sign}1+1" for before in blanks for sign in signs]
    cells += ["\t1", "\r1", "\n1"]
    spreadsheet_files.write_csv(file, ["x"], [[cell] for cell in cells])
    with file.open(encoding="utf-8-sig", newline="") as opened:
        assert [row[0] for row in csv.reader(opened)][1:] == [f"'{cell}" for cell in cells]


def _holds_text_only(file: Path) -> None:
    """Neither a formula nor a link."""
    with zipfile.ZipFile(file) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        for name in sheets:
            content = parts.read(name)
            assert b"<f>" not in content
            assert b"<hyperlink" not in content
