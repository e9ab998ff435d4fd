"""`gridduty job`: what the clock does, by hand."""

from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import select
from sqlmodel import col

from bot import slots
from bot.clock import clock
from bot.commands.opening import ConfigOption, JsonOption, Opened, opened, print_json
from bot.errors import OperatorError
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
    with opened(config) as here:
        now = clock.now()
        due = {job.name: (job.cron, slots.next_after(job, now, here.settings)) for job in ALL}
    if json:
        print_json([{"job": name, "cron": cron, "next": at} for name, (cron, at) in due.items()])
        return
    for name, (cron, at) in due.items():
        typer.echo(f"{name}\t{cron}\tnext {at:%Y-%m-%d %H:%M}")


@app.command("run")
def run_job(
    name: Annotated[str, typer.Argument(help="A name that `list` shows.")],
    at: AtOption = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Do the job's last occasion before a time, as though it were that time; one done is not done again."""
    job = next((job for job in ALL if job.name == name), None)
    if job is None:
        raise OperatorError(f"{name}: no job has this name; there are {', '.join(job.name for job in ALL)}")
    with opened(config) as here:
        moment = _aware(here, at)
        due = slots.last_before(job, moment, here.settings)
        if due is None:
            raise OperatorError(f"{name}: was never due before {moment:%Y-%m-%d %H:%M}")
        told = _work_off(here, job, due, moment)
    if json:
        print_json(told)
    else:
        counts = ", ".join(f"{name} {count}" for name, count in told["counts"].items())
        done = "had been done before" if told["before"] else "done"
        typer.echo(f"{name} of {told['occasion']} {done}: {counts or 'nothing to do'}")


def _aware(here: Opened, at: datetime | None) -> datetime:
    if at is None:
        return clock.now()
    return at if at.tzinfo else at.replace(tzinfo=here.settings.work.zone)


def _work_off(here: Opened, job: Job, due: datetime, moment: datetime) -> dict[str, Any]:
    """Batch after batch, so that the running bot is let in between."""
    with here.db.write_now() as session:
        slot = slots.open_slot(session, job, due, here.settings)
        if slot.state == SlotState.FAILED:
            slot.state, slot.attempts, slot.error = SlotState.RUNNING, 0, None
        number, before = slot.id or 0, slot.state == SlotState.DONE
    more = True
    while more:
        with here.db.write_now() as session:
            more = slots.step(session, job, number, moment, here.settings)
    with here.db.read() as session:
        slot = session.execute(select(Slot).where(col(Slot.id) == number)).scalar_one()
        return {"job": job.name, "occasion": slot.occasion, "before": before, "counts": slot.counts}


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
        typer.echo(f"{row.occasion}\t{row.rule}\t{row.state}\t{counts}\t{error}".rstrip())
