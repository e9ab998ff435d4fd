"""Bringing the database up to date."""

import typer

from bot import migrating
from bot.commands.opening import ConfigOption, open_settings
from bot.database import Database


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(migrate)


def migrate(config: ConfigOption = None) -> None:
    """Bring the database to the newest layout."""
    db = Database(open_settings(config).database)
    try:
        before, after = migrating.migrate(db)
    finally:
        db.close()
    typer.echo(
        "the database is up to date" if before == after else f"migrated from {before or 'nothing'} to {after}"
    )
