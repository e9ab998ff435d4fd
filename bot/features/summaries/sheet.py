"""A summary as a spreadsheet: every figure of an area and of those one level down."""

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit
from bot.features.figures import area_tree
from bot.features.figures.definitions import FIGURES, with_attendance
from bot.features.figures.reading import of_area, read
from bot.features.summaries import summary
from bot.features.summaries.notices import AskedSummary, SheetFigures, SheetRow, SummarySheet
from bot.features.summaries.summary import path_of
from models import Area

EXPORT = "figures.export"


def ask(work: Work, asked: AskedSummary) -> SummarySheet:
    """Ask for a spreadsheet; what stands in it is read when it is sent. Raises NotAllowed."""
    path = path_of(work.session, asked.area_id)
    access.require(work.actor, EXPORT, Resource(path))
    period, day = asked.period, asked.day.isoformat()
    audit.record(work.at(asked.asked_at), EXPORT, path, period=period, day=day)
    return asked.shown_as(SummarySheet)


def load(session: Session, reader: Actor, asked: AskedSummary) -> SheetFigures | None:
    """The figures as they are now; None for a reader who may not see them (any more)."""
    if not access.allows(reader, EXPORT, Resource(path_of(session, asked.area_id))):
        return None
    found = summary.load(session, reader, asked)
    if found is None:
        return None
    return found.shown_as(SheetFigures, figures=tuple(FIGURES), rows=rows(session, reader, asked))


def rows(session: Session, reader: Actor, asked: AskedSummary) -> tuple[SheetRow, ...]:
    """The area and those below it in roster order, with every figure. Raises NotAllowed."""
    access.require(reader, summary.READ, Resource(path_of(session, asked.area_id)))
    ids = [asked.area_id, *(row.id for row in area_tree.level_below(session, asked.area_id))]
    named = select(col(Area.id), col(Area.code), col(Area.name), col(Area.kind)).where(col(Area.id).in_(ids))
    areas = {row.id: row for row in session.execute(named)}
    found = read(session, asked.days, ids, now=asked.asked_at, work=asked.work)
    none = dict.fromkeys(FIGURES, 0)
    return tuple(
        SheetRow(
            areas[each].code, areas[each].name, none | with_attendance(of_area(found, each, asked.days)),
            areas[each].kind,
        )
        for each in ids
    )  # fmt: skip
