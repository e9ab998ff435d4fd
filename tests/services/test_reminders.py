"""Reminders by rule, as they are looked at once more just before they are sent."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import delete
from sqlmodel import SQLModel, col

from bot.access import Actor, ActorKind
from bot.database import Database
from bot.services import reminders
from bot.settings import DatabaseSettings
from models import Area, Person, Role

MOMENT = datetime.fromisoformat("2026-11-23T09:30:00+08:00")


def test_who_lost_the_role_meanwhile_is_not_reminded_of_it(tmp_path: Path) -> None:
    db = Database(DatabaseSettings(url=f"sqlite:///{tmp_path}/reminders.sqlite3", synchronous="OFF"))
    SQLModel.metadata.create_all(db.writer)
    reader = Actor(ActorKind.PERSON, 1)
    facts = {"about": "role", "who": "supervisor", "id": 7, "moment": MOMENT.isoformat()}
    with db.write_now() as session:
        session.add(Area(id=1, code="DH", name="德宏州", kind="prefecture", path="DH/"))
        session.flush()
        session.add(Person(id=1, code="P1", name="刀建国", area_id=1))
        session.flush()
        session.add(Role(id=7, person_id=1, role="supervisor", area_id=1))
        session.flush()
        assert reminders.load(session, reader, facts) == facts
        session.execute(delete(Role).where(col(Role.id) == 7))
        assert reminders.load(session, reader, facts) is None
    db.close()
