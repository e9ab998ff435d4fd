"""Somebody who fills in forms, without a bot around."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.forms.steps import Filling
from bot.settings import DatabaseSettings, Settings
from models import Account, Person
from tests.layouts import with_town

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def filling(tmp_path: Path) -> Iterator[Filling]:
    """岩罕 at ten in the morning, with nothing filled in; undone after the test."""
    db = with_town(tmp_path / "forms.sqlite3")
    settings = Settings(database=DatabaseSettings(url=db.url, synchronous="OFF"))
    with db.write_now() as session:
        person = session.execute(select(col(Person.id)).where(col(Person.name) == "岩罕")).scalar_one()
        session.add(Account(bot=0, user_id=77, chat_id=77, person_id=person or 0, joined_at=NOW))
        session.flush()
        actor = access.actors_of(session, 0, [77])[77]
        yield Filling(session, actor, NOW, NOW, settings)
    db.close()
