"""Cases that nobody sees to go up: those without anybody named, past due, or done and not looked at.

The ladders' subjects are `hazard_new:ID` (`hazard_new:ID:VERSION` once who was named left),
`hazard_due:ID:DUE` and `hazard_check:ID:VERSION`, and so for every kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import or_, select, update
from sqlmodel import Session

from bot import access
from bot.access import Actor, Resource, Work
from bot.base.facts import Struct
from bot.features.cases import cards
from bot.features.cases.case import CaseKind, R
from bot.features.cases.life import OVERDUE
from bot.features.cases.notices import CasesSoon
from bot.features.cases.rows import CaseRow, LadderSubject
from bot.features.escalation import ladders
from bot.features.escalation.kinds import EscalationKind
from bot.outbox import outbox
from bot.settings import Settings
from bot.settings.reminders import SKIPPED
from bot.storage.rows import Expression, all_of

N = TypeVar("N", bound=CasesSoon)


class _Standing(Struct):
    """As much of a case as says whether a ladder is still needed."""

    id: int
    state: str
    due_at: datetime
    version: int


def kinds(kind: CaseKind[R]) -> Mapping[str, EscalationKind]:
    """Its kinds of ladders: nobody is named; it is past due; it is done and nobody has looked."""
    assign, late = kind.to_assign.action, kind.notices.late
    asked = {"new": assign, "due": assign, kind.family.look: kind.look}
    loudness = ("", "_urgent") if kind.rings else ("",)
    return {
        kind.ladder(what + how): EscalationKind(
            partial(needed, kind), late, action, kind.family.name, rings=bool(how)
        )
        for what, action in asked.items()
        for how in loudness
    }


def start_new(work: Work, kind: CaseKind[R], row: R) -> None:
    """Nobody is named yet: those who name others are reminded, then those above."""
    access.require(work.actor, kind.begin, kind.resource(work.session, row))
    _start(work, kind, row, LadderSubject(kind.ladder("new"), row.id), (), work.now)


def start_again(work: Work, kind: CaseKind[R], number: int) -> None:
    """Who was named left, and nobody is: the same as for a new one, counted from now."""
    access.require(work.actor, kind.action("escalate"), Resource())
    row = kind.get(work.session, number)
    _start(work, kind, row, LadderSubject(kind.ladder("new"), row.id, str(row.version)), (), work.now)


def start_look(work: Work, kind: CaseKind[R], number: int) -> None:
    """It is done, and nobody has looked: who is to is reminded, then those above."""
    row = kind.get(work.session, number)
    access.require(work.actor, kind.action("read"), kind.resource(work.session, row))
    subject = LadderSubject(kind.ladder(kind.family.look), row.id, str(row.version))
    _start(work, kind, row, subject, kind.workers(work.session, row), work.now)


def begin_due(work: Work, kind: CaseKind[R], limit: int) -> int:
    """Set up ladders for what is past due and not done; how many."""
    access.require(work.actor, kind.action("escalate"), Resource())
    cases = kind.tables.cases
    untold = or_(cases.c.told_due_at.is_(None), cases.c.told_due_at != cases.c.due_at)
    numbers = _to_do(work, kind, cases.c.due_at, limit, cases.c.due_at <= work.now, untold)
    for number in numbers:
        row = kind.get(work.session, number)
        told = update(cases).where(cases.c.id == number).values(told_due_at=row.due_at)
        work.session.execute(told)
        kind.note(work, row, OVERDUE)
        _start(work, kind, row, kind.due_subject(row), kind.hands(work.session, number), row.due_at)
        cards.show_changed(work, kind, number)
    return len(numbers)


def remind(
    work: Work, kind: CaseKind[R], span: tuple[datetime, datetime], after: int, limit: int
) -> tuple[int, int | None]:  # fmt: skip
    """Tell those who have it what is due soon: later than the beginning of the span, and up to its end. How
    many cases, and the number to go on after."""
    access.require(work.actor, kind.action("escalate"), Resource())
    cases, (since, until) = kind.tables.cases.c, span
    due = (cases.due_at > max(since, work.now), cases.due_at <= until)
    numbers = _to_do(work, kind, cases.id, limit, *due, cases.id > after)
    for number in numbers:
        row = kind.get(work.session, number)
        subject = str(kind.due_subject(row))
        notice = kind.notices.soon(0, (subject,))
        for to in outbox.recipients_of(work.session, kind.hands(work.session, number)):
            key = f"{notice.kind}:{subject}:{to.bot}:{to.chat_id}"
            outbox.enqueue(work, notice, to, key, deadline=row.due_at)
    return len(numbers), numbers[-1] if len(numbers) == limit else None


def needed(
    kind: CaseKind[R], session: Session, subjects: Sequence[str], now: datetime, _: Settings
) -> set[str]:  # fmt: skip
    """Of these, those that still stand as they did."""
    parsed = {subject: LadderSubject.parse(subject) for subject in subjects}
    cases = kind.tables.cases.c
    found = select(cases.id, cases.state, cases.due_at, cases.version)
    numbers = {each.number for each in parsed.values()}
    known = {row.id: row for row in all_of(session, _Standing, found.where(cases.id.in_(numbers)))}
    return {
        subject
        for subject, each in parsed.items()
        if each.number in known and _stands(kind, each, known[each.number])
    }


def load(kind: CaseKind[R], session: Session, reader: Actor, told: N) -> N | None:
    """What of it the reader may see, as it stands now; None where nothing is."""
    rows = []
    for subject in map(LadderSubject.parse, told.subjects):
        row = kind.read(session, subject.number)
        if row is None or not access.allows(reader, kind.action("read"), kind.resource(session, row)):
            continue
        named = tuple(each.name for each in kind.assignees(session, row.id))
        is_open = _stands(kind, subject, row)
        rows.append(kind.tell(kind.late, row, why=subject.kind, open=is_open, named=named))
    return replace(told, rows=tuple(rows)) if rows else None


def load_soon(kind: CaseKind[R], session: Session, reader: Actor, told: N) -> N | None:
    """The same; None where it is done, or due at another time by now."""
    found = load(kind, session, reader, told)
    return found if found and any(each.open for each in found.rows) else None


def _to_do(work: Work, kind: CaseKind[R], order: Expression, limit: int, *where: Expression) -> list[int]:
    cases = kind.tables.cases.c
    found = select(cases.id).where(cases.closed_at.is_(None), cases.state.in_(kind.life.to_do), *where)
    return list(work.session.execute(found.order_by(order).limit(limit)).scalars())


def _start(
    work: Work, kind: CaseKind[R], row: R, subject: LadderSubject, people: Iterable[int], since: datetime
) -> None:
    """From who has it to the nearest above the place, then area by area: urgent ones by minutes, through
    quiet hours; others by the working days of their category."""
    waits, due = kind.waits(row, work.settings), subject.kind == kind.ladder("due")
    if not due and not row.urgent:
        # Who is to see to it, or to look, was given the card just now.
        waits = tuple(max(1, days) for days in waits)
    looked = kind.look_wait if subject.kind == kind.ladder(kind.family.look) else None
    first = 0 if due else SKIPPED if looked is None else looked
    climbs = f"{subject.kind}_urgent" if row.urgent else subject.kind
    one = ladders.Start(str(subject), row.path, list(people), since=since)
    plan = [first, SKIPPED, *waits]
    ladders.start_all(work.at(since), climbs, [one], waits=plan, working_days=not row.urgent)


def _stands(kind: CaseKind[R], subject: LadderSubject, row: CaseRow | _Standing) -> bool:
    if subject.kind == kind.ladder("new"):
        return row.state == kind.life.new
    if subject.kind == kind.ladder("due"):
        return row.state in kind.life.to_do and f"{row.due_at:%y%m%d%H%M}" == subject.as_of
    return row.state == kind.life.done and str(row.version) == subject.as_of
