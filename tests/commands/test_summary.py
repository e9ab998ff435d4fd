"""`gridduty summary` and `gridduty figures`."""

import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import select, update
from sqlmodel import col

from bot.storage.database import Database
from models import Area, CheckIn, Person, Rollup, Shift, ShiftMember
from tests.commands.gridduty import Gridduty

EIGHT = datetime.fromisoformat("2025-11-24T08:00:00+08:00")
WEEK = ("--period", "week", "--date", "2025-11-26")


@pytest.fixture
def records(db: Database) -> Database:
    """A township of two villages: of two people of a shift one came."""
    with db.write_now() as session:
        for number, code, above in ((1, "T1", None), (2, "V1", 1), (3, "V2", 1)):
            path = "T1/" if above is None else f"T1/{code}/"
            session.add(
                Area(id=number, code=code, name=f"{code}村", kind="village", path=path, parent_id=above)
            )
            session.flush()
        session.add(Shift(id=1, code="S1", area_id=2, duty_type="border", starts_at=EIGHT, ends_at=EIGHT))
        for number in (1, 2):
            session.add(Person(id=number, code=f"P{number}", name="岩罕", area_id=2))
            session.flush()
            session.add(ShiftMember(shift_id=1, person_id=number))
        session.add(
            CheckIn(
                person_id=1, area_id=2, shift_id=1, duty_type="border", work_day=date(2025, 11, 24),
                in_at=EIGHT, out_at=EIGHT + timedelta(hours=8), close_at=EIGHT, in_punctuality="on_time",
            )
        )  # fmt: skip
    return db


def told(gridduty: Gridduty, *words: str) -> dict[str, object]:
    """What a command says as JSON."""
    answer: dict[str, object] = json.loads(gridduty(*words, "--json").stdout)
    return answer


def test_a_summary_is_a_picture_a_page_a_sheet_or_json(
    gridduty: Gridduty, records: Database, tmp_path: Path
) -> None:
    found = told(gridduty, "summary", "--area", "T1", *WEEK, "--out", "a.png")
    assert (found["first"], found["last"]) == ("2025-11-24", "2025-11-30")
    township = found["area"]
    assert isinstance(township, dict)
    counts = township["counts"]
    assert (counts["planned"], counts["present"], counts["minutes"]) == (2, 1, 480)
    below = found["below"]
    assert isinstance(below, list)
    assert [row["counts"]["planned"] for row in below] == [2, 0]
    assert Image.open(io.BytesIO((tmp_path / "a.png").read_bytes())).width == 1080
    gridduty("summary", "--area", "V1", *WEEK, "--out", "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    gridduty("review", "--area", "T1", *WEEK, "--out", "b.pdf")
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    gridduty("summary", "--area", "T1", *WEEK, "--out", "a.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))
    assert [row[:4] for row in rows[3:]] == [("T1村", "T1", 2, 1), ("V1村", "V1", 2, 1), ("V2村", "V2", 0, 0)]


def test_what_cannot_be_shown_is_told(gridduty: Gridduty, records: Database) -> None:
    gone = gridduty("summary", "--area", "NO", *WEEK, "--out", "a.png", code=1)
    assert "NO: no area has this code" in gone.stderr
    late = gridduty("summary", "--area", "T1", "--date", "2999-01-01", "--out", "a.png", code=1)
    assert "2999-01-01" in late.stderr
    gridduty("summary", "--area", "T1", code=2)
    gridduty("summary", "--area", "T1", "--out", "a.gif", code=2)


def test_figures_are_put_right(gridduty: Gridduty, records: Database) -> None:
    first = told(gridduty, "figures", "rebuild")
    assert first["wrong"] == 2
    assert told(gridduty, "figures", "rebuild")["wrong"] == 0
    with records.write_now() as session:
        session.execute(update(Rollup).where(col(Rollup.area_id) == 1).values(planned=99))
    assert told(gridduty, "figures", "rebuild")["wrong"] == 1
    with records.read() as session:
        found = session.execute(select(Rollup.area_id, Rollup.planned).order_by(col(Rollup.area_id))).all()
    assert [tuple(row) for row in found] == [(1, 2), (2, 2)]
