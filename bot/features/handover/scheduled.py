"""What the clock does about handovers: asks who leaves, then who comes, then those above."""

from datetime import datetime, timedelta

from sqlalchemy import String, cast, exists, literal, select, update
from sqlmodel import col

from bot import access
from bot.access import Resource, Work
from bot.features.handover import cards, escalation, repository
from bot.features.handover.repository import HandoverRow
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
    unseen = (col(Handover.incoming_id).is_not(None), col(Handover.shown_at).is_(None))
    rows = _unsettled(work, *unseen, *_lately(work, soon), limit=limit)
    for row in rows:
        work.session.execute(update(Handover).where(col(Handover.id) == row.id).values(shown_at=work.now))
        cards.show_to_takers(work, row)
    return len(rows)


def remind(work: Work, *, limit: int) -> int:
    """The time has come: from now on whoever has not done their part is reminded; how many."""
    access.require(work.actor, RUN, Resource())
    begun = select(col(Ladder.id)).where(
        col(Ladder.subject) == literal("handover:") + cast(col(Handover.id), String)
    )
    rows = _unsettled(work, *_lately(work, work.now), ~exists(begun.correlate(Handover)), limit=limit)
    for row in rows:
        escalation.begin(work, row)
        # From now on those who come may take it over without those who left.
        cards.show_changed(work, row.id)
    return len(rows)


def tell_late(work: Work, *, limit: int) -> int:
    """Not settled in time: those above are told, and every card says so; how many."""
    access.require(work.actor, RUN, Resource())
    past = work.now - timedelta(minutes=work.settings.handover.confirm_minutes)
    rows = _unsettled(work, col(Handover.late_at).is_(None), col(Handover.due_at) <= past, limit=limit)
    for row in rows:
        work.session.execute(update(Handover).where(col(Handover.id) == row.id).values(late_at=work.now))
        cards.show_changed(work, row.id)
        cards.show_above(work, row)
    return len(rows)


def mend(work: Work, *, limit: int) -> int:
    """Handovers follow shifts that were moved or cancelled; how many."""
    access.require(work.actor, RUN, Resource())
    changed = repository.mend(work, limit)
    for number in changed:
        cards.show_changed(work, number)
    return len(changed)


def _lately(work: Work, until: datetime) -> tuple[Expression, Expression]:
    return col(Handover.due_at) <= until, col(Handover.due_at) > work.now - repository.AROUND


def _unsettled(work: Work, *where: Expression, limit: int) -> list[HandoverRow]:
    open_ = col(Handover.state).in_(repository.UNSETTLED)
    found = select(col(Handover.id)).where(open_, *where).order_by(col(Handover.due_at)).limit(limit)
    rows = [repository.read(work.session, number or 0) for number in work.session.execute(found).scalars()]
    return [row for row in rows if row is not None]
