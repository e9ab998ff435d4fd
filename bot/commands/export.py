"""`gridduty export`: records for a sheet or another program."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.access import OPERATOR
from bot.clock import clock
from bot.commands import tables
from bot.commands.opening import ConfigOption, JsonOption, Opened, opened, print_json
from bot.commands.outputs import require_suffix, written
from bot.commands.progress import progress
from bot.errors import OperatorError
from bot.i18n import Translator, translator
from bot.services import export as service
from bot.services import export_patrols, export_shifts
from bot.services.export import CHECKIN_COLUMNS, Scope
from bot.services.export_patrols import PATROL_COLUMNS
from bot.services.export_shifts import SHIFT_COLUMNS
from bot.settings import Settings
from models import AwayKind, ClosedBy, Evidence, MemberState, PatrolState, PlaceGrade, Punctuality

# What is told as a code, and shown in a sheet by name: `export-value-` + code.
_CODED = {
    "in_punctuality": Punctuality,
    "out_punctuality": Punctuality,
    "evidence": Evidence,
    "out_evidence": Evidence,
    "place_grade": PlaceGrade,
    "out_place_grade": PlaceGrade,
    "closed_by": ClosedBy,
    "member_state": MemberState,
    "away_kind": AwayKind,
    "patrol_state": PatrolState,
}
_FLAGS = ("too_fast", "is_lead", "changed_by_hand")


class What(StrEnum):
    """What can be exported."""

    CHECKINS = "checkins"
    SHIFTS = "shifts"
    PATROLS = "patrols"


class Format(StrEnum):
    """How it is written."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """Records: their columns, how many there are in a scope, and the rows themselves."""

    columns: tuple[str, ...]
    count: Callable[[Session, Scope, Settings], int]
    rows: Callable[[Session, Scope, Settings], Iterator[tuple[Any, ...]]]


_SOURCES = {
    What.CHECKINS: Source(
        CHECKIN_COLUMNS,
        lambda session, scope, _: service.count_checkins(session, OPERATOR, scope),
        lambda session, scope, _: service.checkins(session, OPERATOR, scope),
    ),
    What.SHIFTS: Source(
        SHIFT_COLUMNS,
        lambda session, scope, settings: export_shifts.count_shifts(session, OPERATOR, scope, settings),
        lambda session, scope, settings: export_shifts.shifts(session, OPERATOR, scope, settings),
    ),
    What.PATROLS: Source(
        PATROL_COLUMNS,
        lambda session, scope, settings: export_patrols.count_patrols(session, OPERATOR, scope, settings),
        lambda session, scope, settings: export_patrols.patrols(session, OPERATOR, scope, settings),
    ),
}


def export(
    what: Annotated[What, typer.Argument(help="The records.")],
    area: Annotated[str, typer.Option(help="The code of an area; all below it is included.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First work day.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Last work day.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format_: Annotated[
        Format | None, typer.Option("--format", help="Kind of file; by the ending of its name.")
    ] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write records to a file, row by row, in the language of the settings and in local time."""
    if until < since:
        raise typer.BadParameter("--until lies before --since")
    kind = format_ or _kind_of(out)
    with opened(config) as here:
        with here.db.read() as session:
            scope = _scope(session, area, since, until)
            with written(out) as partial:
                rows = _write(here, session, scope, what, kind, partial)
        with here.db.write_now() as session:
            service.record(session, OPERATOR, scope, what, rows, now=clock.now())
    if json:
        print_json({"file": str(out), "rows": rows})
    else:
        typer.echo(f"{out}: {rows} rows")


def _kind_of(file: Path) -> Format:
    require_suffix(file, *(f".{kind}" for kind in Format))
    return Format(file.suffix.lower().removeprefix("."))


def _scope(session: Session, area: str, since: datetime, until: datetime) -> Scope:
    path = service.path_of(session, OPERATOR, area)
    if path is None:
        raise OperatorError(f"{area}: no area has this code")
    return Scope(path, since.date(), until.date())


def _write(here: Opened, session: Session, scope: Scope, what: What, format_: Format, file: Path) -> int:
    tr, source = translator(here.settings.work.language), _SOURCES[what]
    total = source.count(session, scope, here.settings)
    with progress(tr) as tick:
        found = source.rows(session, scope, here.settings)
        rows = _localised(_ticking(found, lambda done: tick("export", done, total)), here.settings)
        if format_ is Format.JSONL:
            return tables.write_jsonl(file, source.columns, rows)
        shown = _named(rows, source.columns, here.settings, tr)
        headings = [tr.plain(f"export-{column.replace('_', '-')}") for column in source.columns]
        if format_ is Format.CSV:
            return tables.write_csv(file, headings, shown)
        return tables.write_xlsx(file, tr.plain(f"export-{what}"), headings, shown)


def _ticking(rows: Iterable[Any], told: Callable[[int], None]) -> Iterator[Any]:
    for number, row in enumerate(rows, start=1):
        if number % service.CHUNK == 0:
            told(number)
        yield row


def _localised(rows: Iterable[tuple[Any, ...]], settings: Settings) -> Iterator[list[Any]]:
    for row in rows:
        yield [
            value.astimezone(settings.work.zone) if isinstance(value, datetime) else value for value in row
        ]


def _named(
    rows: Iterable[list[Any]], columns: tuple[str, ...], settings: Settings, tr: Translator
) -> Iterator[list[Any]]:
    """Codes by the names people know; yes and no in words."""
    names = {
        (column, code): tr.plain(f"export-value-{code.replace('_', '-')}")
        for column, codes in _CODED.items()
        for code in codes
    }
    types = {
        ("duty_type", kind.code): kind.zh_CN if tr.locale == "zh_CN" else kind.en
        for kind in settings.duty.types
    }
    flags = {
        (column, value): tr.plain("export-value-yes") if value else None
        for column in _FLAGS
        for value in (True, False)
    }
    known: dict[tuple[str, Any], Any] = names | types | flags
    for row in rows:
        yield [known.get((column, value), value) for column, value in zip(columns, row, strict=True)]
