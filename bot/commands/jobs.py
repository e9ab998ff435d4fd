"""`gridduty job`: what the clock does, by hand."""

from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.access import area_times as access_area_times
from bot.base.clock import clock
from bot.base.errors import OperatorError
from bot.commands.opening import ConfigOption, JsonOption, Opened, opened, print_json
from bot.schedule import slots
from jobs import ALL
from jobs.job import Job
from models import Slot, SlotState

app = typer.Typer(help="What the clock does.", no_args_is_help=True)
AtOption = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M%z"],
        help="As though it were this time, local where no zone is given; default: now.",
    ),
]


@app.command("list")
def list_jobs(json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the timetable and when each job is due next."""
    with opened(config) as here, here.db.read() as session:
        now = clock.now()
        rows = [
            {"job": job.name, "area": area, "cron": at.cron, "next": slots.next_after(at, now, here.settings)}
            for job in ALL
            for area, at in _times_of(session, job, here)
        ]
    if json:
        print_json(rows)
        return
    for row in rows:
        area = f"\t{row['area']}" if row["area"] else ""
        typer.echo(f"{row['job']}\t{row['cron']}\tnext {row['next']:%Y-%m-%d %H:%M}{area}")


def _times_of(session: Session, job: Job, here: Opened) -> list[tuple[str, Job]]:
    """The job at its usual time and, by code, at those that areas have chosen."""
    own = access_area_times.lines_of(session, job.name) if job.by_area else []
    chosen = [(line.code, slots.timed(job, line, here.settings)) for line in own if line.is_on]
    return [("", slots.timed(job, None, here.settings)), *chosen]


@app.command("run")
def run_job(
    name: Annotated[str, typer.Argument(help="A name that `list` shows.")],
    at: AtOption = None,
    area: Annotated[str, typer.Option(help="Code of an area that has a time of its own for it.")] = "",
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Do the job's last occasion before a time, as though it were that time; one done is not done again.

    A job that areas may time is done for those that have no time of their own, or for the one area named.
    """
    job = next((job for job in ALL if job.name == name), None)
    if job is None:
        raise OperatorError(f"{name}: no job has this name; there are {', '.join(job.name for job in ALL)}")
    with opened(config) as here:
        moment = _aware(here, at)
        job = _timed_for(here, job, area)
        due = slots.last_before(job, moment, here.settings)
        if due is None:
            raise OperatorError(f"{name}: was never due before {moment:%Y-%m-%d %H:%M}")
        told = _work_off(here, job, area, due, moment)
    if json:
        print_json(told)
    else:
        counts = ", ".join(f"{name} {count}" for name, count in told["counts"].items())
        done = "had been done before" if told["before"] else "done"
        typer.echo(f"{name} of {told['occasion']} {done}: {counts or 'nothing to do'}")


def _timed_for(here: Opened, job: Job, area: str) -> Job:
    """The job at the time of this area. Raises OperatorError where it has none of its own."""
    with here.db.read() as session:
        at = dict(_times_of(session, job, here)).get(area)
    if at is None:
        raise OperatorError(f"{area}: has no time of its own for {job.name}")
    return at


def _aware(here: Opened, at: datetime | None) -> datetime:
    if at is None:
        return clock.now()
    return at if at.tzinfo else at.replace(tzinfo=here.settings.work.zone)


def _work_off(here: Opened, job: Job, area: str, due: datetime, moment: datetime) -> dict[str, Any]:
    """Batch after batch, so that the running bot is let in between."""
    with here.db.write_now() as session:
        slot = slots.open_slot(session, job, due, here.settings, area)
        if slot.state == SlotState.FAILED:
            slot.state, slot.attempts, slot.error = SlotState.RUNNING, 0, None
        number, before = slot.id or 0, slot.state == SlotState.DONE
    more = True
    while more:
        with here.db.write_now() as session:
            more = slots.step(Work(session, SYSTEM, moment, here.settings), job, slots.held(session, number))
    with here.db.read() as session:
        slot = session.execute(select(Slot).where(col(Slot.id) == number)).scalar_one()
        return {
            "job": job.name,
            "area": area,
            "occasion": slot.occasion,
            "before": before,
            "counts": slot.counts,
        }


@app.command("history")
def history(
    name: Annotated[str | None, typer.Argument(help="Only this job.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 50,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List what was done, newest first, with the last line of an error."""
    found = select(Slot).order_by(col(Slot.due_at).desc()).limit(limit)
    if name:
        found = found.where(col(Slot.rule) == name)
    with opened(config) as here, here.db.read() as session:
        rows = list(session.execute(found).scalars())
    if json:
        print_json([row.model_dump() for row in rows])
        return
    for row in rows:
        counts = ", ".join(f"{key} {count}" for key, count in row.counts.items())
        error = (row.error or "").strip().rpartition("\n")[2]
        rule = f"{row.rule} {row.area}".strip()
        typer.echo(f"{row.occasion}\t{rule}\t{row.state}\t{counts}\t{error}".rstrip())
