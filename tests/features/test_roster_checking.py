"""Rows that are wrong by themselves, and rows that do not fit together."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from bot.features.roster import cells
from bot.features.roster.problems import SHOWN
from bot.storage.database import Database
from tests.features.roster_books import book, bring_in, new_database, plan_of, problems_of, save


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return new_database(tmp_path)


def _problems(db: Database, tmp_path: Path, sheet: str, row: list[Any]) -> set[tuple[str, str]]:
    """Kind and column of what is wrong with one more row, which stands last in its sheet."""
    sheets = book()
    sheets[sheet].append(row)
    found = problems_of(plan_of(db, save(tmp_path / "f.xlsx", sheets)))
    assert {(sheet, row) for _, sheet, row, _ in found} <= {(sheet, len(sheets[sheet]))}
    return {(kind, column) for kind, _, _, column in found}


@pytest.mark.parametrize(
    ("sheet", "row", "expected"),
    [
        ("区域", ["G1", "重", "网格", "RL-1-1"], {("duplicate", "编码")}),
        ("区域", ["a/b", "x", "网格", "RL"], {("bad-code", "编码")}),
        ("区域", ["X", None, "街坊", "RL"], {("empty", "名称"), ("unknown-word", "级别")}),
        ("区域", ["X", "x", "网格", "没有"], {("bad-code", "上级")}),
        ("区域", ["X", "x", "网格", "NO"], {("unknown-area", "上级")}),
        ("区域", ["X", "x", "县市", "G1"], {("kind-order", "上级")}),
        ("区域", ["X", "x", "网格", "X"], {("cycle", "上级")}),
        ("区域", ["X", "x", "网格", "RL", 98.5, 24.4], {("bad-degrees", "纬度")}),
        ("区域", ["X", "x", "网格", "RL", 24.4, None], {("half-place", "")}),
        ("区域", ["X", "x", "网格", "RL", "二十", 98, 5], {("bad-number", "纬度"), ("out-of-range", "半径")}),
        ("卡点", ["X", "x", "NO", "东"], {("unknown-word", "防线")}),
        ("卡点", ["X", "x", "NO", "援"], {("unknown-area", "区域")}),
        ("人员", ["X", "x", "12345", "G1"], {("bad-phone", "电话")}),
        ("人员", ["X", "x", None, "G1", None, "P1 NO", "法语"], {("unknown-word", "语言")}),
        ("人员", ["X", "x", None, "G1", None, "P1 NO"], {("unknown-post", "卡点")}),
        ("角色", ["NO", "网格员", "G9"], {("unknown-person", "人员"), ("unknown-area", "区域")}),
        ("角色", ["W1", "班长", "G1"], {("unknown-word", "角色")}),
        ("角色", ["W1", "grid worker", "G1"], {("duplicate", "")}),
        ("联户", ["W1", "G1", None], {("empty", "户数")}),
        ("联户", ["W1", "G1", 7.5], {("bad-number", "户数")}),
        ("联户", ["W1", "G1", -1], {("out-of-range", "户数")}),
        ("班次", ["X", None, None, None, "2026-11-23 08:00", "09:00"], {("no-place", "")}),
        ("班次", ["X", "P1", None, None, "08:00", "09:00"], {("no-start", "")}),
        ("班次", ["X", "P1", None, None, "2026-11-23 08:00", "2026-11-23 08:00"], {("ends-before", "")}),
        ("班次", ["X", "P1", None, None, "2026-11-23 08:00", "2027-11-23 08:00"], {("shift-too-long", "")}),
        ("班次", ["X", "P1", None, "夜", "2026-11-23 25:00", "9点"], {("bad-moment", "开始"),
            ("bad-moment", "结束"), ("unknown-word", "值守类型")}),
        ("班次", ["X", "P9", None, None, "2026-11-23 08:00", "09:00", "W9", "S9"],
            {("unknown-post", "卡点"), ("unknown-person", "人员"), ("unknown-person", "带班")}),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_column(
    db: Database, tmp_path: Path, sheet: str, row: list[Any], expected: set[tuple[str, str]]
) -> None:
    assert _problems(db, tmp_path, sheet, row) == expected


def test_a_circle_of_areas_is_told_once(db: Database, tmp_path: Path) -> None:
    sheets = book()
    sheets["区域"] += [
        ["A", "a", "村", "B"],
        ["B", "b", "村", "C"],
        ["C", "c", "村", "A"],
        ["D", "d", "网格", "A"],
    ]
    found = problems_of(plan_of(db, save(tmp_path / "f.xlsx", sheets)))
    assert [kind for kind, *_ in found] == ["cycle"]


def test_a_faulty_row_does_not_make_its_code_unknown(db: Database, tmp_path: Path) -> None:
    sheets = book()
    sheets["人员"][1][1] = None
    assert problems_of(plan_of(db, save(tmp_path / "f.xlsx", sheets))) == [("empty", "人员", 2, "姓名")]


def test_all_faults_are_counted_and_the_first_shown(db: Database, tmp_path: Path) -> None:
    sheets = book()
    sheets["角色"] += [[f"N{number}", "网格员", "G1"] for number in range(SHOWN + 50)]
    plan = plan_of(db, save(tmp_path / "f.xlsx", sheets))
    assert (plan.problems.total, len(plan.problems.first)) == (SHOWN + 50, SHOWN)


def test_codes_of_the_database_count_where_a_sheet_is_absent(db: Database, tmp_path: Path) -> None:
    sheets = book()
    bring_in(db, save(tmp_path / "f.xlsx", sheets))
    only = {"角色": [*sheets["角色"], ["W2", "班组成员", "RL"], ["W7", "成员", "RL"]]}
    assert problems_of(plan_of(db, save(tmp_path / "f.xlsx", only))) == [
        ("unknown-person", "角色", 6, "人员")
    ]


def test_a_shared_phone_is_remarked_on_only(db: Database, tmp_path: Path) -> None:
    sheets = book()
    sheets["人员"][2][2] = "104 0000-0001"
    plan = plan_of(db, save(tmp_path / "f.xlsx", sheets))
    assert not plan.problems
    assert [(w.key, w.row, w.facts) for w in plan.warnings.first] == [
        ("roster-same-phone", 3, {"other": "2"})
    ]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (13800138000.0, "+8613800138000"),
        ("138 0013-8000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("008613800138000", "+8613800138000"),
        ("＋86（138）00138000", "+8613800138000"),
        ("0692-2121234", "+866922121234"),
        ("+95 9 123 456 789", "+959123456789"),
        ("", None),
    ],
)
def test_phones_are_brought_to_one_form(written: Any, stored: str | None) -> None:
    assert cells.phone(written) == stored


@pytest.mark.parametrize("written", ["23800138000", "1380013800", "+86138001380001", "abc", "+0123456789"])
def test_other_numbers_are_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        cells.phone(written)


def test_moments_in_many_ways() -> None:
    eight = datetime(2026, 11, 23, 8)
    for written in ("2026-11-23 08:00", "2026/11/23 8:00", "2026年11月23日 8时00分", "2026-11-23T08:00:00"):
        assert cells.moment(written) == eight
    assert cells.moment(datetime(2026, 11, 23, 7, 59, 59, 999_999)) == eight
    assert cells.moment("2026-11-23 24:00") == datetime(2026, 11, 24)
    assert cells.moment("24:00") == time(0)


def test_shift_times_are_local_and_may_run_over_midnight(db: Database, tmp_path: Path) -> None:
    sheets = {key: book()[key] for key in ("区域", "卡点", "人员")}
    sheets["班次"] = [
        ["编码", "卡点", "日期", "开始", "结束"],
        ["N", "P1", datetime(2026, 11, 23), time(20), time(8)],
        ["D", "P1", "2026-11-23", "08:00", "08:00"],
        ["E", "P1", None, "2026-11-23 08:00", "16:00"],
    ]
    plan = plan_of(db, save(tmp_path / "f.xlsx", sheets))
    assert not plan.problems
    times = {
        step.key[0]: tuple(at.astimezone(UTC) for at in step.values[3:]) for step in plan.tables["shift"].adds
    }
    assert times == {
        "N": (datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 24, 0, tzinfo=UTC)),
        "D": (datetime(2026, 11, 23, 0, tzinfo=UTC), datetime(2026, 11, 24, 0, tzinfo=UTC)),
        "E": (datetime(2026, 11, 23, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
    }
