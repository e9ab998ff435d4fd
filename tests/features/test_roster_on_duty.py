"""A roster that changes while people are on duty."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from bot.access import SYSTEM, Work
from bot.features.duty import check_out
from bot.storage.database import Database
from models import CheckIn, Person, Shift
from tests.features.roster_books import NOW, SETTINGS, book, bring_in, new_database, save

# The night shift B1: from eight in the evening to eight in the morning in Dehong.
STARTS, ENDS = datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 24, 0, tzinfo=UTC)
CLOSE_AFTER = timedelta(minutes=SETTINGS.checkin.close_after_minutes)


def _on_duty(db: Database) -> None:
    """岩温 has checked in to the night shift."""
    with db.write_now() as session:
        person = session.execute(select(Person).where(col(Person.code) == "W1")).scalar_one()
        shift = session.execute(select(Shift).where(col(Shift.code) == "B1")).scalar_one()
        session.add(
            CheckIn(
                person_id=person.id,
                area_id=shift.area_id,
                shift_id=shift.id,
                duty_type="border",
                work_day=STARTS.date(),
                in_at=STARTS,
                close_at=ENDS + CLOSE_AFTER,
            )
        )


def _record(db: Database) -> CheckIn:
    with db.read() as session:
        found: CheckIn = session.execute(select(CheckIn)).scalar_one()
        return found


def _close(db: Database, now: datetime) -> None:
    with db.write_now() as session:
        check_out.close_overdue(Work(session, SYSTEM, now, SETTINGS))


def test_nobody_is_checked_out_while_a_lengthened_shift_goes_on(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    bring_in(db, save(tmp_path / "f.xlsx", book()))
    _on_duty(db)
    longer = book()
    longer["班次"][1][5] = "2026-11-24 12:00"
    bring_in(db, save(tmp_path / "g.xlsx", longer), now=NOW)
    _close(db, ENDS + timedelta(hours=3))
    assert _record(db).out_at is None
    _close(db, ENDS + timedelta(hours=4) + CLOSE_AFTER)
    assert _record(db).out_at == ENDS + timedelta(hours=4)


def test_a_change_that_leaves_the_shift_alone_leaves_its_check_ins_alone(tmp_path: Path) -> None:
    db = new_database(tmp_path)
    bring_in(db, save(tmp_path / "f.xlsx", book()))
    _on_duty(db)
    other = book()
    other["班次"][2][5] = datetime(2026, 11, 25, 9)
    bring_in(db, save(tmp_path / "g.xlsx", other))
    assert _record(db).close_at == ENDS + CLOSE_AFTER
