"""A summary as a spreadsheet: every figure of an area and of those one level down."""

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, audit
from bot.base.facts import Facts
from bot.features.figures import area_tree as figure_area_tree
from bot.features.figures.definitions import FIGURES, with_attendance
from bot.features.figures.reading import of_area, read
from bot.features.summaries import summary
from bot.features.summaries.summary import AskedSummary, asked_of
from models import Area

EXPORT = "figures.export"


def ask(session: Session, actor: Actor, asked: AskedSummary) -> Facts:
    """Ask for a spreadsheet; what stands in it is read when it is sent. Raises NotAllowed."""
    path = _path(session, asked.area_id)
    access.require(actor, EXPORT, Resource(path))
    period = asked.period
    audit.record(session, actor, EXPORT, path, asked.at, period=period.kind, day=period.first.isoformat())
    return asked.facts()


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The figures as they are now; None for a reader who may not see them (any more)."""
    asked = asked_of(facts)
    if not access.allows(reader, EXPORT, Resource(_path(session, asked.area_id))):
        return None
    found = summary.load(session, reader, facts)
    return found | {"figures": list(FIGURES), "rows": rows(session, reader, asked)} if found else None


def rows(session: Session, reader: Actor, asked: AskedSummary) -> list[Facts]:
    """The area and those below it in roster order: code, name, and every figure. Raises NotAllowed."""
    access.require(reader, summary.READ, Resource(_path(session, asked.area_id)))
    ids = [asked.area_id, *(row.id for row in figure_area_tree.level_below(session, asked.area_id))]
    named = select(col(Area.id), col(Area.code), col(Area.name), col(Area.kind)).where(col(Area.id).in_(ids))
    areas = {row.id: row for row in session.execute(named)}
    found = read(session, asked.days, ids, now=asked.at, work=asked.work)
    counts = {area_id: of_area(found, area_id, asked.days) for area_id in ids}
    return [
        {
            "code": areas[area_id].code, "name": areas[area_id].name, "kind": areas[area_id].kind,
            "counts": dict.fromkeys(FIGURES, 0) | with_attendance(counts[area_id]),
        }
        for area_id in ids
    ]  # fmt: skip


def _path(session: Session, area_id: int) -> str:
    return session.execute(select(col(Area.path)).where(col(Area.id) == area_id)).scalar() or ""
