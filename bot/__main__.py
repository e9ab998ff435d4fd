"""The `gridduty` command line."""

import sys

import typer

from bot.commands import maintenance, run
from bot.errors import OperatorError, Refused
from bot.i18n import translator

app = typer.Typer(
    name="gridduty",
    help="GridDuty, the duty bot: run it and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
run.register(app)
maintenance.register(app)


def main() -> int:
    """Run a command; returns 0 when done, 1 for a failure told in one line, 2 for wrong usage."""
    try:
        app()
    except OperatorError as error:
        typer.echo(f"gridduty: {error}", err=True)
    except Refused as refusal:
        typer.echo(f"gridduty: {translator('en').plain(refusal.key, **refusal.facts)}", err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
