"""What every command starts with: the settings and the database behind them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from sqlmodel import Session

from bot.access import OPERATOR, Work
from bot.base import logs
from bot.base.clock import clock
from bot.base.errors import OperatorError
from bot.base.facts import Struct
from bot.settings import Settings, load
from bot.storage import migrations
from bot.storage.database import Database

DEFAULT_CONFIG = Path("config.toml")
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", help="The settings file; config.toml where there is one.", envvar="GRIDDUTY_CONFIG"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


class Opened(Struct):
    """The settings and an open, migrated database."""

    settings: Settings
    db: Database

    def work(self, session: Session) -> Work:
        """What the operator does in this transaction."""
        return Work(session, OPERATOR, clock.now(), self.settings)


def open_settings(config: Path | None) -> Settings:
    """Read and check the settings, and set up logs by them. Raises SettingsError."""
    if config and not config.is_file():
        raise OperatorError(f"{config}: there is no such file")
    settings = load(config or (DEFAULT_CONFIG if DEFAULT_CONFIG.is_file() else None))
    logs.set_up(settings.logs.level, settings.logs.json_lines)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for secret in (settings.telegram.token, settings.telegram.webhook_secret):
        logs.hide(secret.get_secret_value())
    return settings


@contextmanager
def opened(config: Path | None) -> Iterator[Opened]:
    """The settings and the database; closed afterwards. Raises OperatorError if it is not migrated."""
    # What a command lets be said travels as its kind was declared.
    from bot.features import registry  # noqa: F401

    settings = open_settings(config)
    db = Database(settings.database)
    try:
        migrations.require_current(db)
        yield Opened(settings, db)
    finally:
        db.close()


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())
