"""The duty ledger (一本账) of a person: what was done in a period, and the entries behind each number.

The person sees it first and alone with those who look after the area; nobody is set against anybody.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, and_, func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, labels
from bot.base import names as base_names
from bot.base.facts import Facts
from bot.features.hazards.repository import HAZARD
from bot.features.ledger import disputes
from bot.features.ledger import repository as rows
from bot.features.ledger.repository import Stretch, stretch_of
from bot.features.requests.repository import REQUEST
from bot.settings import Settings
from bot.settings.work_day import bounds, work_day
from models import Account, Area, EntryKind, Person

READ, EXPORT = "ledger.read", "ledger.export"
PAGE = 8
# Names offered where several people are called the same.
MOST_NAMES = 8
# Of each kind in a spreadsheet: more than a year has.
MOST_ENTRIES = 3000


class LedgerPeriod(StrEnum):
    """How long a ledger's period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
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


def totals(work: Work, person_id: int, kind: LedgerPeriod, day: date) -> Facts | None:
    """A person's numbers for the period that a day lies in (`person_id` 0: the actor's own). None for a
    person who is not there."""
    person = _readable(work, person_id or work.actor.person_id)
    if person is None:
        return None
    span = span_of(kind, day)
    stretch = _stretch(work.session, person.id, span, work.settings)
    counted = {str(each): rows.count(work.session, each, person.id, stretch, work.now) for each in EntryKind}
    return {
        "person_id": person.id, "name": person.name, "area": person.area,
        "own": person.id == work.actor.person_id,
        "period": kind, "first": span.first.isoformat(), "last": span.last.isoformat(),
        "counts": {code: list(found) for code, found in counted.items()},
        "before": span.before.first.isoformat(),
        "after": span.after.first.isoformat() if span.last < work_day(work.now, work.settings.work) else None,
        "starts_at": stretch.starts_at, "ends_at": stretch.ends_at, "due_from": stretch.due_from,
    }  # fmt: skip


def entries(
    work: Work, person_id: int, what: EntryKind, kind: LedgerPeriod, day: date, offset: int
) -> Facts | None:
    """The entries behind one number, newest first, with what was said against them."""
    person = _readable(work, person_id or work.actor.person_id)
    if person is None:
        return None
    span = span_of(kind, day)
    found = rows.page(
        work.session,
        what,
        person.id,
        _stretch(work.session, person.id, span, work.settings),
        work.now,
        offset,
        PAGE + 1,
    )
    shown = found[:PAGE]
    said = disputes.against(work.session, work.actor, person.id, what, [row.id for row in shown])
    return {
        "person_id": person.id, "name": person.name, "own": person.id == work.actor.person_id, "what": what,
        "period": kind, "first": span.first.isoformat(), "last": span.last.isoformat(), "offset": offset,
        "entries": [{**_entry(row, what), "dispute": said.get(row.id, "")} for row in shown],
        "before": max(0, offset - PAGE) if offset else None,
        "after": offset + PAGE if len(found) > PAGE else None,
    }  # fmt: skip


def paper(work: Work, person_id: int, kind: LedgerPeriod, day: date) -> Facts | None:
    """A period's ledger to be printed or put into a sheet; that it was asked for is written down."""
    facts = totals(work, person_id, kind, day)
    if facts is None:
        return None
    audit.record(
        work.session, work.actor, EXPORT, f"person:{facts['person_id']}", work.now, facts["person_id"]
    )
    return {**facts, "at": work.now}


def _stretch(session: Session, person_id: int, span: Span, settings: Settings) -> Stretch:
    """The period; who joined within it or later is due from the day after."""
    stretch = stretch_of(span.first, span.last, settings.work)
    joined = session.execute(
        select(func.min(col(Account.joined_at))).where(col(Account.person_id) == person_id)
    ).scalar()
    if joined is None or joined < stretch.starts_at:
        return stretch
    day = work_day(joined, settings.work)
    return replace(stretch, due_from=bounds(day, day, settings.work)[1])


def load_paper(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The entries of a paper, read when it is made; None for who may not see them (any more)."""
    found = load(session, reader, facts)
    if found is None:
        return None
    days = [date.fromisoformat(facts[name]) for name in ("first", "last")]
    starts_at, ends_at, at = (_moment(facts[name]) for name in ("starts_at", "ends_at", "at"))
    due_from = _moment(facts["due_from"]) if facts.get("due_from") else None
    stretch = Stretch(days[0], days[1], starts_at, ends_at, due_from)
    listed = {
        str(each): [
            _entry(row, each)
            for row in rows.page(session, each, facts["person_id"], stretch, at, 0, MOST_ENTRIES)
        ]
        for each in EntryKind
    }
    return {**found, "listed": listed}


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """A ledger just before it is sent; None for who may not see it (any more)."""
    person = _person(session, facts["person_id"])
    allowed = person is not None and access.allows(reader, READ, _thing(person))
    return facts if allowed else None


def named(session: Session, actor: Actor, name: str) -> list[Facts]:
    """The people of this name, or with this code, whose ledger the actor may see; where there are none,
    who may be meant (not `sure`)."""
    seen = access.visible(actor, READ, col(Area.path), col(Person.id))
    rows = session.execute(
        select(col(Person.id), col(Person.name), col(Person.code))
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(and_(seen, col(Person.removed_at).is_(None)))
        .order_by(col(Area.position), col(Person.code))
    ).all()
    coded = [row for row in rows if row.code == name]
    found, sure = (coded, True) if coded else base_names.meant(name, rows, lambda row: str(row.name))
    found = found[:MOST_NAMES]
    told = labels.of(session, [row.id or 0 for row in found])
    return [{"id": row.id, "name": told[row.id or 0], "sure": sure} for row in found]


def _readable(work: Work, person_id: int) -> Row[Any] | None:
    """The person, if the actor may see the ledger; that somebody else has seen it is written down.

    Raises NotAllowed."""
    person = _person(work.session, person_id)
    if person is None:
        return None
    access.require(work.actor, READ, _thing(person))
    if person.id != work.actor.person_id:
        audit.record(work.session, work.actor, READ, f"person:{person.id}", work.now, person.id)
    return person


def _person(session: Session, person_id: int) -> Row[Any] | None:
    return session.execute(
        select(
            col(Person.id), col(Person.name), col(Person.area_id), col(Area.name).label("area"),
            col(Area.path),
        )
        .join(Area, col(Area.id) == col(Person.area_id))
        .where(col(Person.id) == person_id)
    ).first()  # fmt: skip


def _thing(person: Row[Any]) -> Resource:
    return Resource(person.path, {Relation.SELF: (person.id,)})


def _entry(row: Row[Any], what: EntryKind) -> Facts:
    told = row._mapping
    numbered = "year" in told
    matter = REQUEST if what in (EntryKind.REQUEST_TAKEN, EntryKind.REQUEST_DONE) else HAZARD
    return {
        "id": row.id, "at": row.at, "until": row.until, "place": row.place or "",
        "words": "" if numbered else row.words, "mark": row.mark, "amount": int(row.amount or 0),
        "label": told["label"] if numbered else {},
        "reference": matter.reference(told["year"], told["number"]) if numbered else "",
    }  # fmt: skip


def _moment(told: str | datetime) -> datetime:
    return told if isinstance(told, datetime) else datetime.fromisoformat(told)
