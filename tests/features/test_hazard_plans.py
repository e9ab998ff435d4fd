"""Boards of hazards look only at what is open where the reader may look."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.access import Actor, ActorKind, Holding, Work
from bot.features.cases import lists
from bot.features.cases.lists import Wanted
from bot.features.hazards.repository import HAZARD
from bot.settings import Settings
from bot.storage.database import Database
from models import RoleName
from tests.e2e.town import settle_in
from tests.layouts import migrated

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SETTINGS = Settings()
PATH = "DH/DH-MS/DH-MS-1/"
SUPERVISOR = Actor(ActorKind.PERSON, 7, "方志强", 3, PATH, (Holding(RoleName.SUPERVISOR, PATH),), 1, 7, 7)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A township as migrations make it."""
    opened = migrated(tmp_path / "plans.sqlite3")
    with opened.write_now() as session:
        settle_in(session)
    yield opened
    opened.close()


@pytest.fixture
def plan(db: Database) -> list[str]:
    """How the queries of a test reach the hazards."""
    found: list[str] = []

    def explain(_: Any, cursor: Any, statement: str, parameters: Any, __: Any, many: bool) -> None:
        if not many and statement.lstrip().startswith("SELECT"):
            rows = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            found.extend(row[3] for row in rows if row[3].split()[1].startswith("hazard"))

    event.listen(db.reader, "before_cursor_execute", explain)
    return found


@pytest.mark.parametrize("category", ["", "fire"])
@pytest.mark.parametrize("board", ["area", "late", "check"])
def test_of_few_areas_what_is_open_in_each_is_read(
    db: Database, plan: list[str], board: str, category: str
) -> None:
    with db.read() as session:
        lists.page(Work(session, SUPERVISOR, NOW, SETTINGS), HAZARD, Wanted(board, 0, category))
    assert any("ix_hazard_open_area (area_id=?)" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") or "ix_hazard_state" in step]


@pytest.mark.parametrize("category", ["", "fire"])
@pytest.mark.parametrize("board", ["area", "late", "check"])
def test_of_many_areas_it_is_read_by_due_time_until_the_page_is_full(
    db: Database, plan: list[str], board: str, category: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "_FEW_AREAS", 0)
    with db.read() as session:
        lists.page(Work(session, SUPERVISOR, NOW, SETTINGS), HAZARD, Wanted(board, 0, category))
    served = ("ix_hazard_open_due", "ix_hazard_open_kind", "ix_hazard_state_due")
    assert any(index in step for step in plan for index in served)
    # Through an index that holds the open ones alone, or not at all.
    assert not [step for step in plan if step.startswith("SCAN") and "ix_hazard_open" not in step]


def test_ones_own_are_found_by_oneself(db: Database, plan: list[str]) -> None:
    with db.read() as session:
        lists.page(Work(session, SUPERVISOR, NOW, SETTINGS), HAZARD, Wanted("mine"))
    assert any("ix_hazard_reporter (reported_by=?)" in step for step in plan)
    assert any("ix_hazard_assignee_person (person_id=?)" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN")]
