"""Brings the database to the newest layout, and tells whether it has it."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.base.errors import OperatorError
from bot.base.logs import scrub
from bot.settings import DatabaseSettings
from bot.storage.database import Database
from models import triggers

MIGRATIONS_DIR = Path(__file__).resolve().parents[2] / "migrations"


def migrate(db: Database, revision: str = "head") -> tuple[str | None, str | None]:
    """Bring the database to a layout, the newest, in one transaction; returns the one before and after."""
    with _connected(db) as connection, _without_foreign_keys(db, connection), connection.begin():
        before = _revision(connection)
        # A layout is changed by copying tables, and what names one of them would be in the way.
        triggers.drop(connection)
        command.upgrade(_config(connection), revision)
        triggers.create(connection)
        if db.is_sqlite:
            _refuse_broken_keys(connection)
        return before, _revision(connection)


def is_current(db: Database) -> bool:
    """Whether the database has the newest layout. Raises OperatorError if it cannot be reached."""
    with _connected(db) as connection, connection.begin():
        return _revision(connection) == newest()


def newest() -> str | None:
    """The newest layout there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known() -> frozenset[str]:
    """Every layout there has been."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def require_current(db: Database) -> None:
    """Go on only with a database of the newest layout. Raises OperatorError."""
    if not is_current(db):
        raise OperatorError("the database has not been migrated: run `gridduty migrate` first")


def check_models(db: Database) -> None:
    """Raise Alembic's CommandError, naming the differences, if the models are not what the database is."""
    with _connected(db) as connection, connection.begin():
        command.check(_config(connection))


def write_next(message: str) -> None:
    """Write the migration from the newest layout to what the models are now; read it before you keep it."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(DatabaseSettings(url=SecretStr(f"sqlite:///{folder}/layout.sqlite3")))
        number = f"{len(list((MIGRATIONS_DIR / 'versions').glob('*.py'))) + 1:04}"
        migrate(db)
        with _connected(db) as connection, connection.begin():
            command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)
        db.close()


@contextmanager
def _connected(db: Database) -> Iterator[Connection]:
    try:
        with db.writer.connect() as connection:
            yield connection
    except OperationalError as error:
        raise OperatorError(f"database.url: {scrub(str(error.orig)).splitlines()[0]}") from error


@contextmanager
def _without_foreign_keys(db: Database, connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it; dropping the old one must not take its children along.

    The switch works outside a transaction only.
    """
    if not db.is_sqlite:
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_broken_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise OperatorError(f"migrating would leave rows of {broken[0]} without what they belong to")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    write_next(" ".join(sys.argv[1:]))
