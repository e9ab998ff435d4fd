"""What a person says against an entry of the own ledger, and what those who look after the area answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Thing, audit, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.ledger import repository
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.words import edits, said
from bot.words.edits import Change
from models import Area, Dispute, EntryKind, Person

DISPUTE, ANSWER, READ = "ledger.dispute", "ledger.answer", "ledger.read"
MOST_CHARACTERS = 500


def require_entry(
    session: Session, actor: Actor, kind: EntryKind, entry_id: int, *, now: datetime, settings: Settings
) -> None:
    """Raise Refused where the actor has no such entry, or has said something against it already."""
    access.require(actor, DISPUTE, self_of(actor))
    if repository.entry(session, kind, actor.person_id, entry_id, now) is None:
        raise Refused("button-stale")
    if against(session, actor, actor.person_id, kind, [entry_id]):
        raise Refused("dispute-said")


def say(
    session: Session, actor: Actor, kind: EntryKind, entry_id: int, words: str, voice: str, *,
    now: datetime, settings: Settings,
) -> tuple[str, ...]:  # fmt: skip
    """Say something against an own entry; the names of those who are told. Raises Refused as
    `require_entry`."""
    require_entry(session, actor, kind, entry_id, now=now, settings=settings)
    values = {
        "person_id": actor.person_id, "area_id": actor.area_id, "kind": kind, "entry_id": entry_id,
        "words": words[:MOST_CHARACTERS], "voice": voice, "at": now, "outcome": "",
    }  # fmt: skip
    number = session.execute(insert(Dispute).values(**values).returning(col(Dispute.id))).scalar_one()
    audit.record(session, actor, DISPUTE, f"dispute:{number}", now, actor.person_id)
    said.file(session, actor, _subject(number or 0))
    notice = _notice(session, _row(session, number or 0), now)
    told: list[str] = []
    asked = access.nearest(session, ANSWER, actor.path, but=[actor.person_id])
    for to in outbox.recipients_of(session, asked):
        outbox.show(session, _subject(number or 0), notice, to, now, settings)
        told.append(_name(session, to.person_id))
    return tuple(dict.fromkeys(told))


def reworded(
    session: Session, actor: Actor, number: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """What was said against an entry says something else now; who is to answer. None once that is done."""
    access.require(actor, DISPUTE, self_of(actor))
    open_ = (col(Dispute.id) == number, col(Dispute.answered_at).is_(None))
    row = _row(session, number)
    if row is None or not edits.put(session, Dispute.words, change, *open_):
        return None
    outbox.show_again(session, _subject(number), _notice(session, _row(session, number), now), now)
    return access.nearest(session, ANSWER, row.path, but=[actor.person_id])


def answer(
    session: Session, actor: Actor, number: int, agreed: bool, *, now: datetime, settings: Settings
) -> bool:
    """Agree, or keep the entry as it is; the person is told. False where it was answered before."""
    row = _row(session, number)
    if row is None:
        return False
    access.require(actor, ANSWER, _thing(row))
    answered = session.connection().execute(
        update(Dispute)
        .where(col(Dispute.id) == number, col(Dispute.answered_at).is_(None))
        .values(outcome="agreed" if agreed else "kept", answered_by=actor.person_id, answered_at=now)
    )
    row = _row(session, number)
    if not answered.rowcount or row is None:
        return False
    audit.record(session, actor, ANSWER, f"dispute:{number}", now, row.person_id, outcome=row.outcome)
    notice = _notice(session, row, now)
    outbox.show_again(session, _subject(number), notice, now)
    for to in outbox.recipients_of(session, [row.person_id]):
        key = f"dispute:{number}:{to.bot}:{to.chat_id}"
        outbox.enqueue(session, Notice("dispute.answered", notice.facts), to, key, now, settings)
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
    access.require(actor, READ, Thing(person or "", {Relation.SELF: (person_id,)}))
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


def kept(session: Session, actor: Actor) -> list[tuple[str, Facts]]:
    """For `/mydata`: how much the actor has said against entries."""
    access.require(actor, "person.read_own", self_of(actor))
    mine = select(func.count()).where(col(Dispute.person_id) == actor.person_id)
    count = session.execute(mine).scalar_one()
    return [("disputes", {"count": count})] if count else []


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


def _thing(row: Row[Any]) -> Thing:
    return Thing(row.path, {Relation.SELF: (row.person_id,)})


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
    return Notice("dispute.said", facts)


def _subject(number: int) -> str:
    return f"dispute:{number}"


def _name(session: Session, person_id: int | None) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name
