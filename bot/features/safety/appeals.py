"""Something said to those in charge: a call for help, at once and through quiet hours, or words for the
supervisor. One of them takes it and all others see who; it can be answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.cases import assignment
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.words import edits, said
from bot.words.edits import Change
from models import Appeal, Area, Card, CheckIn, MemberState, Person, Said, Shift, ShiftMember

MAKE, TAKE = "appeal.make", "appeal.take"
MOST_WORDS = 500


def call(work: Work, message_id: int) -> list[str]:
    """Call those on duty there and the supervisor, with what the actor's message said, where that is kept;
    the names of who is called. A second tap calls nobody twice."""
    row = said.find(work.session, work.actor.bot, work.actor.chat_id, message_id)
    here = row is not None and row.person_id == work.actor.person_id
    about = row.subject if here and row else ""
    if about.startswith("appeal:"):
        return _names(work.session, _asked(work.session, int(about.partition(":")[2])))
    number = _make(work, row if here else None, True)
    if here and row and row.subject == said.UNPLACED:
        said.move(work.session, row.id, subject(number))
    people = {*_on_duty(work), *_in_charge(work.session, work.actor)} - {work.actor.person_id}
    return _show(work, number, sorted(people))


def tell(work: Work, said_id: int) -> list[str]:
    """Lay words that belong to nothing before the supervisor; the names of who is told. Raises Refused
    where they are placed already."""
    row = said.get(work.session, work.actor, said_id)
    if row is None:
        raise Refused("button-stale")
    number = _make(work, row, False)
    said.move(work.session, said_id, subject(number))
    return _show(work, number, _in_charge(work.session, work.actor))


def take(work: Work, number: int) -> bool:
    """See to it: who called is told, and all others who were asked see it. False where somebody was
    faster."""
    row = _require(work.session, work.actor, number)
    free = (col(Appeal.id) == number, col(Appeal.taken_by).is_(None))
    taken = work.session.connection().execute(
        update(Appeal).where(*free).values(taken_by=work.actor.person_id, taken_at=work.now)
    )
    if not taken.rowcount:
        return False
    audit.record(work.session, work.actor, TAKE, subject(number), work.now, row.person_id)
    outbox.show_again(work.session, subject(number), _notice(row), work.now)
    facts = {"by": work.actor.name, "urgent": row.urgent, "phone": _phone(work.session, work.actor.person_id)}
    _tell_maker(work, row, Told("appeal.taken_now" if row.urgent else "appeal.taken", facts))
    return True


def answer(work: Work, number: int, words: str, voice: str) -> str:
    """Answer who made it, which takes it too; the name. Each answer is sent."""
    row = _require(work.session, work.actor, number)
    said.file(work.session, work.actor, subject(number))
    values: dict[str, Any] = {"answer": words, "answer_voice": voice, "answered_at": work.now}
    if row.taken_by is None:
        values |= {"taken_by": work.actor.person_id, "taken_at": work.now}
    work.session.execute(update(Appeal).where(col(Appeal.id) == number).values(**values))
    audit.record(work.session, work.actor, TAKE, subject(number), work.now, row.person_id)
    outbox.show_again(work.session, subject(number), _notice(row), work.now)
    told = {"by": work.actor.name, "words": words, "voice": voice, "about": row.words, "at": work.now}
    kind = "appeal.answered_now" if row.urgent else "appeal.answered"
    _tell_maker(work, row, Told(kind, told))
    return str(row.name)


def let_go(
    session: Session, actor: Actor, number: int, *, now: datetime
) -> tuple[Notice, list[int], list[int]]:
    """Who took it left: it waits for somebody again. What its message shows, who left, and who is asked."""
    access.require(actor, "roster.pass_on", Resource())
    mine = col(Appeal.id) == number
    gone = session.execute(select(col(Appeal.taken_by)).where(mine)).scalar_one()
    session.execute(update(Appeal).where(mine).values(taken_by=None, taken_at=None))
    row = _row(session, number)
    assert row
    outbox.show_again(session, subject(number), _notice(row), now)
    asked = access.nearest_with(session, TAKE, row.path, but=[row.person_id])
    return _notice(row), [gone] if gone else [], asked


def require_may_answer(session: Session, actor: Actor, number: int) -> None:
    """Raise Refused for who was not asked."""
    _require(session, actor, number)


def voice(session: Session, actor: Actor, number: int) -> Facts:
    """The voice note, to be played. Raises Refused where there is none."""
    row = _require(session, actor, number)
    if not row.voice:
        raise Refused("button-stale")
    return {"name": row.name, "voice": row.voice}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """How it stands now; None for a reader who may not see it (any more)."""
    row = _row(session, facts["appeal_id"])
    if row is None or not access.allows(reader, TAKE, _thing(session, row)):
        return None
    return facts | {
        "urgent": row.urgent, "name": row.name, "area": row.area, "phone": row.phone or "",
        "words": row.words, "forwarded": (row.words or "").startswith(said.FORWARDED),
        "voice": bool(row.voice), "at": row.made_at, "taken_by": row.taker or "", "taken_at": row.taken_at,
        "answer": row.answer or ("🎤" if row.answer_voice else ""),
    }  # fmt: skip


def reworded(work: Work, number: int, change: Change) -> list[int] | None:
    """What was said to those in charge, or what they answered, says something else now; whom it concerns."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    row = _row(work.session, number)
    column = Appeal.words if row is not None and row.person_id == work.actor.person_id else Appeal.answer
    if row is None or not edits.put(work.session, column, change, col(Appeal.id) == number):
        return None
    outbox.show_again(work.session, subject(number), _notice(row), work.now)
    if row.person_id != work.actor.person_id:
        return [row.person_id]
    return [row.taken_by] if row.taken_by else _asked(work.session, number)


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: what the actor said to those in charge, and what waits for its place."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    waiting: Any = (
        select(col(Said.said_at).label("at"), col(Said.words))
        .where(col(Said.person_id) == own.actor.person_id, col(Said.subject) == said.UNPLACED)
        .order_by(col(Said.id).desc())
    )
    mine: Any = (
        select(col(Appeal.made_at).label("at"), col(Appeal.words), col(Appeal.urgent))
        .where(col(Appeal.person_id) == own.actor.person_id)
        .order_by(col(Appeal.id).desc())
    )
    unplaced, made = own.session.execute(waiting).all(), own.session.execute(mine).all()
    if unplaced or made:
        yield line("head-words")
    for row in unplaced:
        yield line("words-unplaced", {"at": row.at}, said=row.words or "🎤")
    for each in made:
        kind = "appeal-urgent" if each.urgent else "appeal"
        yield line(kind, {"at": each.at}, said=each.words or "🎤")


def subject(number: int) -> str:
    """What its living messages are filed under."""
    return f"appeal:{number}"


def _make(work: Work, row: Row[Any] | None, urgent: bool) -> int:
    access.require(work.actor, MAKE, self_of(work.actor))
    values = {
        "person_id": work.actor.person_id, "area_id": work.actor.area_id, "urgent": urgent,
        "made_at": work.now,
        "words": row.words if row else "", "voice": row.voice if row else "",
    }  # fmt: skip
    made = work.session.execute(insert(Appeal).values(**values).returning(col(Appeal.id)))
    return made.scalar_one() or 0


def _show(work: Work, number: int, people: list[int]) -> list[str]:
    row = _row(work.session, number)
    to_all = outbox.recipients_of(work.session, people)
    for to in to_all:
        outbox.show(work, subject(number), _notice(row), to)
    return _names(work.session, [to.person_id or 0 for to in to_all])


def _on_duty(work: Work) -> set[int]:
    """Who is on duty around there now, and the crew of the shift that the actor keeps."""
    village = assignment.level_around(work.session, work.actor.path, "village")
    at_work = (
        select(col(CheckIn.person_id))
        .join(Area, col(Area.id) == col(CheckIn.area_id))
        .where(
            col(CheckIn.out_at).is_(None), col(CheckIn.close_at) > work.now,
            access.within(col(Area.path), village),
        )
    )  # fmt: skip
    kept = (
        select(col(ShiftMember.shift_id))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(
            col(ShiftMember.person_id) == work.actor.person_id, col(Shift.starts_at) <= work.now,
            col(Shift.ends_at) > work.now, col(Shift.removed_at).is_(None),
        )
    )  # fmt: skip
    crew = select(col(ShiftMember.person_id)).where(
        col(ShiftMember.shift_id).in_(kept), col(ShiftMember.state) == MemberState.PLANNED
    )
    return {*work.session.execute(at_work).scalars(), *work.session.execute(crew).scalars()}


def _in_charge(session: Session, actor: Actor) -> list[int]:
    return access.nearest_with(session, TAKE, actor.path, but=[actor.person_id])


def _asked(session: Session, number: int) -> list[int]:
    """Before whom it lies."""
    shown = select(col(Card.person_id)).where(col(Card.subject) == subject(number))
    return sorted({person for person in session.execute(shown).scalars() if person})


def _row(session: Session, number: int) -> Row[Any] | None:
    taker = aliased(Person)
    return session.execute(
        select(
            *Appeal.__table__.c,  # type: ignore[attr-defined]
            col(Person.name), col(Person.phone), col(Area.name).label("area"), col(Area.path),
            col(taker.name).label("taker"),
        )
        .join(Person, col(Person.id) == col(Appeal.person_id))
        .join(Area, col(Area.id) == col(Appeal.area_id))
        .join(taker, col(taker.id) == col(Appeal.taken_by), isouter=True)
        .where(col(Appeal.id) == number)
    ).first()  # fmt: skip


def _thing(session: Session, row: Row[Any]) -> Resource:
    asked = {Relation.SELF: (row.person_id,), Relation.ASSIGNEE: tuple(_asked(session, row.id))}
    return Resource(row.path, asked)


def _require(session: Session, actor: Actor, number: int) -> Row[Any]:
    row = _row(session, number)
    if row is None:
        raise Refused("button-stale")
    access.require(actor, TAKE, _thing(session, row))
    return row


def _notice(row: Row[Any] | None) -> Notice:
    assert row is not None
    return Told("appeal.urgent" if row.urgent else "appeal.card", {"appeal_id": row.id})


def _tell_maker(work: Work, row: Row[Any], notice: Notice) -> None:
    for to in outbox.recipients_of(work.session, [row.person_id]):
        key = f"{notice.kind}:{row.id}:{work.now:%y%m%d%H%M%S}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, notice, to, key)


def _phone(session: Session, person_id: int) -> str:
    return session.execute(select(col(Person.phone)).where(col(Person.id) == person_id)).scalar() or ""


def _names(session: Session, people: list[int]) -> list[str]:
    named = select(col(Person.name)).where(col(Person.id).in_(people)).order_by(col(Person.id))
    return list(session.execute(named).scalars())
