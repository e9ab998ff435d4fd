"""The burden meter: messages and taps a day, in the median and for the twentieth who has most of them.

A day is counted person by person, added up by village, and the persons are forgotten at once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, exists, func, literal_column, select, text
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.access.scope import Scope
from bot.base.facts import Struct
from bot.settings.work_day import bounds
from bot.storage.database import upsert
from bot.storage.rows import Query, all_of
from models import (
    Account,
    Area,
    AreaKind,
    Burden,
    BurdenKind,
    BurdenPerson,
    Card,
    InboxRow,
    OutboxRow,
    OutboxState,
    Person,
)

COUNT, READ = "burden.count", "burden.read"
# What is read of a table at once.
BATCH = 500
# The tables that are counted, in this order; then the day is added up.
PARTS = ("outbox", "card", "inbox")
# What was enqueued so long before the day may have been held until then.
_HELD = timedelta(days=2)


class Spread(Struct):
    """How much of a kind a person has in a day: of `days` person-days, half have at most `median`, and
    nineteen of twenty at most `p95`."""

    days: int
    median: int
    p95: int


class _Row(Struct):
    """A row of a table that is counted, whose it is, and whether it counts for the day."""

    number: int
    person_id: int | None
    counts: bool


class _Person(Struct):
    """Somebody of an area, and how much was counted of the day."""

    id: int
    area_id: int
    received: int | None
    taps: int | None


class _Many(Struct):
    """So many people had so many."""

    kind: str
    many: int
    people: int


def count_part(work: Work, day: date, part: str, after: int) -> tuple[int, int | None]:
    """Count the next rows of one table for a local day: how many rows, and the number to go on after (None:
    these were all)."""
    access.require(work.actor, COUNT, Resource())
    query = _ROWS[part](*bounds(day, day, work.settings.work), after).limit(BATCH)
    rows = all_of(work.session, _Row, query)
    seen = Counter(row.person_id for row in rows if row.counts and row.person_id)
    column = "taps" if part == "inbox" else "received"
    counted = [
        {"day": day, "person_id": person_id, "received": 0, "taps": 0, column: many}
        for person_id, many in seen.items()
    ]
    more = {name: text(f"burden_person.{name} + excluded.{name}") for name in ("received", "taps")}
    upsert(work.session, BurdenPerson, counted, ["day", "person_id"], more)
    return len(rows), rows[-1].number if len(rows) == BATCH else None


def add_up(work: Work, day: date, after: int) -> tuple[int, int | None]:
    """Write down how many of the next people of each village had how many: how many people, and the number
    to go on after (None: these were all, and the persons are forgotten)."""
    access.require(work.actor, COUNT, Resource())
    people = _people(work.session, day, bounds(day, day, work.settings.work)[1], after)
    village_of = _villages(work.session, {row.area_id for row in people})
    counted: Counter[tuple[int, str, int]] = Counter()
    for row in people:
        for kind, many in ((BurdenKind.RECEIVED, row.received), (BurdenKind.TAPS, row.taps)):
            counted[village_of[row.area_id], kind, many or 0] += 1
    rows = [
        {"day": day, "area_id": area_id, "kind": kind, "many": many, "people": number}
        for (area_id, kind, many), number in counted.items()
    ]
    more = {"people": text("burden.people + excluded.people")}
    upsert(work.session, Burden, rows, ["day", "area_id", "kind", "many"], more)
    if len(people) == BATCH:
        return len(people), people[-1].id
    work.session.execute(delete(BurdenPerson).where(col(BurdenPerson.day) <= day))
    return len(people), None


def is_counted(work: Work, day: date) -> bool:
    """Whether the day has been added up."""
    access.require(work.actor, COUNT, Resource())
    return (
        work.session.execute(select(col(Burden.id)).where(col(Burden.day) == day).limit(1)).first()
        is not None
    )


def spread(session: Session, actor: Actor, scope: Scope) -> dict[str, Spread]:
    """Messages and taps of the people of a scope; a kind without any is left out."""
    access.require(actor, READ, Resource(scope.path))
    query: Query = (
        select(col(Burden.kind), col(Burden.many), func.sum(col(Burden.people)).label("people"))
        .join(Area, col(Area.id) == col(Burden.area_id))
        .where(access.within(col(Area.path), scope.path), col(Burden.day).between(scope.since, scope.until))
        .group_by(col(Burden.kind), col(Burden.many))
        .order_by(col(Burden.many))
    )
    rows = all_of(session, _Many, query)
    return {
        kind.value: _spread([row for row in rows if row.kind == kind])
        for kind in BurdenKind
        if any(row.kind == kind for row in rows)
    }


def _spread(rows: Sequence[_Many]) -> Spread:
    days = int(sum(row.people for row in rows))
    return Spread(days, _at(rows, (days + 1) // 2), _at(rows, -(-days * 95 // 100)))


def _at(rows: Iterable[_Many], rank: int) -> int:
    """The value of the one who is so many-th from the least."""
    passed = 0
    for row in rows:
        passed += row.people
        if passed >= rank:
            return row.many
    return 0


def _sent(since: datetime, until: datetime, after: int) -> Query:
    box = OutboxRow
    first = select(func.min(col(box.id))).where(col(box.created_at) >= since - _HELD).scalar_subquery()
    arrived = and_(col(box.state) == OutboxState.SENT, col(box.sent_at) >= since, col(box.sent_at) < until)
    return (
        select(col(box.id).label("number"), col(box.person_id), arrived.label("counts"))
        .where(col(box.id) > after, col(box.id) >= first, col(box.created_at) < until)
        .order_by(col(box.id))
    )


def _shown(since: datetime, until: datetime, after: int) -> Query:
    return (
        select(col(Card.id).label("number"), col(Card.person_id), literal_column("1").label("counts"))
        .where(col(Card.id) > after, col(Card.sent_at) >= since, col(Card.sent_at) < until)
        .order_by(col(Card.id))
    )


def _taken(since: datetime, until: datetime, after: int) -> Query:
    """What people sent; of a live location only its beginning, for its points are erased at once."""
    row = InboxRow
    account = and_(col(Account.bot) == col(row.bot), col(Account.user_id) == col(row.chat_id))
    return (
        select(
            col(row.seq).label("number"), col(Account.person_id),
            col(row.payload).is_not(None).label("counts"),
        )
        .join(Account, account, isouter=True)
        .where(col(row.seq) > after, col(row.received_at) >= since, col(row.received_at) < until)
        .order_by(col(row.seq))
    )  # fmt: skip


_ROWS = {"outbox": _sent, "card": _shown, "inbox": _taken}


def _people(session: Session, day: date, until: datetime, after: int) -> list[_Person]:
    """The next of everybody who had joined by the end of the day, those included who had nothing that day."""
    joined = exists().where(col(Account.person_id) == col(Person.id), col(Account.joined_at) < until)
    counted = and_(col(BurdenPerson.person_id) == col(Person.id), col(BurdenPerson.day) == day)
    query: Query = (
        select(col(Person.id), col(Person.area_id), col(BurdenPerson.received), col(BurdenPerson.taps))
        .join(BurdenPerson, counted, isouter=True)
        .where(joined, col(Person.removed_at).is_(None), col(Person.id) > after)
        .order_by(col(Person.id))
        .limit(BATCH)
    )
    return all_of(session, _Person, query)


def _villages(session: Session, area_ids: set[int]) -> dict[int, int]:
    """For each of these areas the village it belongs to; areas above villages stand for themselves."""
    known: dict[int, tuple[str, int | None]] = {}
    missing = set(area_ids)
    while missing:
        asked = select(col(Area.id), col(Area.kind), col(Area.parent_id)).where(col(Area.id).in_(missing))
        known |= {row.id or 0: (row.kind, row.parent_id) for row in session.execute(asked)}
        grids = {above for kind, above in known.values() if kind == AreaKind.GRID and above}
        missing = grids - known.keys()
    found: dict[int, int] = {}
    for start in area_ids:
        at: int | None = start
        while at is not None and known[at][0] == AreaKind.GRID:
            at = known[at][1]
        found[start] = at if at is not None else start
    return found
