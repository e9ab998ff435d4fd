"""`gridduty call`: what was said to many."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands.opening import ConfigOption, JsonOption, opened, print_json
from bot.features.calls import cards, sending

call = typer.Typer(help="What was said to many, and who answered.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="Its number, as `list` tells it.")]
MOST = 50


@call.command("list")
def list_calls(json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the newest calls: number, kind, state, people, answers, first words."""
    with opened(config) as here, here.db.read() as session:
        rows = cards.lines(here.work(session), MOST)
    if json:
        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        name = row.label[here.settings.work.language]
        typer.echo(f"{row.id}\t{name}\t{row.state}\t{row.size}\t{row.answered}\t{row.words}")


@call.command("show")
def show_call(number: Number, json: JsonOption = False, config: ConfigOption = None) -> None:
    """How many of its people are in each state, and what they chose."""
    with opened(config) as here, here.db.read() as session:
        told = cards.standing(here.work(session), number)
    if json:
        print_json(asdict(told))
        return
    typer.echo(f"{told.state}\t{told.words}")
    for name, count in [*told.states.items(), *((each.code, each.count) for each in told.choices)]:
        typer.echo(f"{name}\t{count}")


@call.command("cancel")
def cancel_call(number: Number, config: ConfigOption = None) -> None:
    """Withdraw it: nothing more is sent, and where it arrived it says so."""
    with opened(config) as here, here.db.write_now() as session:
        sending.cancel(here.work(session), number)
    typer.echo(f"call {number} is withdrawn")
