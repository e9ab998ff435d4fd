"""`gridduty roster codes`: what hangs on the spot, for posts and checkpoints."""

from pathlib import Path
from typing import Annotated

import typer

from bot.base.errors import OperatorError, Refused
from bot.base.i18n import Translator, translator
from bot.commands.invites import bot_name
from bot.commands.opening import ConfigOption, Opened, opened
from bot.commands.outputs import require_suffix, written
from bot.commands.progress import progress
from bot.features.roster import spot_codes
from bot.features.roster.pdf_pages import Card
from bot.features.roster.posters import write_posters_pdf
from bot.features.roster.qr_cards import write_cards_sheet
from bot.features.roster.spot_codes import WallCode


def codes(
    out: Annotated[Path, typer.Option(help="Where to write them: .pdf to hang up, or .xlsx.")],
    area: Annotated[str, typer.Option(help="The area's code; all posts and checkpoints below it.")] = "",
    only: Annotated[
        list[str] | None, typer.Option(help="The code of one post or checkpoint instead; may be repeated.")
    ] = None,
    renew: Annotated[
        bool, typer.Option(help="With --only: make new codes; what hangs there counts no more.")
    ] = False,
    bot: Annotated[str, typer.Option(help="The bot's user name; known once it has run.")] = "",
    config: ConfigOption = None,
) -> None:
    """Write the QR codes of posts and checkpoints, to be hung up on the spot."""
    require_suffix(out, ".xlsx", ".pdf")
    if bool(area) == bool(only) or (renew and not only):
        raise typer.BadParameter("name either --area or --only; --renew goes with --only")
    with opened(config) as here:
        tr = translator(here.settings.work.language)
        name = bot_name(here, bot, tr)
        try:
            found = _found(here, area, only or [])
        except Refused as refusal:
            raise OperatorError(tr.plain(refusal.key, **refusal.facts)) from refusal
        if not found:
            typer.echo(tr.plain("roster-codes-none", area=area))
            return
        _write(here, out, spot_codes.renewed(found) if renew else found, name, tr, renew=renew)
        done = "roster-codes-renewed" if renew else "roster-codes-done"
        typer.echo(tr.plain(done, count=len(found), file=out.name))


def _found(here: Opened, area: str, only: list[str]) -> list[WallCode]:
    with here.db.read() as session:
        work = here.work(session)
        return spot_codes.of_area(work, area) if area else spot_codes.named(work, only)


def _write(here: Opened, out: Path, found: list[WallCode], bot: str, tr: Translator, *, renew: bool) -> None:
    """Write the file first: codes that nobody can hang up must not replace those that hang."""
    cards = [_card(code, bot, tr) for code in found]
    with written(out) as partial:
        with progress(tr) as tick:
            if partial.suffix.lower() == ".pdf":
                write_posters_pdf(partial, cards, tick=tick)
            else:
                write_cards_sheet(partial, cards, tr, tick=tick, title="roster-codes-title")
        if renew:
            with here.db.write_now() as session:
                spot_codes.store(here.work(session), found)


def _card(code: WallCode, bot: str, tr: Translator) -> Card:
    kind = "post" if code.is_post else "checkpoint"
    steps = tuple(tr.plain(f"roster-{kind}-how-{step}") for step in (1, 2))
    return Card(code.code, code.name, code.place, f"https://t.me/{bot}?start={code.payload}", steps)
