"""Reminders by rule, as they are looked at once more just before they are sent."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlmodel import col

from bot.access import SYSTEM, Actor, ActorKind, Work
from bot.features.reminders import reminders
from bot.features.reminders.notices import Reminder
from bot.features.reminders.reminders import remind
from bot.settings import load
from bot.settings.reminders import ReminderRule
from bot.storage.values import raise_roster_version
from models import Account, Area, OutboxRow, Person, Role, Shift, ShiftMember, Timetable
from tests.layouts import with_tables

MOMENT = datetime.fromisoformat("2026-11-23T09:30:00+08:00")


def test_who_lost_the_role_meanwhile_is_not_reminded_of_it(tmp_path: Path) -> None:
    db = with_tables(tmp_path / "reminders.sqlite3")
    reader = Actor(ActorKind.PERSON, 1)
    told = Reminder("好", "x", "role", "supervisor", 7, MOMENT)
    with db.write_now() as session:
        session.add(Area(id=1, code="DH", name="德宏州", kind="prefecture", path="DH/"))
        session.flush()
        session.add(Person(id=1, code="P1", name="刀建国", area_id=1))
        session.flush()
        session.add(Role(id=7, person_id=1, role="supervisor", area_id=1))
        session.flush()
        assert reminders.load(session, reader, told) == told
        session.execute(delete(Role).where(col(Role.id) == 7))
        assert reminders.load(session, reader, told) is None
    db.close()


RULE = ReminderRule(code="weekly", when="cron", who="supervisor", cron="0 9 * * *", zh_CN="好", en="x")
BEFORE = ReminderRule(
    code="before", when="shift_start", who="absent", minutes=-10, until_minutes=20, zh_CN="好", en="x"
)
SETTINGS = load(None, {})


class Day:
    """A supervisor of an area, who gets what the rules say, minute by minute."""

    def __init__(self, folder: Path) -> None:
        self.db = with_tables(folder / "day.sqlite3")
        self.now = datetime.fromisoformat("2026-11-23T08:00:00+08:00")
        with self.db.write_now() as session:
            session.add(Area(id=1, code="DH", name="德宏州", kind="prefecture", path="DH/"))
            session.flush()
            session.add(Person(id=1, code="P1", name="刀建国", area_id=1))
            session.flush()
            session.add(Role(id=7, person_id=1, role="supervisor", area_id=1))
            session.add(Account(bot=0, user_id=5, chat_id=5, person_id=1, joined_at=self.now))

    def until(self, clock: str, rule: ReminderRule) -> int:
        """Let it become this time; how many reminders there are."""
        hour, minute = map(int, clock.split(":"))
        end = self.now.replace(hour=hour, minute=minute)
        with self.db.write_now() as session:
            while self.now <= end:
                remind(Work(session, SYSTEM, self.now, SETTINGS), rule, self.now, 0, 50)
                self.now += timedelta(minutes=1)
        with self.db.read() as session:
            return len(session.execute(select(col(OutboxRow.id))).all())

    def choose(self, time: str) -> None:
        """The area chooses a time, now."""
        with self.db.write_now() as session:
            session.execute(delete(Timetable))
            at = self.now - timedelta(seconds=30)
            session.add(Timetable(rule="weekly", area_id=1, time=time, set_at=at))

    def shift(self, starts_at: str) -> None:
        """Somebody enters a shift."""
        hour, minute = map(int, starts_at.split(":"))
        at = self.now.replace(hour=hour, minute=minute)
        with self.db.write_now() as session:
            shift = {"code": starts_at, "area_id": 1, "duty_type": "grid", "starts_at": at}
            shift["ends_at"] = at + timedelta(hours=8)
            number = session.execute(insert(Shift).values(**shift).returning(col(Shift.id))).scalar_one()
            session.execute(insert(ShiftMember).values(shift_id=number, person_id=1))
            raise_roster_version(session)


@pytest.mark.parametrize(
    ("changed", "time"),
    [
        ("08:20", "08:10"), ("08:20", "08:20"), ("08:20", "08:30"), ("08:20", "10:00"), ("08:59", "08:00"),
        ("09:30", "09:20"), ("09:30", "09:31"), ("09:30", "10:00"), ("09:30", "08:00"), ("09:00", "09:00"),
    ],
)  # fmt: skip
def test_a_reminder_whose_time_is_moved_that_day_comes_once(tmp_path: Path, changed: str, time: str) -> None:
    day = Day(tmp_path)
    day.until(changed, RULE)
    day.choose(time)
    assert day.until("11:00", RULE) == 1
    day.now = day.now.replace(hour=7) + timedelta(days=1)
    assert day.until("11:00", RULE) == 2
    day.db.close()


@pytest.mark.parametrize(
    ("entered", "starts_at", "reminders"),
    [
        ("08:00", "09:00", 1), ("08:45", "09:00", 1), ("08:52", "09:00", 1), ("08:59", "09:00", 1),
        ("09:05", "09:00", 1), ("09:15", "09:00", 0),
    ],
)  # fmt: skip
def test_a_shift_entered_late_has_its_reminder_once(
    tmp_path: Path, entered: str, starts_at: str, reminders: int
) -> None:
    day = Day(tmp_path)
    day.until(entered, BEFORE)
    day.shift(starts_at)
    assert day.until("09:40", BEFORE) == reminders
    day.shift("14:00")
    assert day.until("13:40", BEFORE) == reminders
    day.db.close()
