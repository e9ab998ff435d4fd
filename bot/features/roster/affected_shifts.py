"""Whose shifts an import touches."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import select
from sqlmodel import Session, col

from bot.features.roster.planning import Plan
from models import Account, Person, Shift, ShiftMember

_CHUNK = 500


def people_of(session: Session, plan: Plan) -> set[int]:
    """The people with an account on crews that the plan changes, or on shifts whose time or place it does."""
    found: set[int] = set()
    reached = select(col(Account.person_id)).distinct()
    members = codes_of(plan, "member", 1)
    for codes in chunked(members):
        mine = reached.join(Person, col(Person.id) == col(Account.person_id))
        found.update(session.execute(mine.where(col(Person.code).in_(codes))).scalars())
    for codes in chunked(codes_of(plan, "shift", 0)):
        mine = reached.join(ShiftMember, col(ShiftMember.person_id) == col(Account.person_id))
        mine = mine.join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        found.update(session.execute(mine.where(col(Shift.code).in_(codes))).scalars())
    return found


def codes_of(plan: Plan, table: str, place: int) -> set[str]:
    """The codes at this place of the keys of every row touched."""
    touched = plan.tables.get(table)
    if touched is None:
        return set()
    return {step.key[place] for step in (*touched.adds, *touched.changes, *touched.removals)}


def chunked(codes: Iterable[str]) -> Iterator[list[str]]:
    """The codes in lists that fit into a statement."""
    left = iter(sorted(codes))
    while chunk := list(islice(left, _CHUNK)):
        yield chunk
