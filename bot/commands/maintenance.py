"""Looking after the data: migrate, backup, restore, purge."""

from pathlib import Path
from typing import Annotated

import typer

from bot.access import audit
from bot.base.clock import clock
from bot.base.errors import OperatorError
from bot.base.i18n import translator
from bot.commands.opening import ConfigOption, JsonOption, Opened, open_settings, opened, print_json
from bot.commands.outputs import written
from bot.commands.progress import progress
from bot.features.privacy import retention as service
from bot.features.roster.problems import Tick
from bot.runtime import backup
from bot.storage import blobs, migrations
from bot.storage.database import Database


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (migrate, make_backup, restore, purge):
        app.command("backup" if command is make_backup else None)(command)


def migrate(config: ConfigOption = None) -> None:
    """Bring the database to the newest layout."""
    db = Database(open_settings(config).database)
    try:
        before, after = migrations.migrate(db)
    finally:
        db.close()
    typer.echo(
        "the database is up to date" if before == after else f"migrated from {before or 'nothing'} to {after}"
    )


def make_backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, .tar.zst.")],
    photos: Annotated[bool, typer.Option("--photos", help="The photos too.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file of this name.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the database, and the photos where asked, into one archive; the bot may go on running."""
    if file.exists() and not replace:
        raise OperatorError(f"{file}: is there already: choose another name, or say --replace")
    with opened(config) as here, progress(translator("en")) as tick:
        store = blobs.store_of(here.settings.photos) if photos else None
        with written(file) as partial:
            done = backup.make(
                here.db, partial, store, clock.now(), lambda done, total: tick("backup", done, total)
            )
        with here.db.write_now() as session:
            audit.record(here.work(session), "data.backup", file.name, photos=done.photos)
    typer.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB, {done.photos} photos")


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `backup` wrote.")],
    config: ConfigOption = None,
) -> None:
    """Put a backup in the place of the database; refuses while the bot is running."""
    if not file.is_file():
        raise OperatorError(f"{file}: there is no such file")
    settings = open_settings(config)
    store = blobs.store_of(settings.photos)
    db = Database(settings.database)
    try:
        with progress(translator("en")) as tick:
            contents, before = backup.restore(
                db, file, store, clock.now(), lambda done, total: tick("restore", done, total)
            )
        with db.write_now() as session:
            audit.record(Opened(settings, db).work(session), "data.restore", file.name)
    finally:
        db.close()
    typer.echo(f"restored, with {contents.photos} photos")
    if before:
        typer.echo(f"the database that was there is kept as {before}: delete it once all is well")
    typer.echo("what was waiting to be sent is listed by `gridduty outbox failed`")


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count; change nothing.")] = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Erase what is kept past its date."""
    with opened(config) as here:
        with here.db.read() as session:
            counts = service.due(here.work(session))
        if not dry_run:
            with progress(translator("en")) as tick:
                counts = {kind: _erase(here, kind, counts[kind], tick) for kind in service.KINDS}
    if json:
        print_json(counts)
        return
    for kind, count in counts.items():
        typer.echo(f"{kind}\t{count}")


def _erase(here: Opened, kind: str, due: int, tick: Tick) -> int:
    """Batch after batch, so that the running bot is let in between; returns how many."""
    erased, more = 0, True
    while more:
        with here.db.write_now() as session:
            batch = service.erase(here.work(session), kind)
        erased, more = erased + batch, batch == service.BATCH
        tick(kind, erased, max(due, erased))
    return erased
