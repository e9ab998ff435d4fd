"""Handovers that are not settled in time, on their ladder: the crew, its leads, then further and further up.

The ladders' subjects are `handover:NUMBER`. The nearest supervisors get the handover's own card.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.features.escalation import ladders
from bot.features.handover import cards, repository
from bot.features.handover.notices import HandoverLate, LateHandovers, NamedHandover
from bot.features.handover.repository import HandoverRow
from bot.outbox import outbox
from bot.settings import Settings
from models import Handover, HandoverState, Ladder

KIND, RUN = "handover", "handover.run"


def begin(work: Work, row: HandoverRow) -> None:
    """From the end of the shift on: whoever has not done their part is reminded."""
    access.require(work.actor, RUN, Resource())
    people = cards.takers_of(work.session, row)
    if row.state == HandoverState.OPEN:
        people = [*cards.givers_of(work.session, row), *people]
    leads = cards.leads_of(work.session, row)
    one = ladders.Start(str(cards.Subject(row.id)), row.path, people, leads, row.due_at)
    ladders.start_all(work, KIND, [one])


def needed(session: Session, subjects: Sequence[str], now: datetime, _: Settings) -> set[str]:
    """Of these, those that are not settled."""
    numbers = {_number(subject): subject for subject in subjects}
    found = select(col(Handover.id)).where(
        col(Handover.id).in_(list(numbers)), col(Handover.state).in_(repository.UNSETTLED)
    )
    return {numbers[number or 0] for number in session.execute(found).scalars()}


def load(session: Session, reader: Actor, notice: HandoverLate) -> LateHandovers | None:
    """Those still not settled that the reader may see; None where there is none to be told of."""
    rows = [repository.read(session, _number(subject)) for subject in notice.subjects]
    seen = [row for row in rows if row and access.allows(reader, cards.READ, cards.thing(session, row))]
    open_ = tuple(
        NamedHandover(row.id, row.area, row.place, row.due_at, row.giver)
        for row in seen
        if row.state in repository.UNSETTLED
    )
    return LateHandovers(notice.level, open_) if open_ or (seen and notice.level) else None


def settled(work: Work, handover_id: int) -> None:
    """Messages that miss it say so no longer."""
    mine = select(col(Ladder.id)).where(col(Ladder.subject) == str(cards.Subject(handover_id)))
    numbers = [number or 0 for number in work.session.execute(mine).scalars()]
    for card in ladders.told_cards(work.session, numbers) if numbers else ():
        outbox.refresh(work.session, card.subject, work.now)


def _number(subject: str) -> int:
    return cards.Subject.of(subject).handover_id
