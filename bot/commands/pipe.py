"""`gridduty inbox` and `gridduty outbox`: what got stuck."""

from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands.opening import ConfigOption, JsonOption, opened, print_json
from bot.features.operations import stuck
from bot.features.operations.stuck import Stuck

inbox = typer.Typer(help="Updates that no handler could take.", no_args_is_help=True)
outbox = typer.Typer(help="Messages that did not go out.", no_args_is_help=True)
Numbers = Annotated[list[int] | None, typer.Argument(help="Numbers as `failed` lists them.")]
AllOption = Annotated[bool, typer.Option("--all", help="Everything that failed.")]


@inbox.command("failed")
def failed_updates(json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the updates that failed, newest first, each with the last line of its traceback."""
    with opened(config) as here, here.db.read() as session:
        _show(stuck.failed_updates(here.work(session)), json)


@inbox.command("retry")
def retry_updates(numbers: Numbers = None, all_: AllOption = False, config: ConfigOption = None) -> None:
    """Handle failed updates once more."""
    chosen = _chosen(numbers, all_)
    with opened(config) as here, here.db.write_now() as session:
        count = stuck.retry_updates(here.work(session), chosen)
    typer.echo(f"{count} updates are handled again")


@outbox.command("failed")
def failed_messages(json: JsonOption = False, config: ConfigOption = None) -> None:
    """List the messages that failed, or of which nobody knows whether they arrived, newest first."""
    with opened(config) as here, here.db.read() as session:
        _show(stuck.failed_messages(here.work(session)), json)


@outbox.command("retry")
def retry_messages(numbers: Numbers = None, all_: AllOption = False, config: ConfigOption = None) -> None:
    """Send failed or unknown messages once more."""
    chosen = _chosen(numbers, all_)
    with opened(config) as here, here.db.write_now() as session:
        count = stuck.retry_messages(here.work(session), chosen)
    typer.echo(f"{count} messages are sent again")


def _chosen(numbers: list[int] | None, all_: bool) -> list[int] | None:
    """The numbers named; None for all."""
    if bool(numbers) == all_:
        raise typer.BadParameter("name numbers, or --all")
    return numbers or None


def _show(rows: list[Stuck], as_json: bool) -> None:
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        typer.echo(
            f"{row.number}\t{row.at:%Y-%m-%dT%H:%MZ}\t{row.kind}\t{row.state}\t{row.chat_id}\t{row.reason}"
        )
