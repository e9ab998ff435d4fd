"""What an import does with shifts that rotations plan, or that somebody has changed by hand."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import Session, col

from bot.storage.database import Database
from models import Account, OutboxRow, Person, Rotation, Shift, ShiftMember
from tests.features.roster_books import NOW, Book, book, bring_in, new_database, plan_of, save


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """An imported roster; 岩罕 (W1) and the second worker are to come to B1."""
    made = new_database(tmp_path)
    bring_in(made, save(tmp_path / "first.xlsx", book()))
    return made


def _id(session: Session, model: type[Any], code: str) -> int:
    return int(session.execute(select(col(model.id)).where(col(model.code) == code)).scalar_one())


def _crew(db: Database, shift: str) -> list[tuple[str, str]]:
    with db.read() as session:
        rows = session.execute(
            select(col(Person.code), col(ShiftMember.state))
            .join(ShiftMember, col(ShiftMember.person_id) == col(Person.id))
            .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
            .where(col(Shift.code) == shift)
            .order_by(col(Person.code))
        )
        return [(row.code, row.state) for row in rows]


def _with_shifts(folder: Path, *rows: list[Any]) -> Path:
    sheets: Book = book()
    sheets["班次"] = [sheets["班次"][0], *rows]
    return save(folder / "next.xlsx", sheets)


def test_a_rotations_shifts_are_not_the_workbooks(db: Database, tmp_path: Path) -> None:
    with db.write_now() as session:
        area = session.execute(select(col(Shift.area_id)).where(col(Shift.code) == "B1")).scalar_one()
        session.add(
            Rotation(
                id=1,
                code="R",
                area_id=area,
                duty_type="border",
                pattern="3x8",
                first_day=date(2026, 11, 1),
                made_at=NOW,
            )
        )
        session.flush()
        later = NOW + timedelta(days=3)
        session.add(
            Shift(
                code="R/1",
                area_id=area,
                duty_type="border",
                starts_at=later,
                ends_at=later + timedelta(hours=8),
                rotation_id=1,
            )
        )
    assert plan_of(db, save(tmp_path / "again.xlsx", book())).size == 0


def test_who_was_put_in_by_hand_stays_and_who_was_replaced_stays_out(db: Database, tmp_path: Path) -> None:
    with db.write_now() as session:
        shift, out, into = _id(session, Shift, "B2"), _id(session, Person, "W1"), _id(session, Person, "W2")
        session.execute(text(f"UPDATE shift_member SET state = 'replaced' WHERE shift_id = {shift}"))
        session.add(ShiftMember(shift_id=shift, person_id=into, stands_for=out))
    assert plan_of(db, save(tmp_path / "again.xlsx", book())).size == 0
    assert _crew(db, "B2") == [("W1", "replaced"), ("W2", "planned")]
    listed = _with_shifts(tmp_path, book()["班次"][1], [*book()["班次"][2][:6], "W2", None])
    bring_in(db, listed)
    assert _crew(db, "B2") == [("W1", "replaced"), ("W2", "planned")]


def test_only_whose_next_shift_the_import_changes_is_told(db: Database, tmp_path: Path) -> None:
    with db.write_now() as session:
        for number, code in ((71, "W1"), (72, "W2")):
            person = _id(session, Person, code)
            session.add(Account(bot=1, user_id=number, chat_id=number, person_id=person, joined_at=NOW))
    moved = ["B2", None, "G1", None, "2026-11-24 10:00", "2026-11-25 10:00", "W1", None]
    # B1 is running.
    evening = NOW.replace(hour=15)
    bring_in(db, _with_shifts(tmp_path, book()["班次"][1], moved), now=evening)
    with db.read() as session:
        told = session.execute(
            select(col(OutboxRow.chat_id), col(OutboxRow.kind), col(OutboxRow.facts))
        ).all()
    assert [(row.chat_id, row.facts["what"]) for row in told if row.kind.startswith("shifts.changed")] == [
        (71, "moved")
    ]
