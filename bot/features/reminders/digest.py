"""The digest: once a day one living message with all that waits for a person.

What is done goes from it by an edit, which does not ring. What comes new waits for the next one.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, self_of
from bot.base.facts import read_as
from bot.features.reminders.digest_sources import holders_of, open_items, still_open, waits_for
from bot.features.reminders.notices import Digest, DigestItem
from bot.outbox import outbox
from bot.settings.work_day import work_day
from bot.storage.database import chunks
from bot.views import messages
from models import Area, Card, Person

RUN = "digest.run"
# So many are told in full; of the others it is told how many there are.
MOST = 60
# So long a digest follows what becomes of its items.
FOLLOWED = timedelta(hours=20)


def send(work: Work, path: str, but: Sequence[str]) -> int:
    """Lay before everybody below `path`, but not below `but`, what waits for them; how many people."""
    access.require(work.actor, RUN, Resource(path))
    items = open_items(work.session)
    waiting: dict[int, list[DigestItem]] = {}
    held = holders_of(work.session, list(items))
    mine = _living_there(work.session, {person_id for person_id, _ in held}, path, but)
    order = {subject: place for place, subject in enumerate(items)}
    for person_id, subject in sorted(held, key=lambda pair: order[pair[1]]):
        if person_id in mine and waits_for(items[subject], person_id):
            waiting.setdefault(person_id, []).append(items[subject])
    day = work_day(work.now, work.settings.work).isoformat()
    for to in outbox.recipients_of(work.session, list(waiting)):
        found = waiting[to.person_id or 0]
        outbox.show(work, f"digest:{day}", _notice(found, len(found)), to)
    return len(waiting)


def follow(work: Work) -> int:
    """Take what was done from the digests of the day; how many digests changed."""
    access.require(work.actor, RUN, Resource())
    day = work_day(work.now, work.settings.work).isoformat()
    subject = f"digest:{day}"
    cards = work.session.execute(
        select(col(Card.person_id), col(Card.facts), col(Card.message_id)).where(
            col(Card.subject) == subject, col(Card.due_at) > work.now - FOLLOWED
        )
    ).all()
    live = [(card.person_id, read_as(Digest, card.facts)) for card in cards if card.facts["items"]]
    items = still_open(work.session, {each for _, told in live for each in _listed(told)})
    changed = 0
    for person_id, told in live:
        subjects = _listed(told)
        left = [items[each] for each in subjects if each in items and waits_for(items[each], person_id)]
        if len(left) < len(subjects):
            outbox.show_again(work.session, subject, _notice(left, told.of), work.now, person_id)
            changed += 1
    return changed


def bring(work: Work, subject: str) -> bool:
    """Bring the actor's own living message about something that waits down to the end of the chat. False
    where there is none any more, or the actor would be shown nothing by it."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    card = work.session.execute(
        select(col(Card.kind), col(Card.facts)).where(
            col(Card.bot) == work.actor.bot, col(Card.chat_id) == work.actor.chat_id,
            col(Card.person_id) == work.actor.person_id, col(Card.subject) == subject,
        )
    ).first()  # fmt: skip
    if card is None or subject not in still_open(work.session, [subject]):
        return False
    notice = messages.read(card.kind, card.facts)
    if messages.load(work.session, work.actor, notice) is None:
        return False
    outbox.retire(work.session, subject, notice, work.now, work.actor.person_id)
    outbox.show(work, subject, notice, outbox.recipient_of(work.actor))
    return True


def load(session: Session, reader: Actor, told: Digest) -> Digest | None:
    """What the reader is shown; nothing for who is on the roster no more."""
    return told if access.allows(reader, "person.read_own", self_of(reader)) else None


def _living_there(session: Session, people: set[int], path: str, but: Sequence[str]) -> set[int]:
    """Those of these people whose area is there."""
    inside = [access.within(col(Area.path), path)] if path else []
    outside = [~access.within(col(Area.path), each) for each in but]
    found: set[int] = set()
    for chunk in chunks(people):
        rows = session.execute(
            select(col(Person.id))
            .join(Area, col(Area.id) == col(Person.area_id))
            .where(col(Person.id).in_(chunk), *inside, *outside)
        )
        found |= {number or 0 for number in rows.scalars()}
    return found


def _listed(told: Digest) -> list[str]:
    """What a digest tells of, in its order, with what it only counts."""
    return [*(each.subject for each in told.items), *told.more]


def _notice(items: Sequence[DigestItem], of: int) -> Digest:
    return Digest(tuple(items[:MOST]), of, tuple(each.subject for each in items[MOST:]))
