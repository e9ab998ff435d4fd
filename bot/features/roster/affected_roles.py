"""Whose roles an import touches, and the new menu and keys of those for whom they changed."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.features.ledger.notices import AccountRoleChanged
from bot.features.people import accounts
from bot.features.roster.affected_shifts import chunked, codes_of
from bot.features.roster.planning import Plan
from bot.outbox import outbox
from bot.outbox.notices import Lane
from bot.storage.database import chunks
from models import Account, Card, Person, Role

# Of each person, the roles and the areas they are held in.
Roles = dict[int, frozenset[tuple[str, int]]]


def touched(session: Session, actor: Actor, plan: Plan) -> Roles:
    """The roles, as they are now, of the people with an account whose roles the plan touches."""
    access.require(actor, "roster.import", Resource())
    found: set[int] = set()
    for codes in chunked(codes_of(plan, "role", 0)):
        joined = select(col(Account.person_id)).join(Person, col(Person.id) == col(Account.person_id))
        found.update(session.execute(joined.where(col(Person.code).in_(codes))).scalars())
    return _held(session, found)


def tell(work: Work, before: Roles) -> None:
    """Give those whose roles are others than before, or held elsewhere, the menu of commands and the keys
    that go with them."""
    access.require(work.actor, "roster.import", Resource())
    after = _held(work.session, before)
    changed = [person_id for person_id, roles in before.items() if after[person_id] != roles]
    _renew(work.session, changed, work.now)
    for to in outbox.recipients_of(work.session, changed):
        person = access.actors_of(work.session, to.bot, [to.chat_id]).get(to.chat_id)
        if person is None:
            continue
        accounts.give_menu(work.session, person, now=work.now)
        keys = asdict(accounts.keys_of(work.by(person)))
        told = AccountRoleChanged(**keys, roles=tuple(sorted(person.roles)))
        key = f"account.role_changed:{to.bot}:{to.chat_id}:{work.now.isoformat()}"
        outbox.enqueue(work, told, to, key)


def _renew(session: Session, person_ids: list[int], now: datetime) -> None:
    """What their chats show is shown as they may see it now: keys that would be refused go."""
    theirs = (col(Card.person_id).in_(person_ids), col(Card.message_id).is_not(None))
    values = {"wanted": col(Card.wanted) + 1, "due_at": now, "lane": int(Lane.REMINDER)}
    session.execute(update(Card).where(*theirs, col(Card.kind) != "keys.gone").values(**values))


def _held(session: Session, people: Iterable[int]) -> Roles:
    ids = list(people)
    held: dict[int, set[tuple[str, int]]] = {person_id: set() for person_id in ids}
    for chunk in chunks(set(ids)):
        rows = select(col(Role.person_id), col(Role.role), col(Role.area_id))
        for person_id, role, area_id in session.execute(rows.where(col(Role.person_id).in_(chunk))):
            held[person_id].add((role, area_id))
    return {person_id: frozenset(roles) for person_id, roles in held.items()}
