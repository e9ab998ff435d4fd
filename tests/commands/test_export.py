"""`gridduty export`."""

import csv
import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.playground.people import sample_photo
from bot.storage.blobs import FolderStore
from bot.storage.database import Database
from models import (
    Area,
    AuditEntry,
    CheckIn,
    Hazard,
    HazardAssignee,
    HazardEvent,
    HazardPhoto,
    Patrol,
    PatrolAnswer,
    PatrolSection,
    Person,
    Photo,
    Post,
    ResidentRequest,
    ResidentRequestEvent,
    Shift,
    ShiftMember,
)
from tests.commands.gridduty import Gridduty

EIGHT = datetime.fromisoformat("2026-11-23T08:00:00+08:00")
WHEN = ("--since", "2026-11-23", "--until", "2026-11-23")


@pytest.fixture
def records(db: Database) -> Database:
    """Two townships whose paths begin alike, a check-in in each, and one the day before."""
    with db.write_now() as session:
        for number, code in ((1, "T1"), (2, "T10")):
            session.add(Area(id=number, code=code, name=f"{code}镇", kind="township", path=f"{code}/"))
        session.flush()
        session.add_all(
            [Person(id=1, code="W1", name="=1+1", area_id=1), Person(id=2, code="W2", name="玉香", area_id=2)]
        )
        session.add(Post(id=1, code="P", name="芒里卡点", area_id=1, qr_code="q"))
        session.flush()
        session.add(
            Shift(
                id=1, code="S", area_id=1, post_id=1, duty_type="border", starts_at=EIGHT,
                ends_at=EIGHT + timedelta(hours=8),
            )
        )  # fmt: skip
        session.flush()
        first: dict[str, Any] = {"shift_id": 1, "post_id": 1, "corrected_in_at": EIGHT - timedelta(minutes=9)}
        session.add(
            _checkin(1, 1, 23, evidence="pin", place_grade="on_site", latitude=24.4, longitude=98.5, **first)
        )
        session.add(_checkin(2, 2, 23))
        session.add(_checkin(3, 1, 22))
    return db


def _checkin(number: int, person: int, day: int, **values: Any) -> CheckIn:
    at = EIGHT.replace(day=day)
    given: dict[str, Any] = {
        "duty_type": "border",
        "in_at": at,
        "close_at": at,
        "out_at": at + timedelta(hours=1),
    }
    return CheckIn(
        id=number, person_id=person, area_id=person, work_day=date(2026, 11, day), **given | values
    )


def test_a_sheet_in_chinese_with_local_times(gridduty: Gridduty, records: Database, tmp_path: Path) -> None:
    told = gridduty("export", "checkins", "--area", "T1", *WHEN, "--out", "out.xlsx").stdout
    assert told == "out.xlsx: 1 rows\n"
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    headings, row = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    found = dict(zip(headings, row, strict=True))
    assert sheet.title == "上岗记录"
    assert found["上岗时间（记录）"] == datetime(2026, 11, 23, 8, 0)
    assert found["上岗时间（补卡）"] == datetime(2026, 11, 23, 7, 51)
    assert found["上岗位置"] == "在点上"
    assert found["值守类型"] == "边境执勤"
    assert found["卡点"] == "芒里卡点"
    assert found["纬度"] == 24.4
    assert found["姓名"] == "=1+1"
    name = sheet.cell(2, headings.index("姓名") + 1)
    assert name.data_type == "s"


def test_csv_keeps_formulas_as_text(gridduty: Gridduty, records: Database, tmp_path: Path) -> None:
    gridduty.environment["GRIDDUTY_WORK__LANGUAGE"] = "en"
    gridduty("export", "checkins", "--area", "T1", *WHEN, "--out", "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Name"] for row in rows] == ["'=1+1"]
    assert rows[0]["On duty (recorded)"] == "2026-11-23 08:00:00"
    assert rows[0]["Location at check-in"] == "on site"


def test_lines_of_json_hold_codes_and_zoned_times(
    gridduty: Gridduty, records: Database, tmp_path: Path
) -> None:
    since = ("--since", "2026-11-22", "--until", "2026-11-23")
    told = gridduty(
        "export", "checkins", "--area", "T1", *since, "--format", "jsonl", "--out", "o.jsonl", "--json"
    )
    assert json.loads(told.stdout) == {"file": "o.jsonl", "rows": 2}
    lines = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text().splitlines()]
    assert [line["work_day"] for line in lines] == ["2026-11-22", "2026-11-23"]
    assert lines[1]["in_at"] == "2026-11-23T08:00:00+08:00"
    assert lines[1]["place_grade"] == "on_site"
    assert lines[0]["latitude"] is None


def test_it_is_written_down(gridduty: Gridduty, records: Database) -> None:
    gridduty("export", "checkins", "--area", "T10", *WHEN, "--out", "out.xlsx")
    with records.read() as session:
        entry = session.execute(
            select(AuditEntry).where(col(AuditEntry.action) == "checkin.export")
        ).scalar_one()
    assert (entry.actor, entry.thing, entry.details["rows"]) == ("operator", "T10/", 1)


def test_wrong_areas_and_days_are_refused(gridduty: Gridduty, db: Database, tmp_path: Path) -> None:
    failed = gridduty("export", "checkins", "--area", "NO", *WHEN, "--out", "out.xlsx", code=1)
    assert failed.stderr == "gridduty: NO: no area has this code\n"
    turned = ("--since", "2026-11-23", "--until", "2026-11-22")
    gridduty("export", "checkins", "--area", "NO", *turned, "--out", "out.xlsx", code=2)
    assert not (tmp_path / "out.xlsx").exists()
    gridduty("export", "checkins", "--area", "T1", *WHEN, "--out", "out.xls", code=2)


def test_shifts_with_their_crews(gridduty: Gridduty, records: Database, tmp_path: Path) -> None:
    with records.write_now() as session:
        session.add(
            Shift(
                id=2,
                code="S2",
                area_id=1,
                duty_type="grid",
                starts_at=EIGHT,
                ends_at=EIGHT,
                changed_by_hand=True,
            )
        )
        late = EIGHT + timedelta(days=1)
        session.add(Shift(id=3, code="S3", area_id=1, duty_type="grid", starts_at=late, ends_at=late))
        session.flush()
        session.add(
            ShiftMember(shift_id=1, person_id=1, is_lead=True, state="away", away_kind="sick", away_at=EIGHT)
        )
        session.add(ShiftMember(shift_id=1, person_id=2, stands_for=1))
    told = gridduty("export", "shifts", "--area", "T1", *WHEN, "--format", "csv", "--out", "out.csv").stdout
    assert told == "out.csv: 3 rows\n"
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        lead, stand_in, empty = csv.DictReader(file)
    assert (lead["带班"], lead["是否到班"], lead["不来的原因"], lead["卡点"]) == (
        "是",
        "不来",
        "生病",
        "芒里卡点",
    )
    assert (stand_in["姓名"], stand_in["是否到班"], stand_in["替谁"].lstrip("'")) == ("玉香", "应到", "=1+1")
    assert (empty["班次编码"], empty["姓名"], empty["人工改过"]) == ("S2", "", "是")
    gridduty("export", "shifts", "--area", "T1", *WHEN, "--format", "jsonl", "--out", "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["person_code"] for row in rows] == ["W1", "W2", None]


def test_patrols_name_what_was_missed(records: Database, gridduty: Gridduty, tmp_path: Path) -> None:
    with records.write_now() as session:
        section = PatrolSection(id=1, code="D", name="界河段", area_id=1)
        session.add(section)
        session.flush()
        session.add_all(
            Patrol(
                id=number, person_id=number, area_id=number, shift_id=1, section_id=1, checklist="border",
                started_at=EIGHT, ended_at=EIGHT + timedelta(minutes=40), close_at=EIGHT, state="done",
                minutes=40, metres=1200, reached=1, total=3, missed=["界碑", "涵洞口"], words="=雾大",
            )
            for number in (1, 2)
        )  # fmt: skip
        session.flush()
        session.add(PatrolAnswer(patrol_id=1, item="lamps", found_at=EIGHT))
    out = tmp_path / "p.jsonl"
    gridduty("export", "patrols", "--area", "T1", *WHEN, "--out", str(out))
    (row,) = [json.loads(line) for line in out.read_text().splitlines()]
    assert (row["section_name"], row["shift_code"], row["patrol_state"]) == ("界河段", "S", "done")
    assert (row["stops_missed"], row["problems"], row["metres"]) == ("界碑、涵洞口", 1, 1200)
    sheet = tmp_path / "p.csv"
    gridduty("export", "patrols", "--area", "T1", *WHEN, "--out", str(sheet))
    told = sheet.read_text(encoding="utf-8-sig")
    assert "没到的必到点" in told
    assert "交了" in told
    assert "'=雾大" in told


def test_hazards_with_who_has_them_and_how_they_stand(
    records: Database, gridduty: Gridduty, tmp_path: Path
) -> None:
    with records.write_now() as session:
        told: dict[str, Any] = {"area_id": 1, "category": "fire", "severity": "serious", "reported_by": 1}
        times = {"found_at": EIGHT, "reported_at": EIGHT, "due_at": EIGHT + timedelta(days=1)}
        label = {"zh_CN": "火灾隐患", "en": "Fire", "icon": "🔥"}
        for number, day in ((1, EIGHT), (2, EIGHT - timedelta(days=1))):
            session.add(Hazard(year=2026, number=number, label=label, **told, **times | {"reported_at": day}))
        session.flush()
        session.add(HazardAssignee(hazard_id=1, area_id=1, person_id=2, responsible=True, named_at=EIGHT))
        session.add(HazardAssignee(hazard_id=1, area_id=2, responsible=False, named_at=EIGHT))
    file = tmp_path / "hazards.jsonl"
    gridduty("export", "hazards", "--area", "T1", *WHEN, "--out", str(file))
    (row,) = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert row["hazard_number"] == "H-2026-000001"
    assert (row["hazard_kind"], row["responsible"], row["hazard_state"]) == ("火灾隐患", "玉香", "reported")
    book = tmp_path / "hazards.xlsx"
    gridduty("export", "hazards", "--area", "T1", *WHEN, "--out", str(book))
    shown = [cell.value for cell in openpyxl.load_workbook(book).active[2]]
    assert {"没派人", "较重", "玉香"} <= set(shown)


def test_requests_with_every_step_and_contacts_masked(
    records: Database, gridduty: Gridduty, tmp_path: Path
) -> None:
    with records.write_now() as session:
        told: dict[str, Any] = {"area_id": 1, "category": "aid", "mode": "timed", "registered_by": 1}
        times = {"registered_at": EIGHT, "due_at": EIGHT + timedelta(days=1), "done_at": EIGHT, "done_by": 2}
        label = {"zh_CN": "困难救助", "en": "Hardship", "icon": "🤲"}
        private = {"contact": "李大妈 13800138000", "household": 3, "words": "低保"}
        done = {"state": "closed", "answer": "solved", "asked_by": 1, "closed_at": EIGHT}
        session.add(ResidentRequest(year=2026, number=1, label=label, **told, **times, **private, **done))
        session.flush()
        happened: dict[str, Any] = {"request_id": 1, "area_id": 1, "person_id": 1, "at": EIGHT}
        session.add(ResidentRequestEvent(step="registered", words="低保", **happened))
        session.add(ResidentRequestEvent(step="solved", **happened))
    file = tmp_path / "requests.jsonl"
    gridduty("export", "requests", "--area", "T1", *WHEN, "--out", str(file))
    (row,) = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert (row["request_number"], row["contact"]) == ("R-2026-000001", "李* 138****00")
    assert (row["doer"], row["days_taken"], row["days_late"]) == ("玉香", 1, 0)
    assert row["request_steps"].splitlines()[1].endswith("问过群众，解决了")
    book = tmp_path / "requests.xlsx"
    gridduty("export", "requests", "--area", "T1", *WHEN, "--out", str(book))
    shown = [cell.value for cell in openpyxl.load_workbook(book).active[2]]
    assert {"办结", "限时办结", "解决了", "玉香"} <= set(shown)
    assert "13800138000" not in str(shown)


@pytest.fixture
def put_right(records: Database) -> Database:
    """A hazard, told at eight, put right two days and an hour later, a day late."""
    with records.write_now() as session:
        label, later = {"zh_CN": "火灾隐患", "en": "Fire", "icon": "🔥"}, EIGHT + timedelta(days=2, hours=1)
        session.add(
            Hazard(
                year=2026, number=1, label=label, area_id=1, category="fire", severity="serious",
                reported_by=1, found_at=EIGHT, reported_at=EIGHT, due_at=EIGHT + timedelta(days=1),
                state="fixed", fixed_by=2, fixed_at=later,
            )
        )  # fmt: skip
        session.flush()
        happened: dict[str, Any] = {"hazard_id": 1, "area_id": 1, "person_id": 1}
        given = {"to": "玉香"}
        session.add(HazardEvent(id=1, at=EIGHT, step="reported", words="电线", **happened))
        session.add(
            HazardEvent(id=2, at=EIGHT + timedelta(hours=1), step="assigned", facts=given, **happened)
        )
        session.add(HazardEvent(id=3, at=later, step="fixed", **happened | {"person_id": 2}))
    return records


def test_hazards_with_every_step_and_the_days_taken(
    put_right: Database, gridduty: Gridduty, tmp_path: Path
) -> None:
    file = tmp_path / "hazards.jsonl"
    gridduty("export", "hazards", "--area", "T1", *WHEN, "--out", str(file))
    row = json.loads(file.read_text("utf-8"))
    assert (row["days_taken"], row["days_late"]) == (3, 2)
    assert row["assigned_at"].startswith("2026-11-23T09:00:00")
    assert row["hazard_steps"].splitlines() == [
        "2026-11-23 08:00 =1+1 报上来（电线）",
        "2026-11-23 09:00 =1+1 派给玉香",
        "2026-11-25 09:00 玉香 报整改好了",
    ]


def test_small_photos_of_before_and_after_beside_the_hazards(
    put_right: Database, gridduty: Gridduty, tmp_path: Path
) -> None:
    store = FolderStore(tmp_path / "photos")
    sent: dict[str, Any] = {"bot": 1, "person_id": 1, "area_id": 1, "chat_id": 1, "sent_at": EIGHT}
    with put_right.write_now() as session:
        for number, (shows, colour) in enumerate((("before", "red"), ("after", "green")), start=1):
            key = store.put(sample_photo(colour))
            session.add(Photo(id=number, state="stored", content=key, **sent))
            session.flush()
            session.add(HazardPhoto(hazard_id=1, photo_id=number, shows=shows, event_id=number))
        # Nobody has this one any more.
        session.add(Photo(id=3, state="stored", content=f"ab/cd/abcd{'0' * 60}.jpg", **sent))
        session.flush()
        session.add(HazardPhoto(hazard_id=1, photo_id=3, shows="before", event_id=1))
    book = tmp_path / "hazards.xlsx"
    gridduty("export", "hazards", "--area", "T1", *WHEN, "--out", str(book), "--thumbnails")
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[1]][-2:] == ["整改前", "整改后"]
    assert len(sheet._images) == 2
    assert all(image.width <= 200 and image.height <= 150 for image in sheet._images)
    with put_right.read() as session:
        told = session.execute(
            select(col(AuditEntry.details)).where(col(AuditEntry.action) == "hazard.export")
        )
        assert [entry["what"] for entry in told.scalars()] == ["photos"]
