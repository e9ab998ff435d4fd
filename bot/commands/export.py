"""`gridduty export`: records for a sheet or another program."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.access import Work, scope
from bot.access.scope import Scope
from bot.base import spreadsheet_files
from bot.base.errors import OperatorError
from bot.base.i18n import translator
from bot.commands.opening import ConfigOption, JsonOption, opened, print_json
from bot.commands.outputs import require_suffix, written
from bot.commands.progress import progress
from bot.features.duty import export as service
from bot.features.exports import hazard_photos
from bot.features.exports import sources as export_sources
from bot.features.exports.sources import What
from bot.storage.blobs import store_of


class Format(StrEnum):
    """How it is written."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


def export(
    what: Annotated[What, typer.Argument(help="The records.")],
    area: Annotated[str, typer.Option(help="The code of an area; all below it is included.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First work day.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Last work day.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format_: Annotated[
        Format | None, typer.Option("--format", help="Kind of file; by the ending of its name.")
    ] = None,
    thumbnails: Annotated[
        bool, typer.Option("--thumbnails", help="Hazards in a workbook: small photos of before and after.")
    ] = False,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write records to a file, row by row, in the language of the settings and in local time."""
    if until < since:
        raise typer.BadParameter("--until lies before --since")
    kind = format_ or _kind_of(out)
    if thumbnails and (what is not What.HAZARDS or kind is not Format.XLSX):
        raise typer.BadParameter("--thumbnails goes with hazards in a workbook (.xlsx)")
    with opened(config) as here:
        with here.db.read() as session:
            scope = scope_of(here.work(session), area, since, until)
            with written(out) as partial:
                rows = _write(here.work(session), scope, what, kind, partial, thumbnails)
        with here.db.write_now() as session:
            service.record(here.work(session), scope, what, rows)
            if thumbnails:
                hazard_photos.record(here.work(session), scope)
    if json:
        print_json({"file": str(out), "rows": rows})
    else:
        typer.echo(f"{out}: {rows} rows")


def _kind_of(file: Path) -> Format:
    require_suffix(file, *(f".{kind}" for kind in Format))
    return Format(file.suffix.lower().removeprefix("."))


def scope_of(work: Work, area: str, since: datetime, until: datetime) -> Scope:
    """These days of an area. Raises OperatorError for a code that no area has."""
    path = scope.path_of(work, area)
    if path is None:
        raise OperatorError(f"{area}: no area has this code")
    return Scope(path, since.date(), until.date())


def _write(work: Work, scope: Scope, what: What, format_: Format, file: Path, thumbnails: bool) -> int:
    settings, tr = work.settings, translator(work.settings.work.language)
    total = export_sources.count(work, what, scope)
    with progress(tr) as tick:
        found = export_sources.rows(work, what, scope)
        rows = export_sources.ticking(found, lambda done: tick("export", done, total))
        if format_ is Format.JSONL:
            return spreadsheet_files.write_jsonl(file, export_sources.SOURCES[what].columns, rows)
        if format_ is Format.CSV:
            named = export_sources.named(rows, what, settings, tr)
            return spreadsheet_files.write_csv(file, export_sources.headings(what, tr), named)
        if thumbnails:
            store = store_of(settings.photos)
            return hazard_photos.write_workbook(work, scope, rows, store, file, tr)
        return export_sources.write_workbook(file, rows, what, settings, tr)
