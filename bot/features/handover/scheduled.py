"""What the clock does about handovers: asks who leaves, then who comes, then those above."""

from datetime import timedelta

from sqlalchemy import String, cast, exists, literal, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.features.handover import cards, escalation, repository
from bot.storage.rows import Expression
from models import Handover, Ladder

RUN = "handover.run"


def ask(work: Work, *, limit: int) -> int:
    """Shifts about to end: their crews are asked to hand over; how many, `limit` at most."""
    access.require(work.actor, RUN, Resource())
    ending = repository.ending(work, limit)
    for shift_id in ending:
        number = repository.open_for(work, shift_id)
        row = repository.read(work.session, number) if number else None
        if row is None:
            continue
        for older in repository.lapse_older(work.session, row.id, row.post_id):
            cards.show_changed(work, older)
            escalation.settled(work, older)
        cards.show_to_givers(work, row)
    return len(ending)


def bring(work: Work, *, limit: int) -> int:
    """Who comes sees it as soon as it begins, whether it was given or not; how many."""
    access.require(work.actor, RUN, Resource())
    soon = work.now + timedelta(minutes=work.settings.handover.minutes_before)
    here = (col(Handover.state).in_(repository.UNSETTLED), col(Handover.incoming_id).is_not(None))
    found = _numbers(
        work.session, *here, col(Handover.shown_at).is_(None), col(Handover.due_at) <= soon,
        col(Handover.due_at) > work.now - repository.AROUND, limit=limit,
    )  # fmt: skip
    for number in found:
        row = repository.read(work.session, number)
        if row is not None:
            work.session.execute(update(Handover).where(col(Handover.id) == number).values(shown_at=work.now))
            cards.show_to_takers(work, row)
    return len(found)


def remind(work: Work, *, limit: int) -> int:
    """The time has come: from now on whoever has not done their part is reminded; how many."""
    access.require(work.actor, RUN, Resource())
    begun = select(col(Ladder.id)).where(
        col(Ladder.subject) == literal("handover:") + cast(col(Handover.id), String)
    )
    found = _numbers(
        work.session, col(Handover.state).in_(repository.UNSETTLED), col(Handover.due_at) <= work.now,
        col(Handover.due_at) > work.now - repository.AROUND, ~exists(begun.correlate(Handover)), limit=limit,
    )  # fmt: skip
    for number in found:
        row = repository.read(work.session, number)
        if row is not None:
            escalation.begin(work, row)
            # From now on those who come may take it over without those who left.
            cards.show_changed(work, number)
    return len(found)


def tell_late(work: Work, *, limit: int) -> int:
    """Not settled in time: those above are told, and every card says so; how many."""
    access.require(work.actor, RUN, Resource())
    past = work.now - timedelta(minutes=work.settings.handover.confirm_minutes)
    here = (col(Handover.state).in_(repository.UNSETTLED), col(Handover.late_at).is_(None))
    found = _numbers(work.session, *here, col(Handover.due_at) <= past, limit=limit)
    for number in found:
        work.session.execute(update(Handover).where(col(Handover.id) == number).values(late_at=work.now))
        row = repository.read(work.session, number)
        if row is not None:
            cards.show_changed(work, number)
            cards.show_above(work, row)
    return len(found)


def mend(work: Work, *, limit: int) -> int:
    """Handovers follow shifts that were moved or cancelled; how many."""
    access.require(work.actor, RUN, Resource())
    changed = repository.mend(work, limit)
    for number in changed:
        cards.show_changed(work, number)
    return len(changed)


def _numbers(session: Session, *where: Expression, limit: int) -> list[int]:
    found = select(col(Handover.id)).where(*where).order_by(col(Handover.due_at)).limit(limit)
    return [number or 0 for number in session.execute(found).scalars()]
