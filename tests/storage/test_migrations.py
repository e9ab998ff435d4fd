"""The database's layout: migrations and models agree, on either database."""

import pytest
from alembic.util import CommandError
from pydantic import SecretStr
from sqlalchemy import text

from bot.base.errors import OperatorError
from bot.settings import DatabaseSettings
from bot.storage import migrations
from bot.storage.database import Database


def test_migrations_make_what_the_models_say(db: Database) -> None:
    migrations.check_models(db)
    assert migrations.is_current(db)


def test_a_difference_is_noticed(db: Database) -> None:
    with db.write_now() as session:
        session.execute(text("ALTER TABLE feedback DROP COLUMN voice"))
    with pytest.raises(CommandError, match="voice"):
        migrations.check_models(db)


def test_an_empty_database_is_refused_with_what_to_do(empty: Database) -> None:
    with pytest.raises(OperatorError, match="gridduty migrate"):
        migrations.require_current(empty)


def test_migrating_again_changes_nothing(empty: Database) -> None:
    assert migrations.migrate(empty) == (None, migrations.newest())
    assert migrations.migrate(empty) == (migrations.newest(), migrations.newest())


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_foreign_keys_are_kept_again_afterwards(db: Database) -> None:
    with db.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_an_unreachable_server_is_told_in_one_line() -> None:
    nowhere = Database(DatabaseSettings(url=SecretStr("postgresql+psycopg://x@/x?host=/nonexistent")))
    with pytest.raises(OperatorError, match=r"^database\.url: "):
        migrations.is_current(nowhere)
    nowhere.close()
