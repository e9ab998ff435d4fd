"""`gridduty burden`: how many messages people get, and how many taps they make."""

from datetime import datetime
from typing import Annotated

import typer

from bot.access import OPERATOR
from bot.commands.export import scope_of
from bot.commands.opening import ConfigOption, JsonOption, opened, print_json
from bot.features.figures import burden as service


def burden(
    area: Annotated[str, typer.Option(help="The code of an area; all below it is included.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="First day.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day.")],
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Tell messages received and taps made per person and day: the median and the 95th percentile."""
    if until < since:
        raise typer.BadParameter("--until lies before --since")
    with opened(config) as here, here.db.read() as session:
        scope = scope_of(here.work(session), area, since, until)
        found = service.spread(session, OPERATOR, scope)
    if json:
        print_json({"area": area, "since": f"{since:%F}", "until": f"{until:%F}", **found})
        return
    if not found:
        typer.echo(f"{area}: nothing was counted in these days")
    for kind, of in found.items():
        typer.echo(f"{kind}\tmedian {of.median}\t95% have at most {of.p95}\tperson-days {of.days}")
