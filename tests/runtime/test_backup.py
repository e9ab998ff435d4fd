"""Backups of a PostgreSQL database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.base.errors import OperatorError
from bot.runtime import backup
from bot.settings import Settings
from bot.storage import values
from bot.storage.database import Database
from tests.e2e.postgres import Postgres

NOW = datetime(2026, 11, 23, tzinfo=UTC)
pytestmark = pytest.mark.parametrize("settings", ["postgresql"], indirect=True)


@pytest.fixture(autouse=True)
def _tools(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump of the server's own version comes first."""
    monkeypatch.setenv("PATH", str(server._binaries), prepend=":")


def _said(db: Database) -> str | None:
    with db.read() as session:
        return values.get(session, "word")


def test_is_taken_and_brought_back(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "all.tar.zst"
    with db.write_now() as session:
        values.put(session, "word", "before")
    assert backup.make(db, file, None, NOW, lambda *_: None).database == "database.dump"
    with db.write_now() as session:
        values.put(session, "word", "after")
    backup.restore(db, file, None, NOW, lambda *_: None)
    assert _said(db) == "before"


def test_is_not_brought_back_while_others_are_connected(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "all.tar.zst"
    backup.make(db, file, None, NOW, lambda *_: None)
    db.close()
    running = Database(settings.database)
    with running.read() as session:
        values.get(session, "word")
        with pytest.raises(OperatorError, match="stop the bot first"):
            backup.restore(db, file, None, NOW, lambda *_: None)
    running.close()


@pytest.mark.parametrize(
    "evil",
    [
        "CREATE TABLE evil (id integer)",
        "ALTER TABLE feedback DROP COLUMN voice",
        "CREATE VIEW evil AS SELECT * FROM person",
        "CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN DELETE FROM person; RETURN NULL; END $$",
        "CREATE RULE evil AS ON INSERT TO checkin DO ALSO DELETE FROM person",
    ],
)
def test_another_layout_is_not_brought_back(db: Database, tmp_path: Path, evil: str) -> None:
    file = tmp_path / "all.tar.zst"
    with db.write_now() as session:
        session.execute(text(evil))
    backup.make(db, file, None, NOW, lambda *_: None)
    with db.write_now() as session:
        values.put(session, "word", "after")
    with pytest.raises(OperatorError, match="is not GridDuty's"):
        backup.restore(db, file, None, NOW, lambda *_: None)
    assert _said(db) == "after"
