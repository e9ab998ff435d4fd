"""/export: spreadsheets made in the background."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import insert

from bot.features.exports import worker as export_worker
from bot.playground.people import Message, Person
from models import CheckIn, Evidence, PlaceGrade
from tests.e2e.test_hazards import tell
from tests.e2e.town import MORNING, Town
from tests.waiting import until


def many_checkins(town: Town, count: int, name: str = "岩罕", area: str = "DH-MS-1-1-01") -> None:
    """So many check-ins of this month."""
    rows = [
        {
            "person_id": town.id(name), "area_id": town.area(area), "duty_type": "grid",
            "work_day": (MORNING - timedelta(days=number % 20)).date(),
            "in_at": MORNING - timedelta(days=number % 20, seconds=number), "out_at": MORNING,
            "close_at": MORNING, "evidence": Evidence.PIN, "place_grade": PlaceGrade.ON_SITE,
            "late_minutes": 0, "early_minutes": 0, "in_punctuality": "on_time", "too_fast": False,
        }
        for number in range(count)
    ]  # fmt: skip
    with town.db.write_now() as session:
        session.execute(insert(CheckIn), rows)


def sheet_of(town: Town, person: Person, message: Message) -> list[tuple[object, ...]]:
    """The rows of a workbook that was sent."""
    document = message.data["document"]
    assert document["file_name"].endswith(".xlsx")
    data = town.playground.world.files.find(document["file_id"], town.playground.bot.id).download()
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


def asked(person: Person) -> None:
    """The month's check-ins, in three taps."""
    person.reset_taps()
    person.send("/export")
    person.click("上岗记录", person.wait_for("要哪种记录"))
    person.click("这个月", person.wait_for("要哪段时间"))
    assert person.taps == 3


@pytest.mark.every_way
def test_a_spreadsheet_is_made_and_sent(town: Town) -> None:
    many_checkins(town, 300)
    supervisor = town.join("刀建国")
    asked(supervisor)
    sent = supervisor.wait_for("共 300 行")
    rows = sheet_of(town, supervisor, sent)
    assert len(rows) == 301
    assert "姓名" in str(rows[0])
    assert "岩罕" in str(rows[1])
    supervisor.wait_for("✅ 好了，300 行")
    town.settle()
    assert town.count("audit", "action = 'checkin.export'") == 1


@pytest.mark.one_way
def test_what_is_long_comes_in_parts(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    many_checkins(town, 250)
    with town.db.write_now() as session:
        session.connection().exec_driver_sql("UPDATE person SET name = '=1+1' WHERE name = '岩罕'")
    supervisor = town.join("刀建国")
    monkeypatch.setattr(export_worker, "SPLIT_ROWS", 100)
    asked(supervisor)
    supervisor.wait_for("250 行")
    town.settle()
    parts = [m for m in supervisor.screen() if "document" in m.data]
    assert len(parts) == 3
    rows = [row for part in parts for row in sheet_of(town, supervisor, part)[1:]]
    assert len(rows) == 250
    # A cell that begins like a formula is text.
    assert all("=1+1" in row for row in rows)


@pytest.mark.one_way
def test_hazards_come_with_their_photos(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    until(lambda: town.count("photo", "state = 'stored'") == 1)
    supervisor.send("/export")
    supervisor.click("隐患", supervisor.wait_for("要哪种记录"))
    supervisor.click("这个月，带整改前后照片", supervisor.wait_for("要哪段时间"))
    document = supervisor.wait_for("共 1 行").data["document"]
    data = town.playground.world.files.find(document["file_id"], town.playground.bot.id).download()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert [name for name in parts.namelist() if name.startswith("xl/media/")]


@pytest.mark.one_way
def test_only_the_own_area_is_taken_out(town: Town) -> None:
    many_checkins(town, 5)
    many_checkins(town, 7, "王芳", "DH-MS-10-1-01")
    supervisor, worker, other = town.join("刀建国"), town.join("岩罕"), town.join("段平")
    worker.send("/export")
    worker.wait_for("要您片区的负责人")
    for person in (worker, other):
        data = f"exp:go:c:{town.area('DH-MS-1-1')}:this_month"
        person.phone.click(person.screen()[-1], data)
    town.settle()
    assert town.count("export_request") == 0
    asked(supervisor)
    supervisor.wait_for("共 5 行")


@pytest.mark.one_way
def test_who_lost_the_role_meanwhile_gets_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    many_checkins(town, 5)
    supervisor = town.join("刀建国")
    with monkeypatch.context() as held:
        # Nobody makes anything for now.
        held.setattr(export_worker.orders, "is_waiting", lambda *_, **__: False)
        asked(supervisor)
        supervisor.wait_for("排上队了")
        with town.db.write_now() as session:
            session.connection().exec_driver_sql(
                f"DELETE FROM role WHERE person_id = {town.id('刀建国')} AND role = 'supervisor'"
            )
    supervisor.wait_for("没做成")
    assert not [m for m in supervisor.screen() if "document" in m.data]
