"""Somebody who fills in forms, without a bot around."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel, col

from bot import access
from bot.forms.steps import Filling
from bot.settings import DatabaseSettings, Settings
from bot.storage.database import Database
from models import Account, Person
from tests.e2e.town import settle_in

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def filling(tmp_path: Path) -> Iterator[Filling]:
    """岩罕 at ten in the morning, with nothing filled in; undone after the test."""
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite:///{tmp_path}/forms.sqlite3", synchronous="OFF")
    )
    db = Database(settings.database)
    SQLModel.metadata.create_all(db.writer)
    with db.write_now() as session:
        settle_in(session)
        person = session.execute(select(col(Person.id)).where(col(Person.name) == "岩罕")).scalar_one()
        session.add(Account(bot=0, user_id=77, chat_id=77, person_id=person or 0, joined_at=NOW))
        session.flush()
        actor = access.actors_of(session, 0, [77])[77]
        yield Filling(session, actor, NOW, NOW, settings)
    db.close()
