"""What was written by the old rule is read, and put right once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.features.figures import redating, rollups
from bot.settings import load
from bot.storage.database import Database
from models import Area, CheckIn, Patrol, Person, Rollup, Shift, ShiftMember, Touched
from tests.layouts import with_tables

SETTINGS = load(None, {})
# 03:35 of Monday the 23rd, in China.
STARTS = datetime(2026, 11, 22, 19, 35, tzinfo=UTC)
NOW = STARTS + timedelta(days=2)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A shift with a check-in and a patrol, dated and counted as they used to be."""
    db = with_tables(tmp_path / "old.sqlite3")
    ends = STARTS + timedelta(hours=12)
    with db.write_now() as session:
        session.add(Area(id=1, code="1", name="片", kind="grid", path="1/"))
        session.flush()
        session.add(Person(id=1, code="P1", name="岩罕", area_id=1))
        session.flush()
        shift = {"code": "S", "area_id": 1, "duty_type": "grid", "starts_at": STARTS, "ends_at": ends}
        session.execute(insert(Shift).values(id=1, **shift))
        session.execute(insert(ShiftMember).values(shift_id=1, person_id=1))
        for day, shift_id in ((SUNDAY, 1), (MONDAY, None)):
            at = STARTS if shift_id else STARTS + timedelta(hours=20)
            session.execute(
                insert(CheckIn).values(
                    person_id=1, area_id=1, shift_id=shift_id, duty_type="grid", work_day=day, in_at=at,
                    out_at=at + timedelta(hours=1), close_at=at,
                )
            )  # fmt: skip
        session.execute(
            insert(Patrol).values(
                person_id=1, area_id=1, shift_id=1, checklist="v", started_at=STARTS, ended_at=ends,
                close_at=ends, state="done",
            )
        )  # fmt: skip
        session.execute(insert(Rollup).values(day=SUNDAY, area_id=1, planned=1, present=1, patrols=1))
        session.execute(delete(Touched))
    yield db
    db.close()


def test_old_rows_are_dated_and_counted_anew_once(db: Database) -> None:
    with db.write_now() as session:
        part, after, moved = "", 0, []
        while True:
            many, following = redating.redate(Work(session, SYSTEM, NOW, SETTINGS), part, after)
            moved.append(many)
            if following is None:
                break
            part, after = following
        assert moved == [1, 1, 1]
        assert set(session.execute(select(col(CheckIn.work_day))).scalars()) == {MONDAY}
        rollups.catch_up(Work(session, SYSTEM, NOW, SETTINGS), limit=50)
        found = rollups.kept(session, [SUNDAY, MONDAY], [1])
        assert (SUNDAY, 1) not in found
        assert found[MONDAY, 1].items() >= {"planned": 1, "present": 1, "patrols": 1, "checkins": 2}.items()
        assert redating.redate(Work(session, SYSTEM, NOW, SETTINGS), "", 0) == (0, None)
