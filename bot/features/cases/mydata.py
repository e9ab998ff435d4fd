"""What is kept of a person's part in cases of a kind, for that person."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from bot.access.own_data import OwnData
from bot.base.facts import Struct
from bot.features.cases.case import CaseKind, R

# How many of the newest own words are told one by one.
SAID = 20


class OwnPart(Struct):
    """How often the person took each step, was named, and from when until when."""

    steps: dict[str, int]
    named: int
    first: datetime | None
    last: datetime | None

    def count(self, *steps: str) -> int:
        """How often one of these steps was taken."""
        return sum(self.steps.get(step, 0) for step in steps)


class OwnWords(Struct):
    """What the person said of a case, when, and what the case is called."""

    at: datetime
    said: str
    reference: str


def part_of(own: OwnData, kind: CaseKind[R]) -> OwnPart | None:
    """What the person had to do with cases of this kind; None where that is nothing."""
    events, assignees = kind.tables.events.c, kind.tables.assignees.c
    session, me = own.session, own.actor.person_id
    mine = events.person_id == me
    steps = select(events.step, func.count()).where(mine).group_by(events.step)
    counted = {step: int(number) for step, number in session.execute(steps)}
    named = session.execute(select(func.count()).where(assignees.person_id == me)).scalar_one()
    if not counted and not named:
        return None
    first, last = session.execute(select(func.min(events.at), func.max(events.at)).where(mine)).one()
    return OwnPart(counted, named, first, last)


def words_of(own: OwnData, kind: CaseKind[R]) -> Iterator[OwnWords]:
    """What the person said, the newest first."""
    events, cases = kind.tables.events, kind.tables.cases
    said = (
        select(events.c.at, events.c.words, events.c.voice, cases.c.year, cases.c.number)
        .join(cases, cases.c.id == events.c[kind.tables.key])
        .where(events.c.person_id == own.actor.person_id, (events.c.words != "") | (events.c.voice != ""))
        .order_by(events.c.at.desc())
        .limit(SAID)
    )
    for at, words, voice, year, number in own.session.execute(said):
        told = " ".join(filter(None, (words, "🎤" if voice else "")))
        yield OwnWords(at, told, kind.reference(year, number))
