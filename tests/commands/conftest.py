"""The command line, and Telegram played for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.runner import Playground
from bot.settings import DatabaseSettings, Settings, load
from bot.storage import migrations
from bot.storage.database import Database
from tests.commands.gridduty import Gridduty
from tests.warm import Warm


@pytest.fixture
def playground() -> Iterator[Playground]:
    """Telegram on this machine."""
    with Playground() as played:
        yield played


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Settings of a fresh SQLite database and photo store."""
    return {
        "GRIDDUTY_TELEGRAM__TOKEN": "1000001:" + "t" * 35,
        "GRIDDUTY_TELEGRAM__BASE_URL": "http://127.0.0.1:9/bot",
        "GRIDDUTY_DATABASE__URL": f"sqlite:///{tmp_path}/data/gridduty.sqlite3",
        "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
        "GRIDDUTY_PHOTOS__URL": f"file://{tmp_path}/photos",
        "GRIDDUTY_TELEGRAM__POLL_SECONDS": "5",
    }


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """What runs the commands."""
    process = Warm()
    yield process
    process.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "gridduty.sqlite3"
    db = Database(DatabaseSettings(url=f"sqlite:///{file}", synchronous="OFF"))
    migrations.migrate(db)
    # The last reader gone, the log is written back: the file is the whole database.
    db.reader.dispose()
    db.close()
    return file


@pytest.fixture
def unmigrated(environment: dict[str, str], warm: Warm, tmp_path: Path) -> Gridduty:
    """The command line with nothing set up."""
    return Gridduty(tmp_path, warm, environment)


@pytest.fixture
def gridduty(unmigrated: Gridduty, migrated: Path) -> Gridduty:
    """The command line with a migrated database."""
    (unmigrated.folder / "data").mkdir()
    shutil.copy(migrated, unmigrated.folder / "data")
    return unmigrated


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    """The settings the commands run with."""
    return load(None, environment)


@pytest.fixture
def db(gridduty: Gridduty, settings: Settings) -> Iterator[Database]:
    """The database the commands work on."""
    opened = Database(settings.database)
    yield opened
    opened.close()
