"""What people do with every kind of case: name who is to see to it, ask for more time and grant it, take it
back, look at what happened, find one, see what waits."""

from typing import TypeVar

from sqlmodel import col

from bot import access
from bot.access import Relation, Resource, Work, audit, labels
from bot.base.errors import Refused
from bot.features.cases import assignees, assignment, cards
from bot.features.cases.assignment import Candidate
from bot.features.cases.case import CaseKind, R
from bot.features.cases.life import GRANTED, NOT_GRANTED, REWORDED, WISHED, WITHDRAWN, Move
from bot.features.cases.notices import CaseHistory, CaseReceipt, CaseVoice, CaseWaiting
from bot.outbox import outbox
from bot.words import edits
from bot.words.edits import Change
from bot.words.said import Remark
from models import Area

T = TypeVar("T", bound=CaseReceipt)

MOST_WORDS = 500
MOST_EVENTS, MOST_WAITING = 60, 20


def held(work: Work, kind: CaseKind[R], number: int, move: Move, version: int | None = None) -> R:
    """A case with which the actor may do this now; `version`: of the card that was read. Raises Refused."""
    row = kind.get(work.session, number)
    access.require(work.actor, move.action, kind.resource(work.session, row))
    kind.require_in(row, *move.states)
    if version is not None and row.version != version:
        raise Refused(f"{kind.family.name}-changed")
    return row


def take(
    work: Work, kind: CaseKind[R], row: R, move: Move, said: Remark = Remark(), /, **values: object
) -> int:  # fmt: skip
    """Do it: the case moves on, and it is written down; the event's number. Raises Refused where somebody was
    faster."""
    to = move.to or row.state
    kind.change(work.session, row, state=to, **values)
    return kind.note(work, row, move.step, Remark(said.words[:MOST_WORDS], said.voice), to)


def candidates(work: Work, kind: CaseKind[R], number: int, most: int) -> list[Candidate]:
    """Whom the actor may name, the nearest first: those of the place, units around it, then other units.
    Raises Refused once it is done."""
    row = held(work, kind, number, kind.to_assign)
    there = {each.area_id for each in kind.assignees(work.session, number) if not each.person_id}
    action = kind.to_assign.action
    return assignment.candidates(work.session, work.actor, action, row.path, there, most)


def assign(work: Work, kind: CaseKind[R], number: int, to: Candidate, joint: bool = False) -> None:
    """Name who is to see to it; `joint`: besides those named already, who stay responsible.

    Raises Refused once it is done, or where the unit is not the actor's to name.
    """
    move = kind.to_assign
    row = held(work, kind, number, move)
    path = assignment.path_to_name(work.session, work.actor, move.action, to)
    before = kind.assignees(work.session, number)
    kind.change(work.session, row, state=move.to, **(kind.joint if joint and before else {}))
    if not joint:
        kind.release(work.session, number, work.now)
    responsible = not joint or not before
    kind.name(
        work.session, number, area_id=to.area_id, person_id=to.person_id, responsible=responsible,
        named_by=work.actor.person_id, named_at=work.now,
    )  # fmt: skip
    facts = {"to": to.name, "person_id": to.person_id, "unit_id": to.area_id, "responsible": responsible}
    kind.note(work, row, move.step, to=move.to, facts=facts)
    _audit(work, kind, row, move.action, to.person_id, joint=joint)
    rings = [to.person_id] if to.person_id else assignees.people_of(work.session, [path])
    first = kind.tellers(work.session, row) if row.state == kind.life.new else []
    cards.show_changed(work, kind, number, rings=[*rings, *first], by=work.actor)


def wished(work: Work, kind: CaseKind[R], row: R, days: int) -> dict[str, object]:
    """The values of a case for which so many more working days are asked, counted from when it is due, or
    from today where that is past; none for 0."""
    if not days:
        return {}
    closing = kind.settings(work.settings).closing_time
    until = work.settings.later(row.due_at, days, work.now, closing)
    return {"wished_due_at": until, "wished_by": work.actor.person_id}


def note_wish(work: Work, kind: CaseKind[R], row: R, values: dict[str, object]) -> None:
    """Write down that more time is asked for, where it is."""
    if values.get("wished_due_at"):
        kind.note(work, row, WISHED, facts={"until": str(values["wished_due_at"])})


def decide_more_time(work: Work, kind: CaseKind[R], number: int, version: int, yes: bool) -> None:
    """Grant the time that was asked for, or not. `version`: of the card that was read.

    Raises Refused for who asked, and where it was decided or is over.
    """
    row, action = kind.get(work.session, number), kind.action("extend")
    access.require(work.actor, action, cards.wish_of(row))
    kind.require_in(row, *kind.life.to_do)
    if row.wished_due_at is None or row.version != version:
        raise Refused(f"{kind.family.name}-wish-decided")
    granted = {"due_at": row.wished_due_at} if yes else {}
    kind.change(work.session, row, wished_due_at=None, wished_by=None, **granted)
    times: dict[str, str | int | bool | None] = {"until": str(row.wished_due_at), "before": str(row.due_at)}
    kind.note(work, row, GRANTED if yes else NOT_GRANTED, facts=times)
    _audit(work, kind, row, action, row.wished_by, yes=yes)
    cards.show_changed(work, kind, number, rings=[row.wished_by], by=work.actor)


def withdraw(work: Work, kind: CaseKind[R], number: int) -> str:
    """Take back what the actor has just made known; what it was called. Raises Refused after the minute, or
    once somebody has taken it up."""
    row = kind.get(work.session, number)
    own = Resource(row.path, {Relation.SELF: (row.begun_by,)})
    access.require(work.actor, kind.action("withdraw"), own)
    kind.require_in(row, *kind.undone_from(row))
    seconds = kind.settings(work.settings).undo_seconds
    if (work.now - row.begun_at).total_seconds() > seconds:
        raise Refused(f"{kind.family.name}-undo-too-late", seconds=seconds)
    gone = kind.life.withdrawn
    kind.move(work.session, row, state=gone, closed_at=work.now, **kind.erased)
    kind.note(work, row, WITHDRAWN, to=gone)
    cards.show_changed(work, kind, number)
    return kind.reference(row.year, row.number)


def receipt(work: Work, kind: CaseKind[R], number: int, notice: type[T], **more: object) -> T:
    """What the actor is answered: what it is called, when it is due, before whom it lies; and `more`."""
    row = readable(work, kind, number)
    done = row.state == kind.life.done
    asked = kind.to_look(work.session, row) if done else kind.to_notify(work.session, row, work.settings)
    apart = [person for person in asked if person != work.actor.person_id]
    held_until = None if row.urgent else outbox.quiet_until(work.settings, work.now)
    told = {"told": tuple(labels.named(work.session, apart)[:3]), "held_until": held_until}
    return kind.tell(notice, row, **told, **kind.answered(work.actor, row), **more)


def reworded(kind: CaseKind[R], work: Work, number: int, change: Change) -> list[int] | None:
    """A message about it says something else now: a step of its own, laid before whose turn it is; who these
    are. None once it is over."""
    row = kind.read(work.session, number)
    if row is None or row.state not in kind.life.open:
        return None
    if not access.allows(work.actor, kind.remark, kind.resource(work.session, row)):
        return None
    for column in kind.said_in:
        edits.put(work.session, column, change, kind.tables.cases.c.id == number)
    kind.note(work, row, REWORDED, Remark(change.words))
    asked = turn_of(work, kind, row)
    cards.show_changed(work, kind, number, rings=asked, by=work.actor)
    return asked


def turn_of(work: Work, kind: CaseKind[R], row: R) -> list[int]:
    """Who is to do something next: look at what is done, do it, or name who does."""
    if row.state == kind.life.done:
        return kind.to_look(work.session, row)
    return kind.hands(work.session, row.id) or kind.to_notify(work.session, row, work.settings)


def history(work: Work, kind: CaseKind[R], number: int) -> CaseHistory:
    """What happened so far, step by step."""
    events = kind.history(work.session, number, MOST_EVENTS)
    return kind.tell(kind.notices.history, seen(work, kind, number), events=events)


def voices(work: Work, kind: CaseKind[R], number: int) -> list[CaseVoice]:
    """Every voice note of it, oldest first. What the clock told of was said by whoever found it."""
    row = seen(work, kind, number)
    finder = next(iter(labels.named(work.session, [row.begun_by])), "")
    return [
        kind.tell(kind.notices.voice, row, voice=each.voice, name=each.name or finder)
        for each in kind.voices(work.session, number)
    ]


def seen(work: Work, kind: CaseKind[R], number: int) -> R:
    """One that the actor may look into; who made it known can see that somebody else did. Raises Refused."""
    row = readable(work, kind, number)
    if work.actor.person_id != row.begun_by:
        _audit(work, kind, row, kind.action("read"), row.begun_by)
    return row


def readable(work: Work, kind: CaseKind[R], number: int) -> R:
    """The same for what is no look into it. Raises Refused."""
    row = kind.get(work.session, number)
    access.require(work.actor, kind.action("read"), kind.resource(work.session, row))
    return row


def find(work: Work, kind: CaseKind[R], said: str) -> int:
    """The one of this reference (`123`, `2026-123`, `H-2026-000123`) that the actor may see: without a year,
    the newest. Raises Refused where there is none."""
    for number in kind.numbered(work.session, said):
        row = kind.get(work.session, number)
        if access.allows(work.actor, kind.action("read"), kind.resource(work.session, row)):
            return number
    raise Refused(f"{kind.family.name}-unknown")


def waiting(work: Work, kind: CaseKind[R]) -> CaseWaiting:
    """What is the actor's to see to, the soonest due first: MOST_WAITING, and one more where there are
    more."""
    cases = kind.tables.cases.c
    mine = kind.named_for(work.actor) | access.visible(work.actor, kind.to_assign.action, col(Area.path))
    found = (
        kind.listed()
        .where(
            cases.closed_at.is_(None),
            (cases.state.in_(kind.life.to_do) & mine) | kind.to_look_at(work.actor),
        )
        .order_by(cases.due_at, cases.id)
        .limit(MOST_WAITING + 1)
    )
    return kind.notices.waiting(kind.lines(work.session, found))


def _audit(
    work: Work, kind: CaseKind[R], row: R, action: str, about: int | None, **facts: bool
) -> None:  # fmt: skip
    audit.record(work, action, kind.subject(row.id), about, **facts)
