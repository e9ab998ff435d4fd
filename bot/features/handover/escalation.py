"""Handovers that are not settled in time, on their ladder: the crew, its leads, then further and further up.

The ladders' subjects are `handover:NUMBER`. The nearest supervisors get the handover's own card.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.base.facts import Facts
from bot.features.escalation import ladders
from bot.features.handover import cards, repository
from bot.outbox import outbox
from bot.settings import Settings
from models import Handover, HandoverState, Ladder

KIND, RUN = "handover", "handover.run"


def begin(work: Work, row: Row[Any]) -> None:
    """From the end of the shift on: whoever has not done their part is reminded."""
    access.require(work.actor, RUN, Resource())
    people = cards.takers_of(work.session, row)
    if row.state == HandoverState.OPEN:
        people = [*cards.givers_of(work.session, row), *people]
    ladders.start(
        work,
        KIND,
        cards.subject(row.id),
        row.path,
        people,
        cards.leads_of(work.session, row),
        since=row.due_at,
    )


def needed(session: Session, subjects: Sequence[str], now: datetime, _: Settings) -> set[str]:
    """Of these, those that are not settled."""
    numbers = {_number(subject): subject for subject in subjects}
    found = select(col(Handover.id)).where(
        col(Handover.id).in_(list(numbers)), col(Handover.state).in_(repository.UNSETTLED)
    )
    return {numbers[number or 0] for number in session.execute(found).scalars()}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """Those still not settled that the reader may see; None where there is none to be told of."""
    rows = [repository.read(session, _number(subject)) for subject in facts["subjects"]]
    seen = [row for row in rows if row and access.allows(reader, cards.READ, cards.thing(session, row))]
    if not seen:
        return None
    open_ = [
        {
            "handover_id": row.id, "area": row.area, "place": row.place, "due_at": row.due_at,
            "giver": row.giver or "",
        }
        for row in seen
        if row.state in repository.UNSETTLED
    ]  # fmt: skip
    return facts | {"open": open_} if open_ or facts["level"] else None


def settled(session: Session, handover_id: int, now: datetime) -> None:
    """Messages that miss it say so no longer."""
    mine = select(col(Ladder.id)).where(col(Ladder.subject) == cards.subject(handover_id))
    numbers = [number or 0 for number in session.execute(mine).scalars()]
    for card in ladders.told_cards(session, numbers) if numbers else ():
        outbox.refresh(session, card.subject, now)


def _number(subject: str) -> int:
    return int(subject.rpartition(":")[2])
