"""The living card of a patrol in its maker's chat: where it has got to, and what is asked next."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.base.facts import Struct
from bot.features.patrols import repository
from bot.features.patrols.notices import CardItem, CardStop, PatrolCard, PatrolCardMoved, PatrolCardOver
from bot.features.patrols.repository import PatrolRow, Section, Stop
from bot.outbox import outbox
from bot.storage.rows import all_of, columns
from models import Checkpoint, CheckpointVisit, PatrolAnswer


class Visit(Struct):
    """A checkpoint that was reached."""

    checkpoint_id: int
    name: str
    at: datetime


class NotedItem(Struct):
    """An item of the checklist that was not in order, and where the person last was then."""

    id: int
    item: str
    found_at: datetime
    words: str
    voice: str | None
    photos: list[int]
    latitude: float | None
    longitude: float | None
    checkpoint_id: int | None
    hazard_id: int | None

    @property
    def is_told(self) -> bool:
        """Whether something was said about it."""
        return bool(self.words or self.voice or self.photos)


def subject(patrol_id: int) -> str:
    """The card's subject."""
    return f"patrol:{patrol_id}"


def section_of(session: Session, patrol: PatrolRow) -> Section | None:
    """The section walked; None where there is none, or no more."""
    return repository.sections(session).get(patrol.section_id or 0)


def stops_of(session: Session, patrol: PatrolRow) -> tuple[Stop, ...]:
    """The checkpoints of the section walked."""
    section = section_of(session, patrol)
    return section.stops if section else ()


def marks_of(session: Session, patrol_id: int) -> dict[int, Visit]:
    """The checkpoints reached, by their numbers."""
    found = (
        select(*columns(Visit, CheckpointVisit, Checkpoint))
        .join(Checkpoint, col(Checkpoint.id) == col(CheckpointVisit.checkpoint_id))
        .where(col(CheckpointVisit.patrol_id) == patrol_id)
    )
    return {visit.checkpoint_id: visit for visit in all_of(session, Visit, found)}


def stops_left(session: Session, patrol: PatrolRow) -> list[Stop]:
    """The checkpoints not reached yet."""
    marks = marks_of(session, patrol.id)
    return [stop for stop in stops_of(session, patrol) if stop.id not in marks]


def answers_of(session: Session, patrol_id: int) -> list[NotedItem]:
    """What was not in order, in the order it was told."""
    found = select(*columns(NotedItem, PatrolAnswer)).where(col(PatrolAnswer.patrol_id) == patrol_id)
    return all_of(session, NotedItem, found.order_by(col(PatrolAnswer.id)))


def show(work: Work, *, below: bool = False) -> None:
    """Let the card of the actor's open patrol say how it stands; `below`: as a new message, the one above
    is done with."""
    access.require(work.actor, "patrol.make", self_of(work.actor))
    patrol = repository.open_of(work.session, work.actor.person_id)
    if patrol is None:
        return
    card = _card(work, patrol)
    if below:
        outbox.retire(work.session, subject(patrol.id), PatrolCardMoved(card.section), work.now)
    outbox.show(work, subject(patrol.id), card, outbox.recipient_of(work.actor))
    # A second account of the same person sees it too.
    outbox.show_again(work.session, subject(patrol.id), card, work.now, work.actor.person_id)


def settle(work: Work, patrol: PatrolRow, state: str) -> None:
    """The patrol is over: its cards ask for nothing any more."""
    section = section_of(work.session, patrol)
    over = PatrolCardOver(state, patrol.started_at, section.name if section else "")
    outbox.show_again(work.session, subject(patrol.id), over, work.now)


def _card(work: Work, patrol: PatrolRow) -> PatrolCard:
    section, marks = section_of(work.session, patrol), marks_of(work.session, patrol.id)
    noted = {each.item: each for each in answers_of(work.session, patrol.id)}
    stops = [
        CardStop(stop.name, marks[stop.id].at if stop.id in marks else None)
        for stop in (section.stops if section else ())
    ]
    items = [
        CardItem(
            item.code, item.zh_CN, item.en, noted=item.code in noted,
            told=item.code in noted and noted[item.code].is_told,
        )
        for item in work.settings.patrol.checklist(patrol.checklist).items
    ]  # fmt: skip
    return PatrolCard(
        patrol.id, section.name if section else "", patrol.page, patrol.started_at, patrol.about,
        tuple(stops), tuple(items),
    )  # fmt: skip
