"""Activities and commendations: written into a person's ledger by those who look after the area."""

from collections.abc import Iterable

from sqlalchemy import func, insert, select
from sqlmodel import col

from bot import access
from bot.access import Relation, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.features.ledger.notices import MeritWritten
from bot.outbox import outbox
from bot.words import edits, said
from bot.words.edits import Change
from bot.words.said import Remark
from models import Area, EntryKind, Merit, Person

WRITE = "ledger.write"
MOST_CHARACTERS = 200


def require_may(work: Work) -> None:
    """Raise NotAllowed for who writes into nobody's ledger."""
    access.require(work.actor, WRITE, Resource(work.actor.path))


def write(work: Work, person_id: int, kind: EntryKind, remark: Remark) -> str:
    """Write an activity or a commendation down; the person is told. Returns the name.

    Raises Refused for a person who is not there.
    """
    person = work.session.execute(
        select(col(Person.name), col(Person.area_id), col(Area.path))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.id) == person_id, col(Person.removed_at).is_(None))
    ).first()
    if person is None:
        raise Refused("button-stale")
    access.require(work.actor, WRITE, Resource(person.path, {Relation.SELF: (person_id,)}))
    words = remark.words.strip()[:MOST_CHARACTERS]
    values = {
        "kind": kind, "person_id": person_id, "area_id": person.area_id, "at": work.now, "made_at": work.now,
        "words": words, "voice": remark.voice, "made_by": work.actor.person_id,
    }  # fmt: skip
    number = work.session.execute(insert(Merit).values(**values).returning(col(Merit.id))).scalar_one()
    audit.record(work, WRITE, f"merit:{number}", person_id, kind=kind)
    said.file(work.session, work.actor, f"merit:{number}")
    told = MeritWritten(kind, words, remark.voice, work.actor.name)
    for to in outbox.recipients_of(work.session, [person_id]):
        outbox.enqueue(work, told, to, f"merit:{number}:{to.bot}:{to.chat_id}")
    return str(person.name)


def reworded(work: Work, number: int, change: Change) -> list[int] | None:
    """What was written into a ledger says something else now; whose ledger it is."""
    access.require(work.actor, WRITE, Resource(work.actor.path))
    found = select(col(Merit.person_id)).where(
        col(Merit.id) == number, col(Merit.made_by) == work.actor.person_id
    )
    person = work.session.execute(found).scalar()
    if person is None or not edits.put(work.session, Merit.words, change, col(Merit.id) == number):
        return None
    audit.record(work, WRITE, f"merit:{number}", person)
    return [person]


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: how many activities and commendations are written down."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    mine = select(func.count()).where(col(Merit.person_id) == own.actor.person_id)
    if count := own.session.execute(mine).scalar_one():
        yield line("merits", count=count)
