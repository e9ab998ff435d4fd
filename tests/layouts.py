"""Databases that are made once and copied: to make the tables takes a hundred times as long."""

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlmodel import SQLModel

from bot.settings import DatabaseSettings
from bot.storage import migrations
from bot.storage.database import Database
from tests.e2e.town import settle_in


def with_tables(file: Path) -> Database:
    """A new SQLite file with the tables of the models, and nothing in them."""
    return _copied(_tables, file)


def with_town(file: Path) -> Database:
    """A new SQLite file with the township's roster."""
    return _copied(_town, file)


def migrated(file: Path) -> Database:
    """A new SQLite file as the migrations make it, which is what the models say and a revision."""
    return _copied(_migrated, file)


def make_tables(db: Database) -> None:
    """Make the tables of the models in an empty database."""
    SQLModel.metadata.create_all(db.writer)


def make_town(db: Database) -> None:
    """Make the tables and write the township's roster into them."""
    make_tables(db)
    with db.write_now() as session:
        settle_in(session)


def _copied(kept: Callable[[], bytes], file: Path) -> Database:
    file.write_bytes(kept())
    return Database(DatabaseSettings(url=f"sqlite:///{file}", synchronous="OFF"))


@cache
def _tables() -> bytes:
    return _made(make_tables)


@cache
def _town() -> bytes:
    return _made(make_town)


@cache
def _migrated() -> bytes:
    return _made(migrations.migrate)


def _made(make: Callable[[Database], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.sqlite3"
        db = Database(DatabaseSettings(url=f"sqlite:///{file}", synchronous="OFF"))
        make(db)
        # The last connection gone, the log is written back: the file is the whole database.
        db.close()
        return file.read_bytes()
