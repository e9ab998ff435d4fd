"""Households for which something is to be done: the village is shown them, and somebody takes each."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.base.errors import Refused
from bot.features.households import repository
from bot.features.households.notices import (
    HouseholdHelp,
    HouseholdOutcomeTold,
    HouseholdTaken,
    HouseholdVoice,
)
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.storage.rows import Query, first_of
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
    if row is None or row.mark == HouseholdMarkKind.NOT_REACHED:
        return (), None
    told: dict[str, None] = {}
    asked = access.nearest_with(work.session, TAKE, row.path, but=[row.head_id])
    # A head who registers the request at once spares the village one of two messages.
    wait = work.settings.requests.say_minutes if row.mark == HouseholdMarkKind.REQUEST else 0
    from_ = work.now + timedelta(minutes=wait)
    for to in outbox.recipients_of(work.session, asked):
        outbox.show(work.at(from_), _subject(mark_id), row, to)
        told[_name(work.session, to.person_id)] = None
    return tuple(told), outbox.held_until(row, from_, work.settings) or (from_ if wait else None)


def show_again(work: Work, mark_id: int) -> None:
    """Let what was laid before the village say what the head has added."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    row = _mark(work.session, mark_id)
    if row is not None:
        outbox.show_again(work.session, _subject(mark_id), row, work.now)


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
        outbox.show_again(work.session, _subject(mark_id), replace(row, withdrawn=True), work.now)


def registered(work: Work, mark_id: int, reference: str) -> None:
    """It was registered as a request, which tells of it from here on. Raises Refused for another head's."""
    row = _mark(work.session, mark_id)
    if row is None:
        raise Refused("button-stale")
    access.require(work.actor, ANSWER, _thing(row))
    noted = update(HouseholdMark).where(col(HouseholdMark.id) == mark_id)
    work.session.execute(noted.values(request=reference))
    outbox.drop_held(work.session, _subject(mark_id), work.now)
    outbox.show_again(work.session, _subject(mark_id), _mark(work.session, mark_id) or row, work.now)


def take(work: Work, mark_id: int) -> bool:
    """See to it: everyone asked sees who does, and so does the head. False where there is nothing to take
    any more."""
    row = _mark(work.session, mark_id)
    if row is None:
        return False
    access.require(work.actor, TAKE, _thing(row))
    taken = work.session.connection().execute(
        update(HouseholdMark)
        .where(col(HouseholdMark.id) == mark_id, col(HouseholdMark.taken_by).is_(None))
        .values(taken_by=work.actor.person_id, taken_at=work.now)
    )
    row = _mark(work.session, mark_id)
    if not taken.rowcount or row is None:
        return False
    audit.record(work, TAKE, f"household_mark:{mark_id}", row.head_id)
    outbox.show_again(work.session, _subject(mark_id), row, work.now)
    _tell_head(work, row, HouseholdTaken(work.actor.name, row.number, _area(work.session, row)))
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
    outbox.show_again(session, _subject(mark_id), row, now)
    return row, [gone], access.nearest_with(session, TAKE, row.path, but=[row.head_id])


def finish(work: Work, mark_id: int, outcome: HouseholdOutcome) -> bool:
    """Say what came of it: everyone asked sees it, and so does the head. False where that is said already, or
    nobody has taken it."""
    row = _mark(work.session, mark_id)
    if row is None:
        return False
    access.require(work.actor, TAKE, _thing(row))
    open_ = (col(HouseholdMark.taken_by).is_not(None), col(HouseholdMark.outcome) == "")
    said = {"outcome": outcome, "outcome_by": work.actor.person_id, "outcome_at": work.now}
    finished = work.session.connection().execute(
        update(HouseholdMark).where(col(HouseholdMark.id) == mark_id, *open_).values(**said)
    )
    row = _mark(work.session, mark_id)
    if not finished.rowcount or row is None:
        return False
    marked = f"household_mark:{mark_id}"
    audit.record(work, TAKE, marked, row.head_id, outcome=str(outcome))
    outbox.show_again(work.session, _subject(mark_id), row, work.now)
    area = _area(work.session, row)
    _tell_head(work, row, HouseholdOutcomeTold(work.actor.name, outcome, row.number, area))
    return True


def _tell_head(work: Work, row: HouseholdHelp, notice: Notice) -> None:
    for to in outbox.recipients_of(work.session, [row.head_id]):
        key = f"{notice.kind}:{row.mark_id}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, notice, to, key)


def _area(session: Session, row: HouseholdHelp) -> str:
    """What the household is called by where the head has households in several areas."""
    return row.area if len(repository.clusters_of(session, row.head_id)) > 1 else ""


def voice(work: Work, mark_id: int) -> HouseholdVoice | None:
    """The voice note of a mark, to be played. None where there is none (any more)."""
    row = _mark(work.session, mark_id)
    if row is None or not row.voice:
        return None
    access.require(work.actor, TAKE, _thing(row))
    return HouseholdVoice(row.name, row.number, row.voice)


def load(session: Session, reader: Actor, notice: HouseholdHelp) -> HouseholdHelp | None:
    """What is shown of a mark; None for a reader who has lost the role since."""
    return notice if access.allows(reader, TAKE, _thing(notice)) else None


def _thing(row: HouseholdHelp) -> Resource:
    return Resource(row.path, {Relation.SELF: (row.head_id,)})


def _mark(session: Session, mark_id: int) -> HouseholdHelp | None:
    """A mark, as the village is shown it."""
    taker, finisher = aliased(Person), aliased(Person)
    found: Query = (
        select(
            col(HouseholdMark.id).label("mark_id"), col(HouseholdDay.head_id), col(Area.path),
            col(Person.name), col(Area.name).label("area"), col(HouseholdMark.number),
            col(HouseholdMark.kind).label("mark"), col(HouseholdMark.words),
            func.coalesce(col(HouseholdMark.voice), "").label("voice"),
            col(HouseholdMark.marked_at).label("at"), func.coalesce(taker.name, "").label("taken_by"),
            col(HouseholdMark.taken_at), col(HouseholdMark.request), col(HouseholdMark.outcome),
            func.coalesce(finisher.name, "").label("outcome_by"), col(HouseholdMark.outcome_at),
        )
        .join(HouseholdDay, col(HouseholdDay.id) == col(HouseholdMark.day_id))
        .join(Person, col(Person.id) == col(HouseholdDay.head_id))
        .join(Area, col(Area.id) == col(HouseholdDay.area_id))
        .join(taker, col(taker.id) == col(HouseholdMark.taken_by), isouter=True)
        .join(finisher, col(finisher.id) == col(HouseholdMark.outcome_by), isouter=True)
        .where(col(HouseholdMark.id) == mark_id)
    )  # fmt: skip
    return first_of(session, HouseholdHelp, found)


def _subject(mark_id: int) -> str:
    return f"household:{mark_id}"


def _name(session: Session, person_id: int | None) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name
