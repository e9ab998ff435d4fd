"""Households for which something is to be done: the village is shown them, and somebody takes each."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.households import repository
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.words import edits
from bot.words.edits import Change
from models import Area, HouseholdDay, HouseholdMark, HouseholdMarkKind, HouseholdOutcome, Person

ANSWER, TAKE = "household.answer", "household.take"


def call(work: Work, mark_id: int) -> tuple[tuple[str, ...], datetime | None]:
    """Lay a mark before the village, or the nearest above it that can be reached; the names of who is told,
    and when it is told, if not at once.

    A household that was not reached is counted only.
    """
    access.require(work.actor, ANSWER, self_of(work.actor))
    row = _mark(work.session, mark_id)
    if row is None or row.kind == HouseholdMarkKind.NOT_REACHED:
        return (), None
    told: dict[str, None] = {}
    asked = access.nearest_with(work.session, TAKE, row.path, but=[row.head_id])
    # A head who registers the request at once spares the village one of two messages.
    wait = work.settings.requests.say_minutes if row.kind == HouseholdMarkKind.REQUEST else 0
    from_ = work.now + timedelta(minutes=wait)
    notice = _notice(row)
    for to in outbox.recipients_of(work.session, asked):
        outbox.show(work.at(from_), _subject(mark_id), notice, to)
        told[_name(work.session, to.person_id)] = None
    return tuple(told), outbox.held_until(notice, from_, work.settings) or (from_ if wait else None)


def show_again(work: Work, mark_id: int) -> None:
    """Let what was laid before the village say what the head has added."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    row = _mark(work.session, mark_id)
    if row is not None:
        outbox.show_again(work.session, _subject(mark_id), _notice(row), work.now)


def reworded(work: Work, mark_id: int, change: Change) -> list[int] | None:
    """What a head said of a household is said otherwise now; who sees to it. None once the mark is gone."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    if not edits.put(work.session, HouseholdMark.words, change, col(HouseholdMark.id) == mark_id):
        return None
    row = _mark(work.session, mark_id)
    if row is None or row.head_id != work.actor.person_id:
        return None
    show_again(work, mark_id)
    taker = select(col(HouseholdMark.taken_by)).where(col(HouseholdMark.id) == mark_id)
    taken_by = work.session.execute(taker).scalar()
    return [taken_by] if taken_by else access.nearest_with(work.session, TAKE, row.path, but=[row.head_id])


def withdraw(work: Work, mark_id: int) -> None:
    """Let it say that nothing is up after all. To be called while the mark is still there."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    row = _mark(work.session, mark_id)
    if row is not None:
        outbox.drop_held(work.session, _subject(mark_id), work.now)
        outbox.show_again(work.session, _subject(mark_id), _notice(row, withdrawn=True), work.now)


def registered(work: Work, mark_id: int, reference: str) -> None:
    """It was registered as a request, which tells of it from here on. Raises Refused for another head's."""
    row = _mark(work.session, mark_id)
    if row is None:
        raise Refused("button-stale")
    access.require(work.actor, ANSWER, Resource(row.path, {Relation.SELF: (row.head_id,)}))
    noted = update(HouseholdMark).where(col(HouseholdMark.id) == mark_id)
    work.session.execute(noted.values(request=reference))
    outbox.drop_held(work.session, _subject(mark_id), work.now)
    outbox.show_again(work.session, _subject(mark_id), _notice(_mark(work.session, mark_id) or row), work.now)


def take(work: Work, mark_id: int) -> bool:
    """See to it: everyone asked sees who does, and so does the head. False where there is nothing to take
    any more."""
    row = _mark(work.session, mark_id)
    if row is None:
        return False
    access.require(work.actor, TAKE, Resource(row.path, {Relation.SELF: (row.head_id,)}))
    taken = work.session.connection().execute(
        update(HouseholdMark)
        .where(col(HouseholdMark.id) == mark_id, col(HouseholdMark.taken_by).is_(None))
        .values(taken_by=work.actor.person_id, taken_at=work.now)
    )
    row = _mark(work.session, mark_id)
    if not taken.rowcount or row is None:
        return False
    audit.record(work.session, work.actor, TAKE, f"household_mark:{mark_id}", work.now, row.head_id)
    outbox.show_again(work.session, _subject(mark_id), _notice(row), work.now)
    _tell_head(work, row, Told("household.taken", {"by": work.actor.name}))
    return True


def let_go(
    session: Session, actor: Actor, mark_id: int, *, now: datetime
) -> tuple[Notice, list[int], list[int]] | None:
    """Who took it left: it waits for somebody again. What its message shows, who left, and who is asked."""
    access.require(actor, "roster.pass_on", Resource())
    mine = col(HouseholdMark.id) == mark_id
    gone = session.execute(select(col(HouseholdMark.taken_by)).where(mine)).scalar()
    session.execute(update(HouseholdMark).where(mine).values(taken_by=None, taken_at=None))
    row = _mark(session, mark_id)
    if row is None or gone is None:
        return None
    outbox.show_again(session, _subject(mark_id), _notice(row), now)
    return _notice(row), [gone], access.nearest_with(session, TAKE, row.path, but=[row.head_id])


def finish(work: Work, mark_id: int, outcome: HouseholdOutcome) -> bool:
    """Say what came of it: everyone asked sees it, and so does the head. False where that is said already, or
    nobody has taken it."""
    row = _mark(work.session, mark_id)
    if row is None:
        return False
    access.require(work.actor, TAKE, Resource(row.path, {Relation.SELF: (row.head_id,)}))
    open_ = (col(HouseholdMark.taken_by).is_not(None), col(HouseholdMark.outcome) == "")
    said = {"outcome": outcome, "outcome_by": work.actor.person_id, "outcome_at": work.now}
    finished = work.session.connection().execute(
        update(HouseholdMark).where(col(HouseholdMark.id) == mark_id, *open_).values(**said)
    )
    row = _mark(work.session, mark_id)
    if not finished.rowcount or row is None:
        return False
    audit.record(
        work.session,
        work.actor,
        TAKE,
        f"household_mark:{mark_id}",
        work.now,
        row.head_id,
        outcome=str(outcome),
    )
    outbox.show_again(work.session, _subject(mark_id), _notice(row), work.now)
    told = Told("household.outcome", {"by": work.actor.name, "outcome": outcome})
    _tell_head(work, row, told)
    return True


def _tell_head(work: Work, row: Row[Any], notice: Notice) -> None:
    """The household is called by its area where the head has households in several."""
    several = len(repository.clusters_of(work.session, row.head_id)) > 1
    facts = {"number": row.number, "area": row.area if several else "", "day": row.day.isoformat()}
    for to in outbox.recipients_of(work.session, [row.head_id]):
        key = f"{notice.kind}:{row.id}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, Told(notice.kind, facts | notice.stored), to, key)


def voice(session: Session, actor: Actor, mark_id: int) -> Facts | None:
    """The voice note of a mark, to be played. None where there is none (any more)."""
    row = _mark(session, mark_id)
    if row is None or not row.voice:
        return None
    access.require(actor, TAKE, Resource(row.path, {Relation.SELF: (row.head_id,)}))
    return {"name": row.name, "number": row.number, "voice": row.voice}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """What is shown of a mark; None for a reader who has lost the role since."""
    thing = Resource(facts["path"], {Relation.SELF: (facts["head_id"],)})
    return facts if access.allows(reader, TAKE, thing) else None


def _mark(session: Session, mark_id: int) -> Row[Any] | None:
    taker, finisher = aliased(Person), aliased(Person)
    return session.execute(
        select(
            col(HouseholdMark.id), col(HouseholdMark.number), col(HouseholdMark.kind),
            col(HouseholdMark.words), col(HouseholdMark.voice), col(HouseholdMark.marked_at),
            col(HouseholdMark.request),
            col(HouseholdMark.taken_at), col(taker.name).label("taken_by"), col(HouseholdDay.head_id),
            col(HouseholdMark.outcome), col(HouseholdMark.outcome_at), col(finisher.name).label("outcome_by"),
            col(HouseholdDay.day), col(Person.name), col(Area.name).label("area"), col(Area.path),
        )
        .join(HouseholdDay, col(HouseholdDay.id) == col(HouseholdMark.day_id))
        .join(Person, col(Person.id) == col(HouseholdDay.head_id))
        .join(Area, col(Area.id) == col(HouseholdDay.area_id))
        .join(taker, col(taker.id) == col(HouseholdMark.taken_by), isouter=True)
        .join(finisher, col(finisher.id) == col(HouseholdMark.outcome_by), isouter=True)
        .where(col(HouseholdMark.id) == mark_id)
    ).first()  # fmt: skip


def _notice(row: Row[Any], withdrawn: bool = False) -> Notice:
    urgent = row.kind == HouseholdMarkKind.NEEDS_HELP
    facts = {
        "mark_id": row.id, "head_id": row.head_id, "path": row.path, "name": row.name, "area": row.area,
        "number": row.number, "kind": row.kind, "words": row.words, "voice": row.voice or "",
        "at": row.marked_at, "taken_by": row.taken_by or "", "taken_at": row.taken_at,
        "withdrawn": withdrawn, "request": row.request, "outcome": row.outcome,
        "outcome_by": row.outcome_by or "", "outcome_at": row.outcome_at,
    }  # fmt: skip
    return Told("household.help" if urgent else "household.told", facts)


def _subject(mark_id: int) -> str:
    return f"household:{mark_id}"


def _name(session: Session, person_id: int | None) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name
