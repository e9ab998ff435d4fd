"""`gridduty roster unbind`: take accounts away from a person."""

from typing import Annotated

import typer

from bot.base.errors import OperatorError
from bot.base.i18n import translator
from bot.commands.opening import ConfigOption, opened
from bot.features.people import accounts


def unbind(
    person: Annotated[str, typer.Argument(help="The person's code.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this, only show.")] = False,
    config: ConfigOption = None,
) -> None:
    """Take a person's Telegram accounts away: a wrong one joined, or a phone was lost."""
    with opened(config) as here:
        tr = translator(here.settings.work.language)
        with here.db.read() as session:
            found = accounts.accounts_of(here.work(session), person)
        if not found:
            raise OperatorError(tr.plain("roster-unbind-none"))
        if yes:
            with here.db.write_now() as session:
                accounts.unbind(here.work(session), person)
        key = "roster-unbind-done" if yes else "roster-unbind-preview"
        typer.echo(tr.plain(key, code=person, accounts=" ".join(found)))
