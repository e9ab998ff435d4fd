"""The command line, and Telegram played for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground.runner import Playground
from bot.settings import Settings, load
from bot.storage.database import Database
from tests import layouts
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


@pytest.fixture
def unmigrated(environment: dict[str, str], warm: Warm, tmp_path: Path) -> Gridduty:
    """The command line with nothing set up."""
    return Gridduty(tmp_path, warm, environment)


@pytest.fixture
def gridduty(unmigrated: Gridduty) -> Gridduty:
    """The command line with a migrated database."""
    (unmigrated.folder / "data").mkdir()
    layouts.migrated(unmigrated.folder / "data" / "gridduty.sqlite3").close()
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
