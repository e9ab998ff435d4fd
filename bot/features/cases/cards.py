"""A case as each person concerned sees it: one living message, made anew at the end of the chat where
something is to be done."""

from collections.abc import Collection, Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work
from bot.features.cases import assignees
from bot.features.cases.case import CaseKind, R
from bot.features.cases.notices import CaseMoved, CaseShown
from bot.features.cases.rows import CaseRow, LadderSubject
from bot.features.escalation import ladders
from bot.outbox import outbox
from models import Ladder

T = TypeVar("T", bound=CaseShown)


def show_new(work: Work, kind: CaseKind[R], row: R) -> None:
    """Lay a new one before those who name who is to see to it."""
    _show(work, kind, row, kind.to_notify(work.session, row, work.settings))


def show_changed(
    work: Work, kind: CaseKind[R], number: int, *, rings: Iterable[int | None] = (), by: Actor | None = None
) -> None:
    """Let everyone concerned see how it stands; for those who `rings`, at the end of the chat. `by` has just
    acted and needs no ring."""
    row = kind.get(work.session, number)
    filed, told = kind.subject(number), {person for person in rings if person}
    # Until the new message is there, the old one stands.
    rung_at = work.now if row.urgent else outbox.quiet_until(work.settings, work.now) or work.now
    for person in sorted(told - {by.person_id if by else 0}):
        outbox.retire(work.session, filed, moved(work, kind, row), rung_at, person)
        _show(work, kind, row, [person])
    if by and by.person_id in told:
        for to in outbox.recipients_of(work.session, [by.person_id]):
            outbox.show(work, filed, kind.card(row, own=True), to)
    outbox.show_again(work.session, filed, kind.card(row), work.now)
    if row.state == kind.life.withdrawn:
        outbox.drop_held(work.session, filed, work.now)
    _follow(work, kind, row)


def show_to(work: Work, kind: CaseKind[R], number: int) -> None:
    """Bring its message to the end of the actor's chat."""
    row = kind.get(work.session, number)
    access.require(work.actor, kind.action("read"), kind.resource(work.session, row))
    filed = kind.subject(number)
    outbox.retire(work.session, filed, moved(work, kind, row), work.now, work.actor.person_id)
    outbox.show(work, filed, kind.card(row, own=True), outbox.recipient_of(work.actor))


def moved(work: Work, kind: CaseKind[R], row: R) -> CaseMoved:
    """Stands where the living message was."""
    return kind.tell(kind.notices.moved, row, photo=kind.photo(work.session, row))


def acts(reader: Actor, kind: CaseKind[R], row: R, thing: Resource, work_on: tuple[str, str]) -> list[str]:
    """The buttons this reader gets while there is something to do. `work_on`: that of who sees to it, and the
    action it is asked for."""
    if row.state not in kind.life.to_do:
        return []
    button, action = work_on
    may = {
        button: access.allows(reader, action, thing),
        "assign": access.allows(reader, kind.to_assign.action, thing),
        "extend": bool(row.wished_due_at) and access.allows(reader, kind.action("extend"), wish_of(row)),
    }
    return [act for act, allowed in may.items() if allowed]


def shown(session: Session, kind: CaseKind[R], row: R, what: type[T], **more: object) -> T:
    """What a living message shows: how it stands, who is named, what was said last, and `more`."""
    spoken = kind.last_spoken(session, row.id)
    told: dict[str, object] = {
        "voice": bool(row.voice), "named": assignees.told(session, kind.assignees(session, row.id)),
        "said": spoken.words if spoken else "", "said_voice": bool(spoken and spoken.voice),
        "said_step": spoken.step if spoken else "",
    }  # fmt: skip
    return kind.tell(what, row, **told | more)


def wish_of(row: CaseRow) -> Resource:
    """The wish for more time to `access`: nobody grants their own."""
    return Resource(row.path, {Relation.SELF: (row.wished_by,) if row.wished_by else ()})


def _show(work: Work, kind: CaseKind[R], row: R, people: Collection[int]) -> None:
    for to in outbox.recipients_of(work.session, list(people)):
        outbox.show(work, kind.subject(row.id), kind.card(row), to)


def _follow(work: Work, kind: CaseKind[R], row: R) -> None:
    """What those above were told says how it stands now."""
    new, before = kind.ladder("new"), str(row.version - 1)
    subjects = [
        LadderSubject(new, row.id), LadderSubject(new, row.id, before),
        LadderSubject(kind.ladder(kind.family.look), row.id, before),
    ]  # fmt: skip
    if row.told_due_at:
        subjects.append(kind.due_subject(row, row.told_due_at))
    found = select(col(Ladder.id)).where(col(Ladder.subject).in_([str(each) for each in subjects]))
    numbers = [number or 0 for number in work.session.execute(found).scalars()]
    for card in ladders.told_cards(work.session, numbers, kind.family.name) if numbers else ():
        outbox.refresh(work.session, card.subject, work.now)
