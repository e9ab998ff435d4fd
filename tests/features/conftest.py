"""The town, for those who leave it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlmodel import Session, col

from bot.storage.database import Database
from models import Account, Person
from tests.features.leaving_office import NOW, SETTINGS, Office
from tests.layouts import with_town


@pytest.fixture(scope="module")
def office_db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The town, everybody with an account."""
    file: Path = tmp_path_factory.mktemp("leavers") / "leavers.sqlite3"
    opened = with_town(file)
    with opened.write_now() as session:
        for number in session.execute(select(col(Person.id))).scalars().all():
            account = {"bot": SETTINGS.bot_id, "user_id": 100 + (number or 0), "chat_id": 100 + (number or 0)}
            session.execute(insert(Account).values(**account, person_id=number, joined_at=NOW))
    yield opened
    opened.close()


@pytest.fixture
def office(office_db: Database) -> Iterator[Office]:
    """The town; what a test does there is undone."""
    with Session(office_db.writer) as session:
        yield Office(session)
        session.rollback()
