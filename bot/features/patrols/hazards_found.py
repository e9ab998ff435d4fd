"""What was not in order on a patrol becomes hazards, with the place filled in."""

from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.features.hazards import reporting
from bot.features.hazards.repository import NewHazard
from bot.features.patrols import cards
from bot.settings import Settings
from models import PatrolAnswer, voices_of


def raise_of(work: Work, patrol: Row[Any]) -> int:
    """Raise a hazard from each item that was noted and is none yet; how many."""
    access.require(work.actor, reporting.REPORT, self_of(work.actor))
    table = PatrolAnswer.__table__  # type: ignore[attr-defined]
    noted = (table.c.patrol_id == patrol.id, table.c.hazard_id.is_(None))
    rows = work.session.execute(select(table).where(*noted).order_by(table.c.id)).all()
    for row in rows:
        number = reporting.report(work, _found(work.session, patrol, row, work.settings))
        one = col(PatrolAnswer.id) == row.id
        work.session.execute(update(PatrolAnswer).where(one).values(hazard_id=number))
    return len(rows)


def _found(session: Session, patrol: Row[Any], row: Row[Any], settings: Settings) -> NewHazard:
    """In the words of the checklist and the person's own."""
    section = cards.section_of(session, patrol)
    item = settings.patrol.checklist(patrol.checklist).item(row.item)
    name = row.item if item is None else item.zh_CN if settings.work.language == "zh_CN" else item.en
    joint = "：" if settings.work.language == "zh_CN" else ": "
    return NewHazard(
        category=settings.hazards.of_item(row.item).code, area_id=patrol.area_id, post_id=patrol.post_id,
        latitude=row.latitude, longitude=row.longitude, place=section.name if section else "",
        photos=tuple(row.photos), voices=voices_of(row.voice),
        words=f"{name}{joint}{row.words}" if row.words else name, found_at=row.found_at,
        patrol_id=patrol.id, checkpoint_id=row.checkpoint_id, by=patrol.person_id,
    )  # fmt: skip
