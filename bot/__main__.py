"""The `gridduty` command line."""

import os
import sys

import typer
from sqlalchemy.exc import DBAPIError

from bot.base.errors import DatabaseBusy, OperatorError, Refused
from bot.base.i18n import translator
from bot.base.logs import scrub
from bot.commands import burden, call, check, demo, export, jobs, maintenance, pipe, roster, run, summary

app = typer.Typer(
    name="gridduty",
    help="GridDuty, the duty bot: run it and look after it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo.demo)
app.command()(run.run)
app.command()(check.check)
maintenance.register(app)
app.add_typer(roster.app, name="roster")
app.command()(export.export)
app.command()(burden.burden)
app.command()(summary.summary)
app.command()(summary.review)
app.add_typer(summary.figures, name="figures")
app.add_typer(jobs.app, name="job")
app.add_typer(call.call, name="call")
app.add_typer(pipe.inbox, name="inbox")
app.add_typer(pipe.outbox, name="outbox")


def main() -> int:
    """Run a command; returns 0 when done, 1 for a failure told in one line, 2 for wrong usage."""
    # The database, backups, photos and lists hold people's data: nobody else on the machine may read them.
    os.umask(0o077)
    try:
        app()
    except OperatorError as error:
        _tell(str(error))
    except DatabaseBusy:
        _tell("the database is busy: try again in a moment")
    except DBAPIError as error:
        _tell(f"database: {str(error.orig).splitlines()[0]}")
    except Refused as refusal:
        _tell(translator("en").plain(refusal.key, **refusal.facts))
    except OSError as error:
        _tell(f"{error.filename or 'a file'}: {error.strerror or error}")
    return 1


def _tell(words: str) -> None:
    """In one line, whatever names of files and cells stand in it."""
    shown = "".join(letter if letter.isprintable() else " " for letter in scrub(words))
    typer.echo(f"gridduty: {' '.join(shown.split())}", err=True)


if __name__ == "__main__":
    sys.exit(main())
