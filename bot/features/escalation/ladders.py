"""Ladders: what nobody answers goes up, from the person to the lead, to the supervisors and further.

For the other services:

* `start_all(work, kind, starts)` sets them up, each with a `Start`. A `subject` is unique for ever
  (`handover:17`); starting it again does nothing. Rung 0 are `people`, rung 1 `leads`, from rung 2 on it is
  the supervisors of `path`, area by area upwards. A rung that has nobody, or nobody who can be reached, is
  passed over at once. `waits` (default: `settings.ladders` by kind) are minutes after `since` (default: now)
  per rung, -1 leaves a rung out; `working_days=True`: they are working days.
* `take` lets it rest: somebody sees to it. It comes back after `back` and goes on.
* `stop` ends it: it was answered.

Each kind has a line in `registry.ladder_kinds.KINDS`: whether it is still needed (asked right before
each rung, so nobody need call `stop`) and the notices each rung gets. Several ladders of one kind that
reach the same person at the same time become one message, a `LadderNotice`. To the person it is a notice of
its own, from the lead on a living message, so that it can follow what comes of it: `told_cards`.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Relation, Resource, Work
from bot.base.facts import Struct
from bot.settings import Settings
from bot.settings.reminders import SKIPPED
from bot.storage.database import insert_new
from bot.storage.rows import Query, first_of
from models import Card, Ladder, LadderOutcome, LadderState, LadderStep

START, TAKE = "ladder.start", "ladder.take"
GOING = (LadderState.CLIMBING, LadderState.TAKEN)


class Start(Struct):
    """A ladder to set up."""

    subject: str
    path: str
    people: Sequence[int] = ()
    leads: Sequence[int] = ()
    since: datetime | None = None


class LadderRow(Struct):
    """A ladder as it stands: who is on its first two rungs, when each rung is to be told (empty: left out),
    which comes next and when, and the area whose supervisors were told last."""

    id: int
    kind: str
    subject: str
    path: str
    person_ids: list[int]
    lead_ids: list[int]
    plan: list[str]
    level: int
    next_at: datetime
    reached: str
    state: str
    taken_by: int | None


LADDERS: Query = select(*(col(getattr(Ladder, field.name)) for field in fields(LadderRow)))


class ToldCard(Struct):
    """A living message that names several ladders by their subjects, and whether it was sent."""

    subject: str
    about: list[str]
    is_sent: bool


def start_all(
    work: Work,
    kind: str,
    starts: Sequence[Start],
    *,
    waits: Sequence[int] | None = None,
    working_days: bool = False,
) -> None:
    """Set them up; does nothing where a subject has had one. See the module."""
    access.require(work.actor, START, Resource())
    told = waits if waits is not None else getattr(work.settings.ladders, kind)
    insert_new(work.session, Ladder, _rows(work, kind, starts, told, working_days))


def start_again(work: Work, kind: str, starts: Sequence[Start], *, waits: Sequence[int]) -> None:
    """Those of these that stopped, because they were answered, begin anew from the first rung on."""
    access.require(work.actor, START, Resource())
    anew = {"state": LadderState.CLIMBING, "taken_by": None, "taken_at": None, "ended_at": None}
    for row in _rows(work, kind, starts, waits, False):
        stopped = (col(Ladder.subject) == row["subject"], col(Ladder.state) == LadderState.STOPPED)
        work.session.execute(update(Ladder).where(*stopped).values(**row | anew))


def _rows(
    work: Work, kind: str, starts: Sequence[Start], waits: Sequence[int], working_days: bool
) -> list[dict[str, object]]:
    rows = []
    for each in starts:
        since = each.since or work.now
        plan = [_moment(since, wait, working_days, work.settings) for wait in waits]
        first = next((level for level, moment in enumerate(plan) if moment), None)
        if first is not None:
            rows.append(_row(kind, each, since, plan, first))
    return rows


def take(work: Work, subject: str, *, back: timedelta | None = None) -> bool:
    """Let it rest: the actor sees to it. False where it is over, or another has taken it."""
    row, me = _read(work.session, subject), work.actor.person_id
    if row is None or row.state == LadderState.STOPPED or (row.taken_by or me) != me:
        return False
    told = select(col(LadderStep.person_id)).where(col(LadderStep.ladder_id) == row.id)
    steps = [number for number in work.session.execute(told).scalars() if number]
    known = {*row.person_ids, *row.lead_ids, *steps}
    access.require(work.actor, TAKE, Resource(row.path, {Relation.ASSIGNEE: known}))
    wait = back or timedelta(minutes=work.settings.ladders.back_minutes)
    values = {
        "state": LadderState.TAKEN, "taken_by": me, "taken_at": work.now, "next_at": work.now + wait,
        "ended_at": None,
    }  # fmt: skip
    work.session.execute(update(Ladder).where(col(Ladder.id) == row.id).values(**values))
    put_step(work.session, row.id, row.level, work.now, me, LadderOutcome.TAKEN)
    return True


def stop(work: Work, subject: str) -> bool:
    """It was answered: nobody else is told. False where there was nothing to stop."""
    access.require(work.actor, START, Resource())
    going = (col(Ladder.subject) == subject, col(Ladder.state) != LadderState.STOPPED)
    stopped = update(Ladder).where(*going).values(state=LadderState.STOPPED, ended_at=work.now)
    return work.session.connection().execute(stopped).rowcount == 1


def put_step(
    session: Session, ladder_id: int, level: int, at: datetime, person_id: int | None, outcome: LadderOutcome
) -> None:
    """Write down what happened on a ladder."""
    values = {"level": level, "at": at, "person_id": person_id, "outcome": outcome}
    session.execute(insert(LadderStep).values(ladder_id=ladder_id, **values))


def card_of(family: str, level: int, at: datetime) -> str:
    """The subject of the living message that a rung from the lead on gets."""
    return f"ladder:{family}:{level}:{at:%y%m%d%H%M%S%f}"


def told_to(person_id: int) -> Query:
    """The numbers of the ladders a person was told of, for a filter."""
    mine = (col(LadderStep.person_id) == person_id, col(LadderStep.outcome) == LadderOutcome.TOLD)
    return select(col(LadderStep.ladder_id)).where(*mine)


def told_cards(session: Session, ladder_ids: Sequence[int], family: str = "") -> list[ToldCard]:
    """The living messages that name these ladders. `family`: what their kind shares messages with."""
    steps = session.execute(
        select(col(Ladder.kind), col(LadderStep.level), col(LadderStep.at))
        .join(Ladder, col(Ladder.id) == col(LadderStep.ladder_id))
        .where(col(LadderStep.ladder_id).in_(ladder_ids), col(LadderStep.outcome) == LadderOutcome.TOLD)
        .distinct()
    )
    subjects = {card_of(name, row.level, row.at) for row in steps for name in (row.kind, family)}
    found = select(col(Card.subject), col(Card.facts), col(Card.message_id))
    rows = session.execute(found.where(col(Card.subject).in_(subjects)))
    return [ToldCard(row.subject, row.facts["subjects"], row.message_id is not None) for row in rows]


def _read(session: Session, subject: str) -> LadderRow | None:
    return first_of(session, LadderRow, LADDERS.where(col(Ladder.subject) == subject).with_for_update())


def _row(kind: str, each: Start, since: datetime, plan: list[str], first: int) -> dict[str, object]:
    return {
        "kind": kind, "subject": each.subject, "path": each.path,
        # Somebody may be asked for two reasons, and is told once.
        "person_ids": list(dict.fromkeys(each.people)), "lead_ids": list(dict.fromkeys(each.leads)),
        "started_at": since, "plan": plan, "level": first,
        "next_at": datetime.fromisoformat(plan[first]), "reached": "", "state": LadderState.CLIMBING,
    }  # fmt: skip


def _moment(since: datetime, wait: int, working_days: bool, settings: Settings) -> str:
    """When a rung is to be told; empty for one that is left out."""
    if wait == SKIPPED:
        return ""
    if not working_days:
        return (since + timedelta(minutes=wait)).isoformat()
    local = since.astimezone(settings.work.zone)
    day = settings.workdays.after(local.date(), wait)
    return (local + (day - local.date())).astimezone(since.tzinfo).isoformat()
