"""The living card of a patrol in its maker's chat: where it has got to, and what is asked next."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.base.facts import Facts
from bot.features.patrols import repository
from bot.features.patrols.repository import Section, Stop
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.settings import Settings
from models import Area, Checkpoint, CheckpointVisit, PatrolAnswer


def subject(patrol_id: int) -> str:
    """The card's subject."""
    return f"patrol:{patrol_id}"


def section_of(session: Session, patrol: Row[Any]) -> Section | None:
    """The section walked; None where there is none, or no more."""
    return repository.sections(session).get(patrol.section_id or 0)


def marks_of(session: Session, patrol_id: int) -> dict[int, Row[Any]]:
    """The checkpoints reached, by their numbers: at, how, distance, photo_id, forwarded."""
    table = CheckpointVisit
    rows = session.execute(
        select(
            col(table.checkpoint_id), col(table.at), col(table.how), col(table.distance),
            col(table.photo_id), col(table.forwarded), col(Checkpoint.name),
        )
        .join(Checkpoint, col(Checkpoint.id) == col(table.checkpoint_id))
        .where(col(table.patrol_id) == patrol_id)
    )  # fmt: skip
    return {row.checkpoint_id: row for row in rows}


def stops_left(session: Session, patrol: Row[Any]) -> list[Stop]:
    """The checkpoints not reached yet."""
    section, marks = section_of(session, patrol), marks_of(session, patrol.id)
    return [stop for stop in (section.stops if section else ()) if stop.id not in marks]


def answers_of(session: Session, patrol_id: int) -> list[Row[Any]]:
    """What was not in order, in the order it was told."""
    table = PatrolAnswer
    found = select(
        col(table.id), col(table.item), col(table.words), col(table.voice), col(table.photos),
        col(table.hazard_id),
    )  # fmt: skip
    return list(session.execute(found.where(col(table.patrol_id) == patrol_id).order_by(col(table.id))))


def show(work: Work, *, below: bool = False) -> None:
    """Let the card of the actor's open patrol say how it stands; `below`: as a new message, the one above
    is done with."""
    access.require(work.actor, "patrol.make", self_of(work.actor))
    patrol = repository.open_of(work.session, work.actor.person_id)
    if patrol is None:
        return
    facts = _facts(work.session, patrol, work.settings)
    if below:
        moved = Told("patrol.card_moved", facts)
        outbox.retire(work.session, subject(patrol.id), moved, work.now)
    card = Told("patrol.card", facts)
    outbox.show(work, subject(patrol.id), card, outbox.recipient_of(work.actor))
    # A second account of the same person sees it too.
    outbox.show_again(work.session, subject(patrol.id), card, work.now, work.actor.person_id)


def settle(session: Session, patrol: Row[Any], now: datetime, state: str) -> None:
    """The patrol is over: its cards ask for nothing any more."""
    facts = {"patrol_id": patrol.id, "state": state, "started_at": patrol.started_at}
    section = section_of(session, patrol)
    facts["section"] = section.name if section else ""
    outbox.show_again(session, subject(patrol.id), Told("patrol.card_over", facts), now)


def _facts(session: Session, patrol: Row[Any], settings: Settings) -> Facts:
    section, marks = section_of(session, patrol), marks_of(session, patrol.id)
    noted = {row.item: row for row in answers_of(session, patrol.id)}
    checklist = settings.patrol.checklist(patrol.checklist)
    return {
        "patrol_id": patrol.id, "section": section.name if section else "", "page": patrol.page,
        "area": _area_of(session, patrol.area_id), "started_at": patrol.started_at, "about": patrol.about,
        "stops": [
            {"name": stop.name, "at": marks[stop.id].at if stop.id in marks else None}
            for stop in (section.stops if section else ())
        ],
        "items": [
            {
                "code": item.code, "zh_CN": item.zh_CN, "en": item.en, "noted": item.code in noted,
                "told": item.code in noted and _is_told(noted[item.code]),
            }
            for item in checklist.items
        ],
    }  # fmt: skip


def _is_told(row: Row[Any]) -> bool:
    return bool(row.words or row.voice or row.photos)


def _area_of(session: Session, area_id: int) -> str:
    name: str = session.execute(select(col(Area.name)).where(col(Area.id) == area_id)).scalar_one()
    return name
