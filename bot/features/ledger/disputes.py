"""What a person says against an entry of the own ledger, and what those who look after the area answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.ledger import repository
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.words import edits, said
from bot.words.edits import Change
from models import Area, Dispute, EntryKind, Person

DISPUTE, ANSWER, READ = "ledger.dispute", "ledger.answer", "ledger.read"
MOST_CHARACTERS = 500


def require_entry(work: Work, kind: EntryKind, entry_id: int) -> None:
    """Raise Refused where the actor has no such entry, or has said something against it already."""
    access.require(work.actor, DISPUTE, self_of(work.actor))
    if repository.entry(work.session, kind, work.actor.person_id, entry_id, work.now) is None:
        raise Refused("button-stale")
    if against(work.session, work.actor, work.actor.person_id, kind, [entry_id]):
        raise Refused("dispute-said")


def say(work: Work, kind: EntryKind, entry_id: int, words: str, voice: str) -> tuple[str, ...]:
    """Say something against an own entry; the names of those who are told. Raises Refused as
    `require_entry`."""
    require_entry(work, kind, entry_id)
    values = {
        "person_id": work.actor.person_id, "area_id": work.actor.area_id, "kind": kind, "entry_id": entry_id,
        "words": words[:MOST_CHARACTERS], "voice": voice, "at": work.now, "outcome": "",
    }  # fmt: skip
    number = work.session.execute(insert(Dispute).values(**values).returning(col(Dispute.id))).scalar_one()
    audit.record(work.session, work.actor, DISPUTE, f"dispute:{number}", work.now, work.actor.person_id)
    said.file(work.session, work.actor, _subject(number or 0))
    notice = _notice(work.session, _row(work.session, number or 0), work.now)
    told: list[str] = []
    asked = access.nearest_with(work.session, ANSWER, work.actor.path, but=[work.actor.person_id])
    for to in outbox.recipients_of(work.session, asked):
        outbox.show(work, _subject(number or 0), notice, to)
        told.append(_name(work.session, to.person_id))
    return tuple(dict.fromkeys(told))


def reworded(work: Work, number: int, change: Change) -> list[int] | None:
    """What was said against an entry says something else now; who is to answer. None once that is done."""
    access.require(work.actor, DISPUTE, self_of(work.actor))
    open_ = (col(Dispute.id) == number, col(Dispute.answered_at).is_(None))
    row = _row(work.session, number)
    if row is None or not edits.put(work.session, Dispute.words, change, *open_):
        return None
    outbox.show_again(
        work.session, _subject(number), _notice(work.session, _row(work.session, number), work.now), work.now
    )
    return access.nearest_with(work.session, ANSWER, row.path, but=[work.actor.person_id])


def answer(work: Work, number: int, agreed: bool) -> bool:
    """Agree, or keep the entry as it is; the person is told. False where it was answered before."""
    row = _row(work.session, number)
    if row is None:
        return False
    access.require(work.actor, ANSWER, _thing(row))
    answered = work.session.connection().execute(
        update(Dispute)
        .where(col(Dispute.id) == number, col(Dispute.answered_at).is_(None))
        .values(
            outcome="agreed" if agreed else "kept", answered_by=work.actor.person_id, answered_at=work.now
        )
    )
    row = _row(work.session, number)
    if not answered.rowcount or row is None:
        return False
    audit.record(
        work.session, work.actor, ANSWER, f"dispute:{number}", work.now, row.person_id, outcome=row.outcome
    )
    notice = _notice(work.session, row, work.now)
    outbox.show_again(work.session, _subject(number), notice, work.now)
    for to in outbox.recipients_of(work.session, [row.person_id]):
        key = f"dispute:{number}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, Told("dispute.answered", notice.stored), to, key)
    return True


def against(
    session: Session, actor: Actor, person_id: int, kind: EntryKind, entry_ids: Sequence[int]
) -> dict[int, str]:
    """What stands against these entries: `open`, `agreed` or `kept` by entry."""
    person = session.execute(
        select(col(Area.path))
        .join(Person, col(Person.area_id) == col(Area.id))
        .where(col(Person.id) == person_id)
    ).scalar()
    access.require(actor, READ, Resource(person or "", {Relation.SELF: (person_id,)}))
    rows = session.execute(
        select(col(Dispute.entry_id), col(Dispute.outcome)).where(
            col(Dispute.person_id) == person_id, col(Dispute.kind) == kind,
            col(Dispute.entry_id).in_(entry_ids),
        )
    )  # fmt: skip
    return {row.entry_id: row.outcome or "open" for row in rows}


def voice(session: Session, actor: Actor, number: int) -> Facts | None:
    """The voice note, to be played."""
    row = _row(session, number)
    if row is None or not row.voice:
        return None
    access.require(actor, ANSWER, _thing(row))
    return {"name": row.name, "voice": row.voice}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """What is shown of a dispute; None for a reader who has lost the role since."""
    row = _row(session, facts["number"])
    return facts if row is not None and access.allows(reader, ANSWER, _thing(row)) else None


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: how much the actor has said against entries."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    mine = select(func.count()).where(col(Dispute.person_id) == own.actor.person_id)
    if count := own.session.execute(mine).scalar_one():
        yield line("disputes", count=count)


def _row(session: Session, number: int) -> Row[Any] | None:
    by = aliased(Person)
    return session.execute(
        select(
            col(Dispute.id), col(Dispute.person_id), col(Dispute.kind), col(Dispute.entry_id),
            col(Dispute.words), col(Dispute.voice), col(Dispute.at), col(Dispute.outcome),
            col(Dispute.answered_at), col(Person.name), col(by.name).label("by"), col(Area.path),
        )
        .join(Person, col(Person.id) == col(Dispute.person_id))
        .join(Area, col(Area.id) == col(Dispute.area_id))
        .join(by, col(by.id) == col(Dispute.answered_by), isouter=True)
        .where(col(Dispute.id) == number)
    ).first()  # fmt: skip


def _thing(row: Row[Any]) -> Resource:
    return Resource(row.path, {Relation.SELF: (row.person_id,)})


def _notice(session: Session, row: Row[Any] | None, now: datetime) -> Notice:
    assert row is not None
    kind = EntryKind(row.kind)
    entry = repository.entry(session, kind, row.person_id, row.entry_id, now)
    facts = {
        "number": row.id, "name": row.name, "what": row.kind, "words": row.words, "voice": row.voice,
        "at": row.at, "entry_at": entry.at if entry else row.at,
        "place": (entry.place if entry else "") or "", "outcome": row.outcome, "by": row.by or "",
        "answered_at": row.answered_at,
    }  # fmt: skip
    return Told("dispute.said", facts)


def _subject(number: int) -> str:
    return f"dispute:{number}"


def _name(session: Session, person_id: int | None) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name
