"""What people who left had in hand goes to whoever is next, who is told once: one message with a key each.

Looked at only when the roster has changed. To add a kind of open thing that names people: a
`leaving_kind.Kind`, and its line in `KINDS`. A kind whose thing was passed on no longer finds it, so that a
second look changes nothing.
"""

from dataclasses import replace

from sqlalchemy import String, cast, literal, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Resource, Work, labels, self_of
from bot.features.people import leaving_cases, leaving_decisions, leaving_duty
from bot.features.people.leaving_kind import LeavingKind, Passed
from bot.features.reminders.digest_sources import still_open, waits_for
from bot.features.reminders.notices import LeftBehind, LeftBehindShown
from bot.outbox import outbox
from bot.outbox.notices import Lane
from bot.storage import values
from bot.views import messages
from models import Card, Marker, Person

PASS_ON, SEEN = "roster.pass_on", "leavers_seen"

KINDS: tuple[LeavingKind, ...] = (
    leaving_cases.HAZARDS,
    leaving_cases.REQUESTS,
    *leaving_duty.KINDS,
    # Last: what was released by the others may wait for somebody's word now.
    *leaving_decisions.KINDS,
)


def is_due(session: Session, actor: Actor) -> bool:
    """Whether the roster has changed since it was last looked through."""
    access.require(actor, PASS_ON, Resource())
    return str(values.roster_version(session)) != values.get(session, SEEN)


def pass_on(work: Work, place: int, after: int, name: str, limit: int) -> tuple[int, int | None]:
    """See to some things of one kind (its place in KINDS), those numbered above `after`: how many, and the
    number to go on after. `name`: of this look; what it brings a person is one message."""
    access.require(work.actor, PASS_ON, Resource())
    kind = KINDS[place]
    rows = kind.find(work.now).subquery()
    found = select(rows.c.number).where(rows.c.number > after).distinct().order_by(rows.c.number)
    numbers = list(work.session.execute(found.limit(limit)).scalars())
    for number in numbers:
        if passed := kind.pass_on(work.by(SYSTEM), number):
            _tell(work, passed, name)
    return len(numbers), numbers[-1] if len(numbers) == limit else None


def finish(work: Work, version: str) -> bool:
    """The whole roster of this version was looked through: the messages of who is off it lose their keys.
    False where it has changed meanwhile, and is to be looked through again."""
    access.require(work.actor, PASS_ON, Resource())
    # An import that comes now waits, and is looked at next time.
    kept = select(col(Marker.value)).where(col(Marker.name) == values.ROSTER).with_for_update()
    if (work.session.execute(kept).scalar() or "0") != version:
        return False
    gone = select(col(Person.id)).where(col(Person.removed_at).is_not(None))
    theirs = (col(Card.person_id).in_(gone), col(Card.kind) != "keys.gone", col(Card.message_id).is_not(None))
    work.session.execute(
        update(Card).where(*theirs).values(
            subject=col(Card.subject) + literal(":") + cast(col(Card.message_id), String),
            kind="keys.gone", wanted=col(Card.wanted) + 1, due_at=work.now, lane=int(Lane.REMINDER),
        )
    )  # fmt: skip
    values.put(work.session, SEEN, version)
    return True


def load(session: Session, reader: Actor, told: LeftBehind) -> LeftBehindShown | None:
    """What of it still waits for the reader; None where nothing does."""
    if not access.allows(reader, "person.read_own", self_of(reader)):
        return None
    items = still_open(session, told.subjects)
    left = tuple(
        items[each] for each in told.subjects if each in items and waits_for(items[each], reader.person_id)
    )
    return LeftBehindShown(left, tuple(labels.named(session, told.gone))) if left else None


def _tell(work: Work, passed: Passed, name: str) -> None:
    """A line in the one message, which leads to the thing's own."""
    for to in outbox.recipients_of(work.session, list(passed.to)):
        outbox.lay(work.session, passed.subject, passed.notice, to, work.now)
        filed = f"left:{name}"
        here = (col(Card.bot) == to.bot, col(Card.chat_id) == to.chat_id, col(Card.subject) == filed)
        before = work.session.execute(select(col(Card.kind), col(Card.facts)).where(*here)).first()
        read = messages.read(before.kind, before.facts) if before else None
        known = read if isinstance(read, LeftBehind) else LeftBehind()
        notice = LeftBehind(
            tuple(dict.fromkeys([*known.subjects, passed.subject])),
            tuple(dict.fromkeys([*known.gone, *sorted(passed.gone)])),
            passed.urgent or known.urgent,
        )
        if not before or replace(notice, urgent=known.urgent) != known:
            outbox.show(work, filed, notice, to)
