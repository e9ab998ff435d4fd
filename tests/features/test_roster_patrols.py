"""Sections, checkpoints and rotations in the roster's workbook."""

import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlmodel import col

from bot.access import OPERATOR, Work
from bot.base import gcj02
from bot.base.i18n import LOCALES, translator
from bot.features.roster import report
from bot.features.shifts import rotations
from bot.features.shifts.rotation_pattern import in_turn, pattern_spans
from bot.features.shifts.rotations import RotationPlan
from bot.storage.database import Database
from models import (
    Checkpoint,
    PatrolSection,
    Pattern,
    Person,
    Post,
    Rotation,
    RotationMember,
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

_PATH = "24.002,97.802; 24.004,97.804；24.006，97.804"


def _book() -> Book:
    sheets = book()
    sheets["巡逻段"] = [
        ["编码", "名称", "区域", "卡点", "路线", "清单", "出发时间"],
        ["S1", "71号界碑段", None, "P1", _PATH, "边境巡逻", "22:00、2:30"],
        ["S2", "村内", "G1", None, None, None, None],
    ]
    sheets["必到点"] = [
        ["编码", "巡逻段", "名称", "纬度", "经度", "半径"],
        ["C1", "S1", "老渡口", 24.004, 97.804, 30],
        ["C2", "S1", "界碑", 24.006, 97.804, None],
        ["C3", "S2", "水塔", None, None, None],
    ]
    sheets["轮班"] = [
        ["卡点", "方式", "时间", "首日", "到", "班组"],
        ["P1", "两班倒", "8:00", "2026-12-01", None, "W1 / W2、S1"],
    ]
    return sheets


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return new_database(tmp_path)


def _rows(db: Database, model: type[Any]) -> dict[str, Any]:
    with db.read() as session:
        return {row.code: row for row in session.execute(select(model)).scalars()}


def _again(db: Database, tmp_path: Path, sheets: Book, **options: Any) -> Any:
    return bring_in(db, save(tmp_path / "f.xlsx", sheets), **options)


def test_sections_and_checkpoints_arrive_as_written(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    sections, stops, posts = _rows(db, PatrolSection), _rows(db, Checkpoint), _rows(db, Post)
    first, second = sections["S1"], sections["S2"]
    assert first.path == [[24.002, 97.802], [24.004, 97.804], [24.006, 97.804]]
    assert (first.post_id, first.area_id) == (posts["P1"].id, posts["P1"].area_id)
    assert (first.checklist, first.times) == ("border", "02:30 22:00")
    assert (second.path, second.post_id, second.times, second.checklist) == ([], None, "", "")
    assert (stops["C1"].section_id, stops["C1"].position, stops["C1"].radius) == (first.id, 0, 30)
    assert (stops["C2"].section_id, stops["C2"].position, stops["C2"].radius) == (first.id, 1, None)
    assert (stops["C3"].latitude, stops["C3"].position) == (None, 0)
    assert len({stop.qr_code for stop in stops.values()}) == 3
    assert all(len(stop.qr_code) >= 20 for stop in stops.values())


def test_the_same_file_again_changes_nothing(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    codes = {code: stop.qr_code for code, stop in _rows(db, Checkpoint).items()}
    assert _again(db, tmp_path, _book()).size == 0
    assert {code: stop.qr_code for code, stop in _rows(db, Checkpoint).items()} == codes
    assert version_of(db) >= 1


def test_changes_removals_and_returns(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    before = _rows(db, Checkpoint)
    sheets = _book()
    sheets["必到点"] = [
        sheets["必到点"][0],
        ["C2", "S1", "界碑", 24.0061, 97.804, None],
        ["C3", "S2", "水塔", None, None, None],
    ]
    sheets["巡逻段"][1][4] = "24.002,97.802; 24.009,97.809"
    plan = _again(db, tmp_path, sheets)
    changed = {name: (len(t.changes), len(t.removals)) for name, t in plan.tables.items() if t.size}
    assert changed == {"section": (1, 0), "checkpoint": (1, 1)}
    after = _rows(db, Checkpoint)
    assert (after["C1"].removed_at, after["C2"].position) == (NOW, 0)
    assert _rows(db, PatrolSection)["S1"].path[1] == [24.009, 97.809]
    _again(db, tmp_path, _book())
    assert _rows(db, Checkpoint)["C1"].removed_at is None
    assert _rows(db, Checkpoint)["C1"].qr_code == before["C1"].qr_code


def test_the_checkpoints_of_a_section_go_with_it(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    sheets = {"巡逻段": _book()["巡逻段"][:2]}
    plan = _again(db, tmp_path, sheets)
    assert [step.key for step in plan.tables["checkpoint"].removals] == [("C3",)]
    assert _rows(db, Checkpoint)["C3"].removed_at == NOW


def test_a_post_that_a_section_needs_is_not_removed_alone(db: Database, tmp_path: Path) -> None:
    sheets = _book()
    del sheets["轮班"]
    _again(db, tmp_path, sheets)
    sheets = {"卡点": [sheets["卡点"][0], sheets["卡点"][2]]}
    found = plan_of(db, save(tmp_path / "p.xlsx", sheets)).problems.first
    assert ("roster-still-used-post", "S1") in [(p.key, p.facts.get("by")) for p in found]


def test_places_on_chinese_maps_are_converted(db: Database, tmp_path: Path) -> None:
    sheets = _book()
    sheets["设置"] = [["坐标系", "GCJ-02"]]
    _again(db, tmp_path, sheets)
    wanted = [round(value, 7) for value in gcj02.to_wgs84(24.004, 97.804)]
    stop = _rows(db, Checkpoint)["C1"]
    assert [stop.latitude, stop.longitude] == wanted == _rows(db, PatrolSection)["S1"].path[1]
    assert _again(db, tmp_path, sheets).size == 0


@pytest.mark.parametrize(
    ("sheet", "row", "column", "cell", "kind"),
    [
        ("巡逻段", 2, 5, "24.002,97.802", "bad-path"),
        ("巡逻段", 2, 5, "从老渡口到界碑", "bad-path"),
        ("巡逻段", 2, 5, "97.802,24.002; 97.804,24.004", "bad-degrees"),
        ("巡逻段", 2, 6, "看看", "unknown-word"),
        ("巡逻段", 2, 7, "晚上", "bad-moment"),
        ("巡逻段", 2, 7, "25:00", "bad-moment"),
        ("巡逻段", 2, 4, "P9", "unknown-post"),
        ("巡逻段", 3, 3, None, "no-place"),
        ("必到点", 2, 2, "S9", "unknown-section"),
        ("必到点", 3, 1, "C1", "duplicate"),
        ("必到点", 2, 5, None, "half-place"),
        ("必到点", 2, 6, 3, "out-of-range"),
        ("轮班", 2, 1, "P9", "unknown-post"),
        ("轮班", 2, 2, "四班倒", "unknown-word"),
        ("轮班", 2, 3, "早上", "bad-start"),
        ("轮班", 2, 4, "08:00", "bad-day"),
        ("轮班", 2, 5, "2026-11-30", "ends-before"),
        ("轮班", 2, 6, "W1/W9", "unknown-person"),
        ("轮班", 2, 6, "W1/W1", "crew-twice"),
        ("轮班", 2, 6, "W1、W2", "one-crew"),
        ("轮班", 2, 6, "张三/李四", "bad-code"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(
    db: Database, tmp_path: Path, sheet: str, row: int, column: int, cell: Any, kind: str
) -> None:
    sheets = _book()
    sheets[sheet][row - 1][column - 1] = cell
    plan = plan_of(db, save(tmp_path / "f.xlsx", sheets))
    assert (kind, sheet, row) in [found[:3] for found in problems_of(plan)]
    for locale in LOCALES:
        assert all("roster-" not in problem.line(translator(locale)) for problem in plan.problems.first)


def test_a_rotation_is_set_as_in_the_chat(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    other = new_database(_folder(tmp_path))
    sheets = _book()
    del sheets["轮班"]
    bring_in(other, save(tmp_path / "o.xlsx", sheets))
    people, posts = _rows(other, Person), _rows(other, Post)
    cycle = in_turn(pattern_spans(Pattern.TWO_TWELVE, time(8)), 2)
    crews = [[people["W1"].id], [people["W2"].id, people["S1"].id]]
    with other.write_now() as session:
        rotations.set_rotation(
            Work(session, OPERATOR, NOW, SETTINGS),
            posts["P1"].id,
            RotationPlan(Pattern.TWO_TWELVE, cycle, crews, date(2026, 12, 1)),
        )
    assert _planned(db) == _planned(other)
    assert len(_planned(db)) > 8


def test_a_rotation_set_already_is_left_and_a_new_one_replaces_it(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    assert _again(db, tmp_path, _book()).rotations == []
    sheets = _book()
    sheets["轮班"][1] = ["P1", "自定", "9-17，17-9", date(2026, 12, 3), "2026-12-20", "W2/W1"]
    assert len(_again(db, tmp_path, sheets).rotations) == 1
    with db.read() as session:
        found = session.execute(
            select(col(Rotation.pattern), col(Rotation.until)).order_by(col(Rotation.id))
        ).all()
    assert [tuple(row) for row in found] == [
        (Pattern.TWO_TWELVE, date(2026, 12, 2)),
        (Pattern.CUSTOM, date(2026, 12, 20)),
    ]
    assert _again(db, tmp_path, sheets).size == 0


def test_what_was_changed_in_the_chat_since_is_not_undone_by_an_old_row(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    with db.write_now() as session:
        session.execute(update(Rotation).values(until=date(2026, 12, 5)))
    plan = _again(db, tmp_path, _book(), now=NOW + timedelta(days=20))
    assert plan.rotations == []
    assert [warning.key for warning in plan.warnings.first] == ["roster-rotation-past"]


def test_posts_that_the_sheet_does_not_name_keep_their_rotation(db: Database, tmp_path: Path) -> None:
    _again(db, tmp_path, _book())
    sheets = {"轮班": [_book()["轮班"][0], ["P2", "三班倒", None, "2026-12-01", None, "W1/W2/S1"]]}
    _again(db, tmp_path, sheets)
    with db.read() as session:
        running = select(func.count()).select_from(Rotation).where(col(Rotation.until).is_(None))
        assert session.execute(running).scalar_one() == 2


def test_the_preview_tells_of_everything(db: Database, tmp_path: Path) -> None:
    plan = plan_of(db, save(tmp_path / "f.xlsx", _book()))
    for locale in LOCALES:
        told = "\n".join(report.lines(plan, "f.xlsx", translator(locale), SETTINGS.work.zone, show=5))
        assert "71号界碑段" in told
        assert "P1 2026-12-01 08:00–20:00，20:00–08:00: W1 / W2、S1" in told
    made = report.as_json(plan, SETTINGS.work.zone, translator("zh_CN"))
    assert made["tables"]["rotation"]["counts"] == {"add": 1, "change": 0, "remove": 0}
    assert made["tables"]["checkpoint"]["counts"]["add"] == 3
    assert json.loads(json.dumps(made)) == made


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "other"
    folder.mkdir()
    return folder


def _planned(db: Database) -> list[tuple[Any, ...]]:
    """Every planned shift with its people, by codes."""
    with db.read() as session:
        rows = session.execute(
            select(
                col(Shift.code), col(Shift.starts_at), col(Shift.ends_at), col(Shift.duty_type),
                col(Person.code), col(ShiftMember.is_lead),
            )
            .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
            .join(Person, col(Person.id) == col(ShiftMember.person_id))
            .where(col(Shift.rotation_id).is_not(None))
            .order_by(col(Shift.starts_at), col(Person.code))
        ).all()  # fmt: skip
        assert session.execute(select(func.count()).select_from(RotationMember)).scalar_one() == 3
    return [tuple(row) for row in rows]
