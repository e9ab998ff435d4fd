"""`gridduty burden`: how many messages people get, and how many taps they make."""

from datetime import datetime
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.access import OPERATOR, scope
from bot.base.errors import OperatorError
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
        told = _told(session, area, since, until)
    if json:
        print_json({"area": area, "since": f"{since:%F}", "until": f"{until:%F}", **told})
        return
    if not told:
        typer.echo(f"{area}: nothing was counted in these days")
    for kind, of in told.items():
        typer.echo(f"{kind}\tmedian {of['median']}\t95% have at most {of['p95']}\tperson-days {of['days']}")


def _told(session: Session, area: str, since: datetime, until: datetime) -> dict[str, Any]:
    path = scope.path_of(session, OPERATOR, area)
    if path is None:
        raise OperatorError(f"{area}: no area has this code")
    found = service.spread(session, OPERATOR, path, since.date(), until.date())
    return {str(kind): of.facts() for kind, of in found.items()}
