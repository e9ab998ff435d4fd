"""The duty ledger (一本账) of a person: what was done in a period, and the entries behind each number.

The person sees it first and alone with those who look after the area; nobody is set against anybody.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, labels
from bot.base import names as base_names
from bot.base.facts import Struct
from bot.features.hazards.repository import HAZARD
from bot.features.ledger import disputes
from bot.features.ledger import repository as rows
from bot.features.ledger.notices import (
    FullPaper,
    LedgerBoard,
    LedgerEntries,
    LedgerEntry,
    LedgerPaper,
    LedgerPeriod,
    LedgerPerson,
)
from bot.features.ledger.repository import Entry, Record, Stretch, stretch_of
from bot.features.requests.repository import REQUEST
from bot.settings.work_day import bounds, work_day
from bot.storage.rows import Query, first_of
from models import Account, Area, EntryKind, Person

N = TypeVar("N", LedgerBoard, LedgerEntries, LedgerPaper)
READ, EXPORT = "ledger.read", "ledger.export"
PAGE = 8
# Names offered where several people are called the same.
MOST_NAMES = 8
# Of each kind in a spreadsheet: more than a year has.
MOST_ENTRIES = 3000


class Span(Struct):
    """A period of the calendar, named by its first month."""

    kind: LedgerPeriod
    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Span":
        """The one that follows."""
        return span_of(self.kind, self.first + timedelta(days=_DAYS[self.kind] + 3))

    @property
    def before(self) -> "Span":
        """The one before."""
        return span_of(self.kind, self.first - timedelta(days=1))


_DAYS = {LedgerPeriod.MONTH: 31, LedgerPeriod.QUARTER: 92, LedgerPeriod.YEAR: 366}


def span_of(kind: LedgerPeriod, day: date) -> Span:
    """The period that a day lies in."""
    months = {LedgerPeriod.MONTH: 1, LedgerPeriod.QUARTER: 3, LedgerPeriod.YEAR: 12}[kind]
    return Span(kind, date(day.year, (day.month - 1) // months * months + 1, 1))


def totals(work: Work, person_id: int, span: Span) -> LedgerBoard | None:
    """A person's numbers for a period (`person_id` 0: the actor's own). None for a person who is not
    there."""
    person = _readable(work, person_id)
    if person is None:
        return None
    stretch = _stretch(work, person.id, span)
    record = Record(person.id, work.now, stretch)
    return LedgerBoard(
        person_id=person.id, name=person.name, area=person.area, own=person.id == work.actor.person_id,
        period=span.kind, first=span.first, last=span.last,
        counts={str(each): rows.count(work.session, each, record) for each in EntryKind},
        before=span.before.first,
        after=span.after.first if span.last < work_day(work.now, work.settings.work) else None,
        starts_at=stretch.starts_at, ends_at=stretch.ends_at, due_from=stretch.due_from,
    )  # fmt: skip


def entries(work: Work, person_id: int, what: EntryKind, span: Span, offset: int) -> LedgerEntries | None:
    """The entries behind one number, newest first, with what was said against them."""
    person = _readable(work, person_id)
    if person is None:
        return None
    record = Record(person.id, work.now, _stretch(work, person.id, span))
    found = rows.page(work.session, what, record, offset, PAGE + 1)
    said = disputes.against(work, person.id, what, [row.id for row in found[:PAGE]])
    return LedgerEntries(
        person_id=person.id, name=person.name, own=person.id == work.actor.person_id, what=what,
        period=span.kind, first=span.first, last=span.last, offset=offset,
        entries=tuple(_entry(row, what, said.get(row.id, "")) for row in found[:PAGE]),
        before=max(0, offset - PAGE) if offset else None,
        after=offset + PAGE if len(found) > PAGE else None,
    )  # fmt: skip


def paper(work: Work, person_id: int, span: Span, *, sheet: bool) -> LedgerPaper | None:
    """A period's ledger to be printed or put into a sheet; that it was asked for is written down."""
    board = totals(work, person_id, span)
    if board is None:
        return None
    about = f"person:{board.person_id}"
    audit.record(work, EXPORT, about, board.person_id)
    return board.shown_as(LedgerPaper, at=work.now, sheet=sheet)


def _stretch(work: Work, person_id: int, span: Span) -> Stretch:
    """The period; who joined within it or later is due from the day after."""
    stretch = stretch_of(span.first, span.last, work.settings.work)
    joined = work.session.execute(
        select(func.min(col(Account.joined_at))).where(col(Account.person_id) == person_id)
    ).scalar()
    if joined is None or joined < stretch.starts_at:
        return stretch
    day = work_day(joined, work.settings.work)
    return replace(stretch, due_from=bounds(day, day, work.settings.work)[1])


def load_paper(session: Session, reader: Actor, told: LedgerPaper) -> FullPaper | None:
    """The entries of a paper, read when it is made; None for who may not see them (any more)."""
    if load(session, reader, told) is None:
        return None
    stretch = Stretch(told.first, told.last, told.starts_at, told.ends_at, told.due_from)
    record = Record(told.person_id, told.at, stretch)
    listed = {
        str(each): tuple(_entry(row, each) for row in rows.page(session, each, record, 0, MOST_ENTRIES))
        for each in EntryKind
    }
    return told.shown_as(FullPaper, listed=listed)


def load(session: Session, reader: Actor, told: N) -> N | None:
    """A ledger just before it is sent; None for who may not see it (any more)."""
    person = _person(session, told.person_id)
    return told if person and access.allows(reader, READ, person.thing) else None


def named(work: Work, name: str) -> tuple[LedgerPerson, ...]:
    """The people of this name, or with this code, whose ledger the actor may see; where there are none,
    who may be meant (not `sure`)."""
    seen = access.visible(work.actor, READ, col(Area.path), col(Person.id))
    rows = work.session.execute(
        select(col(Person.id), col(Person.name), col(Person.code))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(and_(seen, col(Person.removed_at).is_(None)))
        .order_by(col(Area.position), col(Person.code))
    ).all()
    coded = [row for row in rows if row.code == name]
    found, sure = (coded, True) if coded else base_names.meant(name, rows, lambda row: str(row.name))
    ids = [row.id or 0 for row in found[:MOST_NAMES]]
    told = labels.of(work.session, ids)
    return tuple(LedgerPerson(each, told[each], sure) for each in ids)


class _Person(Struct):
    """Whose ledger it is."""

    id: int
    name: str
    area: str
    path: str

    @property
    def thing(self) -> Resource:
        """What access decides by."""
        return Resource(self.path, {Relation.SELF: (self.id,)})


def _readable(work: Work, person_id: int) -> _Person | None:
    """The person (0: the actor), if the actor may see the ledger; that somebody else has seen it is written
    down. Raises NotAllowed."""
    person = _person(work.session, person_id or work.actor.person_id)
    if person is None:
        return None
    access.require(work.actor, READ, person.thing)
    if person.id != work.actor.person_id:
        audit.record(work, READ, f"person:{person.id}", person.id)
    return person


def _person(session: Session, person_id: int) -> _Person | None:
    person: Query = (
        select(col(Person.id), col(Person.name), col(Area.name).label("area"), col(Area.path))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.id) == person_id)
    )
    return first_of(session, _Person, person)


def _entry(row: Entry, what: EntryKind, dispute: str = "") -> LedgerEntry:
    matter = REQUEST if what in (EntryKind.REQUEST_TAKEN, EntryKind.REQUEST_DONE) else HAZARD
    return LedgerEntry(
        id=row.id, at=row.at, until=row.until, place=row.place or "", words=row.words, mark=row.mark,
        amount=int(row.amount or 0), label=row.label or {},
        reference=matter.reference(row.year, row.number) if row.number else "", dispute=dispute,
    )  # fmt: skip
