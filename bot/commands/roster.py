"""`gridduty roster …`: import, template, invites, unbind and a made-up sample."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import typer

from bot.access import OPERATOR
from bot.base.clock import clock
from bot.base.errors import DatabaseBusy, OperatorError
from bot.base.i18n import Translator, translator
from bot.commands.codes import codes
from bot.commands.invites import invites
from bot.commands.opening import ConfigOption, JsonOption, Opened, open_settings, opened, print_json
from bot.commands.outputs import require_suffix, written
from bot.commands.progress import progress
from bot.commands.unbind import unbind
from bot.features import roster
from bot.features.roster import report
from bot.features.roster.marked_cells import write_marked
from bot.features.roster.problems import Tick
from bot.features.roster.sample import COLUMNS, MAX_WORKERS, build
from bot.features.roster.template import write_template
from bot.features.roster.workbook_writer import write_roster

app = typer.Typer(help="The roster: areas, posts, people, roles, households, shifts.", no_args_is_help=True)


class Coordinates(StrEnum):
    """Systems in which a workbook may give coordinates."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


@app.command("import")
def import_workbook(
    file: Annotated[Path, typer.Argument(help="The workbook, .xlsx.")],
    yes: Annotated[bool, typer.Option("--yes", help="Import it; without this, only preview.")] = False,
    json: JsonOption = False,
    coordinates: Annotated[
        Coordinates | None, typer.Option(case_sensitive=False, help="Overrides what the workbook says.")
    ] = None,
    allow_removals: Annotated[
        bool, typer.Option("--allow-removals", help="Remove many rows, or all where a sheet is empty.")
    ] = False,
    show: Annotated[int, typer.Option(min=0, help="Rows of each kind that the preview shows.")] = 20,
    marked: Annotated[
        Path | None, typer.Option(help="Where there are errors: a copy with each marked in its cell, .xlsx.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Preview a roster's adds, changes, removals and errors; with --yes, import it."""
    started = perf_counter()
    with opened(config) as here:
        tr, zone = translator(here.settings.work.language), here.settings.work.zone
        with progress(tr) as tick:
            plan = _plan(here, file, coordinates, allow_removals, tick)
        given_back = marked if marked and _mark(file, marked, plan, tr) else None
        if not json:
            for line in report.lines(plan, file.name, tr, zone, show=show, marked=bool(given_back)):
                typer.echo(line)
        if given_back:
            _say(tr.plain("roster-marked-done", file=given_back.name), unless=json)
        told: dict[str, Any] = {"file": file.name, "applied": False} | report.as_json(plan, zone, tr)
        try:
            if yes or plan.problems:
                locked = _apply(here, plan, tr)
                took = {"seconds": f"{perf_counter() - started:.1f}", "locked": f"{locked:.2f}"}
                told |= {"applied": True} | {name: float(value) for name, value in took.items()}
                _say(tr.plain("roster-report-done", count=plan.size, **took), unless=json or not plan.size)
            else:
                _say(tr.plain("roster-report-preview"), unless=json or not plan.size)
        finally:
            if json:
                print_json(told)


def _mark(file: Path, marked: Path, plan: roster.Plan, tr: Translator) -> bool:
    """Write the workbook with its errors marked, where there are any; whether it was written."""
    require_suffix(marked, ".xlsx")
    if not plan.problems:
        return False
    if marked.exists():
        raise OperatorError(tr.plain("roster-template-exists", file=marked.name))
    with written(marked) as partial:
        return write_marked(file, partial, plan.problems, tr)


def _say(text: str, *, unless: bool) -> None:
    if not unless:
        typer.echo(text)


def _apply(here: Opened, plan: roster.Plan, tr: Translator) -> float:
    try:
        with progress(tr) as tick:
            return roster.apply(here.db, OPERATOR, plan, now=clock.now(), settings=here.settings, tick=tick)
    except DatabaseBusy as error:
        raise OperatorError(tr.plain("roster-refused-busy")) from error


def _plan(
    here: Opened, file: Path, coordinates: Coordinates | None, allow_removals: bool, tick: Tick
) -> roster.Plan:
    with here.db.read() as session:
        work = here.work(session)
        plan = roster.plan(work, file, coordinates=coordinates, empty_sheets_count=allow_removals, tick=tick)
        plan.allow_removals = allow_removals
        return plan


@app.command()
def template(
    file: Annotated[Path, typer.Argument(help="Where to write it, .xlsx.")], config: ConfigOption = None
) -> None:
    """Write an empty workbook to fill in, with an explanation."""
    require_suffix(file, ".xlsx")
    tr = translator(open_settings(config).work.language)
    # It may have been filled in.
    if file.exists():
        raise OperatorError(tr.plain("roster-template-exists", file=file.name))
    with written(file) as partial:
        write_template(partial, tr)
    typer.echo(tr.plain("roster-template-done", file=file.name))


@app.command()
def sample(
    workers: Annotated[int, typer.Option(min=1, max=MAX_WORKERS, help="How many grid workers.")],
    out: Annotated[Path, typer.Option(help="Where to write it, .xlsx.")],
    seed: Annotated[int, typer.Option(help="The same seed makes the same roster.")] = 1,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day; today.")] = None,
    days: Annotated[int, typer.Option(min=0, max=60, help="Days with shifts.")] = 3,
    members: Annotated[int, typer.Option(min=0, max=100_000, help="People who only receive.")] = 0,
    area: Annotated[str | None, typer.Option(help="Only this county or township, by code.")] = None,
    config: ConfigOption = None,
) -> None:
    """Write a made-up roster: real townships, everything below them invented, no phone in use."""
    require_suffix(out, ".xlsx")
    first = start.date() if start else _today(config)
    try:
        made = build(workers, seed=seed, start=first, days=days, members=members, area=area)
    except ValueError as error:
        raise OperatorError(str(error)) from error
    with written(out) as partial:
        write_roster(partial, COLUMNS, {key: getattr(made, key) for key in COLUMNS})
    typer.echo(
        f"{out}: {len(made.people)} made-up people, {len(made.areas)} areas, {len(made.shifts)} shifts"
    )


def _today(config: Path | None) -> date:
    return clock.now().astimezone(open_settings(config).work.zone).date()


app.command()(invites)
app.command()(codes)
app.command()(unbind)
