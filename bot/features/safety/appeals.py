"""Something said to those in charge: a call for help, at once and through quiet hours, or words for the
supervisor. One of them takes it and all others see who; it can be answered."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases import assignment
from bot.features.safety.notices import AppealAnswered, AppealCard, AppealTaken, AppealVoice, ShownAppeal
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.storage.rows import Query, first_of
from bot.words import edits, said
from bot.words.edits import Change
from bot.words.said import Remark
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
    number = _make(work, row.words if here and row else "", row.voice if here and row else "", urgent=True)
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
    number = _make(work, row.words, row.voice, urgent=False)
    said.move(work.session, said_id, subject(number))
    return _show(work, number, _in_charge(work.session, work.actor))


def take(work: Work, number: int) -> bool:
    """See to it: who called is told, and all others who were asked see it. False where somebody was
    faster."""
    row = _require(work, number)
    free = (col(Appeal.id) == number, col(Appeal.taken_by).is_(None))
    taken = work.session.connection().execute(
        update(Appeal).where(*free).values(taken_by=work.actor.person_id, taken_at=work.now)
    )
    if not taken.rowcount:
        return False
    audit.record(work, TAKE, subject(number), row.person_id)
    outbox.show_again(work.session, subject(number), _notice(row), work.now)
    phone = _phone(work.session, work.actor.person_id)
    _tell_maker(work, row, AppealTaken(work.actor.name, phone, row.urgent))
    return True


def answer(work: Work, number: int, remark: Remark) -> str:
    """Answer who made it, which takes it too; the name. Each answer is sent."""
    row = _require(work, number)
    said.file(work.session, work.actor, subject(number))
    values = {"answer": remark.words, "answer_voice": remark.voice, "answered_at": work.now}
    takes = {} if row.taken_by else {"taken_by": work.actor.person_id, "taken_at": work.now}
    work.session.execute(update(Appeal).where(col(Appeal.id) == number).values(**values, **takes))
    audit.record(work, TAKE, subject(number), row.person_id)
    outbox.show_again(work.session, subject(number), _notice(row), work.now)
    told = AppealAnswered(work.actor.name, remark.words, remark.voice, row.words, row.urgent)
    _tell_maker(work, row, told)
    return row.name


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


def require_may_answer(work: Work, number: int) -> None:
    """Raise Refused for who was not asked."""
    _require(work, number)


def voice(work: Work, number: int) -> AppealVoice:
    """The voice note, to be played. Raises Refused where there is none."""
    row = _require(work, number)
    if not row.voice:
        raise Refused("button-stale")
    return AppealVoice(row.name, row.voice)


def load(session: Session, reader: Actor, notice: AppealCard) -> ShownAppeal | None:
    """How it stands now; None for a reader who may not see it (any more)."""
    row = _row(session, notice.appeal_id)
    if row is None or not access.allows(reader, TAKE, _thing(session, row)):
        return None
    return ShownAppeal(
        row.id, row.urgent, row.name, row.area, row.phone, row.words, bool(row.voice), row.made_at,
        row.taker, row.taken_at, row.answer or "🎤" * bool(row.answer_voice),
        forwarded=row.words.startswith(said.FORWARDED),
    )  # fmt: skip


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
    waiting: Query = (
        select(col(Said.said_at).label("at"), col(Said.words))
        .where(col(Said.person_id) == own.actor.person_id, col(Said.subject) == said.UNPLACED)
        .order_by(col(Said.id).desc())
    )
    mine: Query = (
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


def _make(work: Work, words: str, voice: str, *, urgent: bool) -> int:
    access.require(work.actor, MAKE, self_of(work.actor))
    values = {
        "person_id": work.actor.person_id, "area_id": work.actor.area_id, "urgent": urgent,
        "made_at": work.now, "words": words, "voice": voice,
    }  # fmt: skip
    made = work.session.execute(insert(Appeal).values(**values).returning(col(Appeal.id)))
    return made.scalar_one() or 0


def _show(work: Work, number: int, people: list[int]) -> list[str]:
    row = _row(work.session, number)
    assert row
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


class AppealRow(Struct):
    """An appeal, who made it, where, and who took it (`taker`)."""

    id: int
    person_id: int
    urgent: bool
    words: str
    voice: str
    made_at: datetime
    taken_by: int | None
    taken_at: datetime | None
    answer: str
    answer_voice: str
    name: str
    phone: str
    area: str
    path: str
    taker: str


def _row(session: Session, number: int) -> AppealRow | None:
    taker = aliased(Person)
    found: Query = (
        select(
            col(Appeal.id), col(Appeal.person_id), col(Appeal.urgent), col(Appeal.words), col(Appeal.voice),
            col(Appeal.made_at), col(Appeal.taken_by), col(Appeal.taken_at), col(Appeal.answer),
            col(Appeal.answer_voice), col(Person.name), func.coalesce(col(Person.phone), "").label("phone"),
            col(Area.name).label("area"), col(Area.path), func.coalesce(taker.name, "").label("taker"),
        )
        .join(Person, col(Person.id) == col(Appeal.person_id))
        .join(Area, col(Area.id) == col(Appeal.area_id))
        .join(taker, col(taker.id) == col(Appeal.taken_by), isouter=True)
        .where(col(Appeal.id) == number)
    )  # fmt: skip
    return first_of(session, AppealRow, found)


def _thing(session: Session, row: AppealRow) -> Resource:
    asked = {Relation.SELF: (row.person_id,), Relation.ASSIGNEE: tuple(_asked(session, row.id))}
    return Resource(row.path, asked)


def _require(work: Work, number: int) -> AppealRow:
    """An appeal that the actor may take. Raises Refused, or NotAllowed."""
    row = _row(work.session, number)
    if row is None:
        raise Refused("button-stale")
    access.require(work.actor, TAKE, _thing(work.session, row))
    return row


def _notice(row: AppealRow) -> AppealCard:
    return AppealCard(row.id, row.urgent)


def _tell_maker(work: Work, row: AppealRow, notice: Notice) -> None:
    for to in outbox.recipients_of(work.session, [row.person_id]):
        key = f"{notice.kind}:{row.id}:{work.now:%y%m%d%H%M%S}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, notice, to, key)


def _phone(session: Session, person_id: int) -> str:
    return session.execute(select(col(Person.phone)).where(col(Person.id) == person_id)).scalar() or ""


def _names(session: Session, people: list[int]) -> list[str]:
    named = select(col(Person.name)).where(col(Person.id).in_(people)).order_by(col(Person.id))
    return list(session.execute(named).scalars())
