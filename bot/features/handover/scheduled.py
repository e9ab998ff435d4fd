"""What the clock does about handovers: asks who leaves, then who comes, then those above."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, exists, literal, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Thing
from bot.features.handover import cards, escalation, repository
from bot.settings import Settings
from models import Handover, Ladder

RUN = "handover.run"


def ask(session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int) -> int:
    """Shifts about to end: their crews are asked to hand over; how many, `limit` at most."""
    access.require(actor, RUN, Thing())
    ending = repository.ending(session, now, settings, limit)
    for shift_id in ending:
        number = repository.open_for(session, shift_id, now, settings)
        row = repository.read(session, number) if number else None
        if row is None:
            continue
        for older in repository.lapse_older(session, row.id, row.post_id):
            cards.show_changed(session, older, now)
            escalation.settled(session, older, now)
        cards.show_to_givers(session, row, now, settings)
    return len(ending)


def bring(session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int) -> int:
    """Who comes sees it as soon as it begins, whether it was given or not; how many."""
    access.require(actor, RUN, Thing())
    soon = now + timedelta(minutes=settings.handover.minutes_before)
    here = (col(Handover.state).in_(repository.UNSETTLED), col(Handover.incoming_id).is_not(None))
    found = _numbers(
        session, *here, col(Handover.shown_at).is_(None), col(Handover.due_at) <= soon,
        col(Handover.due_at) > now - repository.AROUND, limit=limit,
    )  # fmt: skip
    for number in found:
        row = repository.read(session, number)
        if row is not None:
            session.execute(update(Handover).where(col(Handover.id) == number).values(shown_at=now))
            cards.show_to_takers(session, row, now, settings)
    return len(found)


def remind(session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int) -> int:
    """The time has come: from now on whoever has not done their part is reminded; how many."""
    access.require(actor, RUN, Thing())
    begun = select(col(Ladder.id)).where(
        col(Ladder.subject) == literal("handover:") + cast(col(Handover.id), String)
    )
    found = _numbers(
        session, col(Handover.state).in_(repository.UNSETTLED), col(Handover.due_at) <= now,
        col(Handover.due_at) > now - repository.AROUND, ~exists(begun.correlate(Handover)), limit=limit,
    )  # fmt: skip
    for number in found:
        row = repository.read(session, number)
        if row is not None:
            escalation.begin(session, actor, row, now=now, settings=settings)
            # From now on those who come may take it over without those who left.
            cards.show_changed(session, number, now)
    return len(found)


def tell_late(session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int) -> int:
    """Not settled in time: those above are told, and every card says so; how many."""
    access.require(actor, RUN, Thing())
    past = now - timedelta(minutes=settings.handover.confirm_minutes)
    here = (col(Handover.state).in_(repository.UNSETTLED), col(Handover.late_at).is_(None))
    found = _numbers(session, *here, col(Handover.due_at) <= past, limit=limit)
    for number in found:
        session.execute(update(Handover).where(col(Handover.id) == number).values(late_at=now))
        row = repository.read(session, number)
        if row is not None:
            cards.show_changed(session, number, now)
            cards.show_above(session, row, now, settings)
    return len(found)


def mend(session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int) -> int:
    """Handovers follow shifts that were moved or cancelled; how many."""
    access.require(actor, RUN, Thing())
    changed = repository.mend(session, settings, limit)
    for number in changed:
        cards.show_changed(session, number, now)
    return len(changed)


def _numbers(session: Session, *where: ColumnElement[bool], limit: int) -> list[int]:
    found = select(col(Handover.id)).where(*where).order_by(col(Handover.due_at)).limit(limit)
    return [number or 0 for number in session.execute(found).scalars()]
