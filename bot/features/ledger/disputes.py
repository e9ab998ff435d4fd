"""What a person says against an entry of the own ledger, and what those who look after the area answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.ledger import repository
from bot.features.ledger.notices import DisputeAnswered, Disputed, DisputeSaid, DisputeVoice
from bot.features.ledger.repository import Record
from bot.outbox import outbox
from bot.storage.rows import first_of
from bot.words import edits, said
from bot.words.edits import Change
from bot.words.said import Remark
from models import Area, Dispute, EntryKind, Person

DISPUTE, ANSWER, READ = "ledger.dispute", "ledger.answer", "ledger.read"
MOST_CHARACTERS = 500


def require_entry(work: Work, kind: EntryKind, entry_id: int) -> None:
    """Raise Refused where the actor has no such entry, or has said something against it already."""
    access.require(work.actor, DISPUTE, self_of(work.actor))
    record = Record(work.actor.person_id, work.now)
    if repository.entry(work.session, kind, record, entry_id) is None:
        raise Refused("button-stale")
    if against(work, work.actor.person_id, kind, [entry_id]):
        raise Refused("dispute-said")


def say(work: Work, kind: EntryKind, entry_id: int, remark: Remark) -> tuple[str, ...]:
    """Say something against an own entry; the names of those who are told. Raises Refused as
    `require_entry`."""
    require_entry(work, kind, entry_id)
    values = {
        "person_id": work.actor.person_id, "area_id": work.actor.area_id, "kind": kind, "entry_id": entry_id,
        "words": remark.words[:MOST_CHARACTERS], "voice": remark.voice, "at": work.now, "outcome": "",
    }  # fmt: skip
    made = insert(Dispute).values(**values).returning(col(Dispute.id))
    number = work.session.execute(made).scalar_one() or 0
    audit.record(work, DISPUTE, _subject(number), work.actor.person_id)
    said.file(work.session, work.actor, _subject(number))
    told: list[str] = []
    asked = access.nearest_with(work.session, ANSWER, work.actor.path, but=[work.actor.person_id])
    for to in outbox.recipients_of(work.session, asked):
        outbox.show(work, _subject(number), DisputeSaid(number), to)
        told.append(_name(work.session, to.person_id))
    return tuple(dict.fromkeys(told))


def reworded(work: Work, number: int, change: Change) -> list[int] | None:
    """What was said against an entry says something else now; who is to answer. None once that is done."""
    access.require(work.actor, DISPUTE, self_of(work.actor))
    open_ = (col(Dispute.id) == number, col(Dispute.answered_at).is_(None))
    row = _row(work.session, number)
    if row is None or not edits.put(work.session, Dispute.words, change, *open_):
        return None
    outbox.refresh(work.session, _subject(number), work.now)
    return access.nearest_with(work.session, ANSWER, row.path, but=[work.actor.person_id])


def answer(work: Work, number: int, agreed: bool) -> bool:
    """Agree, or keep the entry as it is; the person is told. False where it was answered before."""
    row = _row(work.session, number)
    if row is None:
        return False
    access.require(work.actor, ANSWER, row.thing)
    outcome = "agreed" if agreed else "kept"
    answered = work.session.connection().execute(
        update(Dispute)
        .where(col(Dispute.id) == number, col(Dispute.answered_at).is_(None))
        .values(outcome=outcome, answered_by=work.actor.person_id, answered_at=work.now)
    )
    if not answered.rowcount:
        return False
    audit.record(work, ANSWER, _subject(number), row.person_id, outcome=outcome)
    outbox.refresh(work.session, _subject(number), work.now)
    for to in outbox.recipients_of(work.session, [row.person_id]):
        outbox.enqueue(work, DisputeAnswered(number), to, f"dispute:{number}:{to.bot}:{to.chat_id}")
    return True


def against(work: Work, person_id: int, kind: EntryKind, entry_ids: Sequence[int]) -> dict[int, str]:
    """What stands against these entries: `open`, `agreed` or `kept` by entry."""
    person = work.session.execute(
        select(col(Area.path))
        .join(Person, col(Person.area_id) == col(Area.id))
        .where(col(Person.id) == person_id)
    ).scalar()
    access.require(work.actor, READ, Resource(person or "", {Relation.SELF: (person_id,)}))
    rows = work.session.execute(
        select(col(Dispute.entry_id), col(Dispute.outcome)).where(
            col(Dispute.person_id) == person_id, col(Dispute.kind) == kind,
            col(Dispute.entry_id).in_(entry_ids),
        )
    )  # fmt: skip
    return {row.entry_id: row.outcome or "open" for row in rows}


def voice(work: Work, number: int) -> DisputeVoice | None:
    """The voice note, to be played."""
    row = _row(work.session, number)
    if row is None or not row.voice:
        return None
    access.require(work.actor, ANSWER, row.thing)
    return DisputeVoice(row.name, row.voice)


def load(session: Session, reader: Actor, told: DisputeSaid) -> Disputed | None:
    """A dispute as it stands; None for a reader who has lost the role since."""
    row = _row(session, told.number)
    return _shown(session, row) if row and access.allows(reader, ANSWER, row.thing) else None


def load_answer(session: Session, reader: Actor, told: DisputeAnswered) -> Disputed | None:
    """The own dispute, answered; None for anybody else."""
    row = _row(session, told.number)
    mine = row is not None and access.allows(reader, DISPUTE, row.thing)
    return _shown(session, row) if row and mine else None


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: how much the actor has said against entries."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    mine = select(func.count()).where(col(Dispute.person_id) == own.actor.person_id)
    if count := own.session.execute(mine).scalar_one():
        yield line("disputes", count=count)


class _Row(Struct):
    """A dispute with the names of both, and the path of the area."""

    person_id: int
    name: str
    path: str
    kind: str
    entry_id: int
    words: str
    voice: str
    at: datetime
    outcome: str
    by: str | None
    number: int

    @property
    def thing(self) -> Resource:
        """What access decides by."""
        return Resource(self.path, {Relation.SELF: (self.person_id,)})


def _row(session: Session, number: int) -> _Row | None:
    by = aliased(Person)
    return first_of(
        session,
        _Row,
        select(
            col(Dispute.id).label("number"), col(Dispute.person_id), col(Dispute.kind), col(Dispute.entry_id),
            col(Dispute.words), col(Dispute.voice), col(Dispute.at), col(Dispute.outcome), col(Person.name),
            col(by.name).label("by"), col(Area.path),
        )
        .join(Person, col(Person.id) == col(Dispute.person_id))
        .join(Area, col(Area.id) == col(Dispute.area_id))
        .join(by, col(by.id) == col(Dispute.answered_by), isouter=True)
        .where(col(Dispute.id) == number),
    )  # fmt: skip


def _shown(session: Session, row: _Row) -> Disputed:
    kind = EntryKind(row.kind)
    entry = repository.entry(session, kind, Record(row.person_id, row.at), row.entry_id)
    return Disputed(
        number=row.number, name=row.name, what=kind, words=row.words, voice=row.voice,
        entry_at=entry.at if entry else row.at, place=(entry.place if entry else "") or "",
        outcome=row.outcome, by=row.by or "",
    )  # fmt: skip


def _subject(number: int) -> str:
    return f"dispute:{number}"


def _name(session: Session, person_id: int | None) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name
