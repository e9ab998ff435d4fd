"""What an import leaves in the database, and what it leaves alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, inspect, select
from sqlmodel import SQLModel, col

from bot import access
from bot.access import OPERATOR, SYSTEM, Work
from bot.base import gcj02
from bot.base.errors import NotAllowed, OperatorError
from bot.features import roster
from bot.storage.database import Database
from models import (
    Account,
    Area,
    AuditEntry,
    HouseholdCluster,
    Invite,
    Person,
    PersonPost,
    Post,
    Role,
    Shift,
    ShiftMember,
)
from tests.features.roster_books import (
    NOW,
    SETTINGS,
    Book,
    book,
    bring_in,
    new_database,
    plan_of,
    problems_of,
    save,
    version_of,
)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return new_database(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return save(tmp_path / "f.xlsx", book())


def _one(db: Database, model: type[Any], code: str) -> Any:
    with db.read() as session:
        return session.execute(select(model).where(model.code == code)).scalar_one()


def _count(db: Database, model: type[SQLModel]) -> int:
    with db.read() as session:
        return int(session.execute(select(func.count()).select_from(model)).scalar_one())


def _again(db: Database, file: Path, sheets: Book, **options: Any) -> roster.Plan:
    return bring_in(db, save(file, sheets), **options)


def test_a_plan_alone_changes_nothing(db: Database, file: Path) -> None:
    plan = plan_of(db, file)
    assert {name: len(table.adds) for name, table in plan.tables.items()} == {
        "area": 6,
        "post": 2,
        "section": 0,
        "checkpoint": 0,
        "person": 3,
        "person_post": 2,
        "role": 3,
        "household": 1,
        "shift": 2,
        "member": 3,
    }
    assert _count(db, Area) == 0
    assert version_of(db) == 0


def test_everything_arrives_as_written(db: Database, file: Path) -> None:
    bring_in(db, file)
    grid, village = _one(db, Area, "G1"), _one(db, Area, "RL-1-1")
    assert (grid.path, grid.parent_id, grid.kind) == ("DH/RL/RL-1/RL-1-1/G1/", village.id, "grid")
    assert (village.latitude, village.longitude, village.radius, village.position) == (24.0, 97.8, 300, 3)
    post = _one(db, Post, "P1")
    assert (post.line, post.radius, post.area_id) == ("border", 150, village.id)
    assert len(post.qr_code) >= 20
    assert post.qr_code != _one(db, Post, "P2").qr_code
    worker = _one(db, Person, "W1")
    assert (worker.phone, worker.titles, worker.language) == ("+8610400000001", "信息员", "zh_CN")
    night = _one(db, Shift, "B1")
    assert (night.post_id, night.area_id, night.duty_type) == (post.id, village.id, "border")
    assert night.ends_at - night.starts_at == timedelta(hours=12)
    assert _one(db, Shift, "B2").duty_type == SETTINGS.work.duty_type
    with db.read() as session:
        crew = session.execute(
            select(col(Person.code), col(ShiftMember.is_lead))
            .join(ShiftMember, col(ShiftMember.person_id) == Person.id)
            .where(col(ShiftMember.shift_id) == night.id)
        ).all()
        assert sorted(map(tuple, crew)) == [("W1", True), ("W2", False)]
        assert session.execute(select(col(HouseholdCluster.count))).scalar_one() == 8


def test_the_same_file_again_changes_nothing(db: Database, file: Path) -> None:
    bring_in(db, file)
    token = _one(db, Post, "P1").qr_code
    assert bring_in(db, file).size == 0
    assert version_of(db) == 1
    assert _one(db, Post, "P1").qr_code == token
    assert _count(db, AuditEntry) == 1


def test_changes_are_made_and_told(db: Database, file: Path) -> None:
    bring_in(db, file)
    token = _one(db, Post, "P1").qr_code
    sheets = book()
    sheets["区域"][4][3] = "RL"  # the village moves up: its grids' paths follow
    sheets["卡点"][1][1] = "新名"
    sheets["联户"][1][2] = 9
    sheets["班次"][1][7] = "W2"
    plan = _again(db, file, sheets)
    assert _one(db, Area, "G1").path == "DH/RL/RL-1-1/G1/"
    assert _one(db, Area, "RL-1-1").parent_id == _one(db, Area, "RL").id
    assert (_one(db, Post, "P1").name, _one(db, Post, "P1").qr_code) == ("新名", token)
    sizes = {
        name: (len(t.adds), len(t.changes), len(t.removals)) for name, t in plan.tables.items() if t.size
    }
    assert sizes == {"area": (0, 3, 0), "post": (0, 1, 0), "household": (0, 1, 0), "member": (0, 2, 0)}
    assert version_of(db) == 2


def test_what_is_gone_keeps_its_past_and_may_come_back(db: Database, file: Path) -> None:
    bring_in(db, file)
    before = _one(db, Person, "W2").id
    sheets = book()
    del sheets["人员"][2], sheets["角色"][2], sheets["联户"][1:]
    sheets["班次"][1][6] = "W1"
    sheets["联户"].append(["S1", "RL-1", 3])
    _again(db, file, sheets)
    assert _one(db, Person, "W2").removed_at == NOW
    assert _count(db, Role) == 2
    assert _count(db, ShiftMember) == 2
    assert _count(db, HouseholdCluster) == 2
    plan = _again(db, file, book())
    assert [step.returns for step in plan.tables["person"].changes] == [True]
    assert (_one(db, Person, "W2").id, _one(db, Person, "W2").removed_at) == (before, None)
    assert bring_in(db, file).size == 0


def test_accounts_and_invites_of_a_removed_person_stop_working(db: Database, file: Path) -> None:
    bring_in(db, file)
    person = _one(db, Person, "W2").id
    later = NOW + timedelta(days=9)
    with db.write_now() as session:
        account = {"bot": 1, "user_id": 7, "chat_id": 7, "person_id": person, "reach": "ok", "joined_at": NOW}
        session.connection().execute(insert(Account), account)
        invite = {"person_id": person, "code_hash": "x", "created_at": NOW, "expires_at": later}
        session.connection().execute(insert(Invite), invite)
    with db.read() as session:
        assert 7 in access.actors_of(session, 1, [7])
    people = book()["人员"]
    del people[2]
    plan = _again(db, file, {"人员": people})
    assert [t.target.name for t in plan.tables.values() if t.size] == [
        "person",
        "role",
        "household",
        "member",
    ]
    with db.read() as session:
        assert access.actors_of(session, 1, [7]) == {}
        assert session.execute(select(col(Invite.revoked_at))).scalar_one() == NOW


def test_absent_sheets_and_columns_are_left_alone(db: Database, file: Path) -> None:
    bring_in(db, file)
    people = [[row[0], row[1], row[3]] for row in book()["人员"]]
    people[1][1] = "改名"
    plan = _again(db, file, {"人员": people})
    assert plan.size == 1
    worker = _one(db, Person, "W1")
    assert (worker.name, worker.phone, worker.titles) == ("改名", "+8610400000001", "信息员")
    assert _count(db, PersonPost) == 2


def test_an_empty_sheet_is_left_alone_unless_asked_for(db: Database, file: Path) -> None:
    bring_in(db, file)
    sheets = {"角色": book()["角色"][:1]}
    plan = _again(db, file, sheets)
    assert plan.size == 0
    assert [w.key for w in plan.warnings.first] == ["roster-empty-sheet"]
    _again(db, file, sheets, empty_sheets_count=True)
    assert _count(db, Role) == 0


def test_an_area_or_post_in_use_cannot_go_alone(db: Database, file: Path) -> None:
    bring_in(db, file)
    areas, posts = book()["区域"][:5] + book()["区域"][6:], book()["卡点"][:1] + book()["卡点"][2:]
    kinds = {kind for kind, *_ in problems_of(plan_of(db, save(file, {"区域": areas, "卡点": posts})))}
    assert kinds == {"still-used-area", "still-used-post"}


def test_shifts_that_have_ended_stay(db: Database, file: Path) -> None:
    bring_in(db, file)
    shifts = [book()["班次"][0], ["B3", "P1", None, None, "2026-12-01 08:00", "20:00", "W1", None]]
    later = datetime(2026, 11, 24, 12, tzinfo=UTC)  # B1 is over, B2 is not
    _again(db, file, {"班次": shifts}, now=later)
    assert _one(db, Shift, "B1").removed_at is None
    assert _one(db, Shift, "B2").removed_at == later
    assert _one(db, Shift, "B3").removed_at is None
    assert (
        _again(db, file, {"班次": book()["班次"] + shifts[1:]}, now=later).size == 2
    )  # B2 and its crew return


def test_many_removals_are_asked_for_twice(db: Database, file: Path) -> None:
    sheets = book()
    sheets["人员"] += [[f"N{number}", "某人", None, "G1"] for number in range(60)]
    _again(db, file, sheets)
    with pytest.raises(OperatorError, match="allow-removals"):
        _again(db, file, book())
    assert _one(db, Person, "N1").removed_at is None
    assert version_of(db) == 1
    _again(db, file, book(), allow_removals=True)
    assert _one(db, Person, "N1").removed_at == NOW


def test_a_workbook_with_problems_is_not_applied(db: Database, file: Path) -> None:
    sheets = book()
    sheets["角色"].append(["X", "网格员", "G1"])
    with pytest.raises(OperatorError, match="1 "):
        _again(db, file, sheets)
    assert _count(db, Area) == 0


@pytest.mark.parametrize("by_option", [True, False])
def test_chinese_map_coordinates_are_converted(db: Database, file: Path, by_option: bool) -> None:
    sheets = book()
    if not by_option:
        sheets["设置"] = [["设置", "值"], ["坐标系", "GCJ-02"]]
    options: dict[str, Any] = {"coordinates": "gcj02"} if by_option else {}
    _again(db, file, sheets, **options)
    place = _one(db, Area, "G1")
    shown = gcj02.to_gcj02(place.latitude, place.longitude)
    assert shown == pytest.approx((24.001, 97.801), abs=2e-7)
    assert abs(place.latitude - 24.001) > 1e-4
    assert bring_in(db, file, **options).size == 0


def test_an_unknown_coordinate_system_is_a_problem(db: Database, file: Path) -> None:
    sheets = book() | {"settings": [["coordinates", "BD-09"]]}
    assert problems_of(plan_of(db, save(file, sheets))) == [("unknown-coordinates", "", None, "")]


def test_only_the_operator_may(db: Database, file: Path) -> None:
    plan = plan_of(db, file)
    with db.read() as session, pytest.raises(NotAllowed):
        roster.plan(Work(session, SYSTEM, NOW, SETTINGS), file)
    with pytest.raises(NotAllowed):
        roster.apply(db, SYSTEM, plan, now=NOW, settings=SETTINGS)


def test_a_plan_made_before_another_import_is_refused(db: Database, file: Path) -> None:
    first, second = plan_of(db, file), plan_of(db, file)
    roster.apply(db, OPERATOR, first, now=NOW, settings=SETTINGS)
    with pytest.raises(OperatorError):
        roster.apply(db, OPERATOR, second, now=NOW, settings=SETTINGS)
    assert _count(db, Area) == 6


def test_nothing_is_left_behind(db: Database, file: Path) -> None:
    with db.write_now() as session:
        session.connection().exec_driver_sql("CREATE TABLE staging_1000_abc_area (id INTEGER)")
        session.connection().exec_driver_sql("CREATE TABLE staging_9999999999_abc_area (id INTEGER)")
    bring_in(db, file)
    staged = [name for name in inspect(db.writer).get_table_names() if name.startswith("staging_")]
    assert staged == ["staging_9999999999_abc_area"]


def test_readers_go_on_during_an_import(db: Database, file: Path) -> None:
    plan = plan_of(db, file)
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(Area)).scalar_one() == 0
        assert roster.apply(db, OPERATOR, plan, now=NOW, settings=SETTINGS) < 1
        assert session.execute(select(func.count()).select_from(Area)).scalar_one() == 0
    assert _count(db, Area) == 6


def test_the_import_is_written_down(db: Database, file: Path) -> None:
    bring_in(db, file)
    with db.read() as session:
        entry = session.execute(select(AuditEntry)).scalar_one()
        assert (entry.actor, entry.action, entry.details["area"]) == ("operator", "roster.import", [6, 0, 0])
