"""`gridduty summary`, `review` and `figures`: pictures, pages, sheets, JSON, packs; figures counted anew."""

from datetime import date as date_
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot import charts
from bot.access import OPERATOR, Work
from bot.base.clock import clock
from bot.base.errors import OperatorError, Refused
from bot.base.i18n import translator
from bot.commands.opening import ConfigOption, JsonOption, Opened, opened, print_json
from bot.commands.outputs import require_suffix, written
from bot.commands.progress import progress
from bot.features.figures import rebuilding
from bot.features.figures.periods import PeriodKind
from bot.features.summaries import review as packs
from bot.features.summaries import sheet
from bot.features.summaries import summary as summary_summary
from bot.features.summaries.notices import AskedSummary, Summary, SummarySheet
from bot.outbox.notices import Notice
from bot.storage.blobs import StoreTrouble, store_of
from bot.views import messages
from bot.views.base import Picture, Reader

figures = typer.Typer(help="The figures that are kept ready.", no_args_is_help=True)
# What is drawn for each ending of a file's name.
_DRAWN = {".png": "summary", ".pdf": "page", ".xlsx": "workbook"}


@figures.callback()
def _group() -> None:
    """With one command alone, its name would be left out."""


def summary(
    area: Annotated[str, typer.Option(help="The code of an area; all below it is included.")],
    period: Annotated[PeriodKind, typer.Option(help="The period that the date lies in.")] = PeriodKind.DAY,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day of the period; default: today.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write: .png, .pdf or .xlsx.")] = None,
    json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Write the figures of an area and a period to a file, or print them."""
    if out is None and not json:
        raise typer.BadParameter("name a file by --out, or ask for --json")
    if out:
        require_suffix(out, *_DRAWN)
    with opened(config) as here, here.db.read() as session:
        asked = _asked(here.work(session), area, period, date)
        if out:
            _write(here, session, asked, out)
        if json:
            print_json(_told(session, asked))
        else:
            typer.echo(str(out))


def review(
    area: Annotated[str, typer.Option(help="The code of an area; all below it is included.")],
    out: Annotated[Path, typer.Option(help="The file to write: .pdf.")],
    period: Annotated[
        PeriodKind, typer.Option(help="The period that the date lies in.")
    ] = PeriodKind.QUARTER,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day of the period; default: today.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Write a unit's review pack: figures, hazards with before and after, what its ledgers add up to."""
    require_suffix(out, ".pdf")
    with opened(config) as here:
        with here.db.read() as session:
            asked = _asked(here.work(session), area, period, date)
        with here.db.write_now() as session:
            pack = packs.ask(here.work(session), asked)
        with here.db.read() as session:
            picture = _picture(here, session, pack)
            photos = _photos(here, packs.contents(here.work(session), asked, picture.photos))
        with written(out) as partial:
            partial.write_bytes(charts.draw(picture.drawing, picture.data, photos))
    typer.echo(str(out))


def _photos(here: Opened, keys: list[str]) -> list[bytes]:
    """Photos out of the store; one that is not there leaves its frame empty."""
    store, found = store_of(here.settings.photos), []
    for key in keys:
        try:
            found.append(store.get(key) if key else b"")
        except StoreTrouble:
            found.append(b"")
    return found


def _picture(here: Opened, session: Session, notice: Notice) -> Picture:
    """What the message in the chat would show."""
    work = here.settings.work
    shown = messages.load(session, OPERATOR, notice)
    reader = Reader(translator(work.language), work.zone, clock.now())
    picture = messages.view(notice.kind, shown, reader).picture
    assert picture
    return picture


def _asked(work: Work, code: str, period: PeriodKind, date: datetime | None) -> AskedSummary:
    area_id = summary_summary.area_by_code(work, code)
    if area_id is None:
        raise OperatorError(f"{code}: no area has this code")
    day = date.date() if date else None
    try:
        return summary_summary.ask(work, area_id, period, day)
    except Refused as refusal:
        raise OperatorError(f"{day}: lies in the future, or too far back") from refusal


def _write(here: Opened, session: Session, asked: AskedSummary, out: Path) -> None:
    kind = SummarySheet if out.suffix.lower() == ".xlsx" else Summary
    picture = _picture(here, session, asked.shown_as(kind))
    with written(out) as partial:
        partial.write_bytes(charts.draw(_DRAWN[out.suffix.lower()], picture.data, []))


def _told(session: Session, asked: AskedSummary) -> dict[str, object]:
    """The figures of the area and of each below it, every one of them."""
    whole, *below = sheet.rows(session, OPERATOR, asked)
    told = summary_summary.figures(session, OPERATOR, asked)
    return {
        "period": asked.period, "first": asked.day, "last": told.last, "cutoff": told.cutoff, "area": whole,
        "below": below, "before": told.before, "hazards_now": told.hazards, "requests_now": told.requests,
    }  # fmt: skip


@figures.command("rebuild")
def rebuild(json: JsonOption = False, config: ConfigOption = None) -> None:
    """Count every figure anew from the records, and say how many were wrong; the bot may go on."""
    wrong = 0
    with opened(config) as here:
        with here.db.read() as session:
            days = rebuilding.days(here.work(session))
        with progress(translator(here.settings.work.language)) as tick:
            for number, day in enumerate(days, start=1):
                wrong += _rebuild_day(here, day)
                tick("figures", number, len(days))
    if json:
        print_json({"days": len(days), "wrong": wrong})
    else:
        typer.echo(f"{len(days)} days counted, {wrong} figures put right")


def _rebuild_day(here: Opened, day: date_) -> int:
    """In small transactions, so that check-ins are let in between."""
    wrong, after = 0, 0
    while True:
        with here.db.write_now() as session:
            found, after = rebuilding.rebuild(here.work(session), day, after)
        wrong += found
        if not after:
            return wrong
