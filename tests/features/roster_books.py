"""Workbooks and databases for the roster's tests."""

import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
from sqlalchemy import select
from sqlmodel import col

from bot.access import OPERATOR, Work
from bot.features import roster
from bot.settings import Settings
from bot.storage.database import Database
from models import Marker
from tests.layouts import with_tables

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SETTINGS = Settings()
Book = dict[str, list[list[Any]]]

SMALL: Book = {
    "区域": [
        ["编码", "名称", "级别", "上级", "纬度", "经度", "半径"],
        ["DH", "德宏州", "州", None, None, None, None],
        ["RL", "瑞丽市", "县市", "DH", 24.01, 97.85, None],
        ["RL-1", "勐卯镇", "乡镇", "RL", None, None, None],
        ["RL-1-1", "芒棒村", "村", "RL-1", 24.0, 97.8, 300],
        ["G1", "第1网格", "网格", "RL-1-1", 24.001, 97.801, None],
        ["G2", "第2网格", "网格", "RL-1-1", None, None, None],
    ],
    "卡点": [
        ["编码", "名称", "区域", "防线", "纬度", "经度", "半径"],
        ["P1", "一号卡点", "RL-1-1", "边", 24.002, 97.802, 150],
        ["P2", "二号卡点", "RL-1", None, None, None, None],
    ],
    "人员": [
        ["编码", "姓名", "电话", "区域", "职务", "卡点", "语言"],
        ["W1", "岩温", "10400000001", "G1", "信息员", "P1、P2", "中文"],
        ["W2", "玉罕", None, "G2", None, None, "en"],
        ["S1", "排早", "+8610400000003", "RL-1", None, None, None],
    ],
    "角色": [
        ["人员", "角色", "区域"],
        ["W1", "网格员", "G1"],
        ["W2", "中心户", "G2"],
        ["S1", "书记/网格长", "RL-1"],
    ],
    "联户": [["中心户", "区域", "户数"], ["W2", "G2", 8]],
    "班次": [
        ["编码", "卡点", "区域", "值守类型", "开始", "结束", "人员", "带班"],
        ["B1", "P1", None, "border", "2026-11-23 20:00", "08:00", "W1,W2", "W1"],
        ["B2", None, "G1", None, datetime(2026, 11, 24, 8), datetime(2026, 11, 25, 8), "W1", None],
    ],
}


def book() -> Book:
    """A small roster to be changed at will."""
    return copy.deepcopy(SMALL)


def save(file: Path, sheets: Book) -> Path:
    """The sheets as a workbook."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    workbook.save(file)
    return file


def new_database(folder: Path) -> Database:
    """An empty database with every table."""
    return with_tables(folder / "test.sqlite3")


def plan_of(db: Database, file: Path, **options: Any) -> roster.Plan:
    """The plan of an import."""
    settings = options.pop("settings", SETTINGS)
    with db.read() as session:
        work = Work(session, OPERATOR, options.pop("now", NOW), settings)
        return roster.plan(work, file, **options)


def bring_in(db: Database, file: Path, *, allow_removals: bool = False, **options: Any) -> roster.Plan:
    """Plan an import and carry it out."""
    plan = plan_of(db, file, **options)
    now = options.get("now", NOW)
    plan.allow_removals = allow_removals
    roster.apply(db, OPERATOR, plan, now=now, settings=SETTINGS)
    return plan


def problems_of(plan: roster.Plan) -> list[tuple[str, str, int | None, str]]:
    """Kind, sheet, row and column of each problem."""
    found = plan.problems.first
    return [(p.key.removeprefix("roster-"), p.sheet, p.row, p.column) for p in found]


def version_of(db: Database) -> int:
    """The roster's version."""
    with db.read() as session:
        query = select(col(Marker.value)).where(col(Marker.name) == "roster_version")
        return int(session.execute(query).scalar() or 0)
