"""`gridduty roster invites`: links and QR codes to hand out."""

import re
from pathlib import Path
from typing import Annotated

import typer

from bot.base.errors import OperatorError, Refused
from bot.base.i18n import Translator, translator
from bot.commands.opening import ConfigOption, Opened, opened
from bot.commands.outputs import require_suffix, written
from bot.commands.progress import progress
from bot.features.people import invites as service
from bot.features.roster import spot_codes
from bot.features.roster.pdf_pages import Card
from bot.features.roster.qr_cards import write_cards_pdf, write_cards_sheet
from bot.storage import values


def invites(
    out: Annotated[Path, typer.Option(help="Where to write them: .xlsx or .pdf. Keep it safe.")],
    area: Annotated[str, typer.Option(help="The area's code; everyone below it too.")] = "",
    person: Annotated[str, typer.Option(help="One person's code or name instead, who may have joined.")] = "",
    renew: Annotated[bool, typer.Option(help="Revoke invites that are out and make new ones.")] = False,
    posts: Annotated[bool, typer.Option(help="The posts' QR codes instead of people's invites.")] = False,
    bot: Annotated[str, typer.Option(help="The bot's user name; known once it has run.")] = "",
    config: ConfigOption = None,
) -> None:
    """Write links and QR codes for those who have not joined and hold no live invite."""
    require_suffix(out, ".xlsx", ".pdf")
    if bool(area) == bool(person) or (person and (posts or renew)):
        raise typer.BadParameter("name either --area or, alone, --person")
    with opened(config) as here:
        tr = translator(here.settings.work.language)
        name = bot_name(here, bot, tr)
        try:
            count = _posts(here, area, out, name) if posts else _people(here, area, person, out, name, renew)
        except Refused as refusal:
            raise OperatorError(tr.plain(refusal.key, **refusal.facts)) from refusal
        if count:
            typer.echo(tr.plain("roster-invite-done", area=area or person, count=count, file=out.name))
        else:
            typer.echo(tr.plain("roster-post-none" if posts else "roster-invite-none", area=area))


def bot_name(here: Opened, given: str, tr: Translator) -> str:
    """The bot's user name, as given or as kept. Raises OperatorError where none is known."""
    with here.db.read() as session:
        name = (given or values.get(session, "bot_username") or "").removeprefix("@")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{3,31}", name):
        raise OperatorError(tr.plain("roster-invite-no-bot"))
    return name


def _people(here: Opened, area: str, person: str, out: Path, bot: str, renew: bool) -> int:
    """Write the file first: codes that nobody was told must not count as handed out."""
    tr = translator(here.settings.work.language)
    with here.db.read() as session:
        if person:
            area, made = service.draw_up_for(here.work(session), person)
        else:
            made = service.draw_up(here.work(session), area, renew=renew)
    if not made:
        return 0
    with written(out) as partial:
        _write(partial, [_card(invite, bot, here, tr) for invite in made], tr)
        with here.db.write_now() as session:
            service.store(here.work(session), area, made, renew=renew)
    return len(made)


def _card(invite: service.NewInvite, bot: str, here: Opened, tr: Translator) -> Card:
    until = f"{invite.expires_at.astimezone(here.settings.work.zone):%Y-%m-%d}"
    return Card(
        invite.person_code,
        invite.name,
        invite.area,
        f"https://t.me/{bot}?start=j_{invite.code}",
        tuple(tr.plain(f"roster-invite-how-{step}") for step in (1, 2, 3)),
        tr.plain("roster-invite-until", date=until),
        until,
    )


def _posts(here: Opened, area: str, out: Path, bot: str) -> int:
    tr = translator(here.settings.work.language)
    with here.db.read() as session:
        posts = [code for code in spot_codes.of_area(here.work(session), area) if code.is_post]
    steps = tuple(tr.plain(f"roster-post-how-{step}") for step in (1, 2, 3))
    cards = [
        Card(post.code, post.name, post.place, f"https://t.me/{bot}?start={post.payload}", steps)
        for post in posts
    ]
    if cards:
        with written(out) as partial:
            _write(partial, cards, tr)
    return len(cards)


def _write(file: Path, cards: list[Card], tr: Translator) -> None:
    with progress(tr) as tick:
        if file.suffix.lower() == ".pdf":
            write_cards_pdf(file, cards, tick=tick)
        else:
            write_cards_sheet(file, cards, tr, tick=tick)
