"""A request on its way: who is named, what they say of it, more time, and what the resident says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Thing, audit
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.cases import assignment, case
from bot.features.cases.assignment import Candidate
from bot.features.requests import cards, escalation, repository
from bot.features.requests.cards import ASK, ASSIGN, EXTEND, HANDLE, READ
from bot.features.requests.repository import REQUEST, TO_DO
from bot.settings import Settings
from bot.words import edits
from bot.words.edits import Change
from models import RequestMode, RequestStage, RequestStep, ResidentAnswer, ResidentRequest

MOST_WORDS = 500
MOST_EVENTS = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, in words or as a voice note (Telegram's file id)."""

    words: str = ""
    voice: str = ""


def candidates(session: Session, actor: Actor, request_id: int, most: int) -> list[Candidate]:
    """Whom the actor may name. Raises Refused."""
    row = repository.the(session, request_id)
    access.require(actor, ASSIGN, repository.thing(session, row))
    repository.require_in(row, *TO_DO)
    there = {each.area_id for each in REQUEST.assignees(session, request_id) if not each.person_id}
    return assignment.candidates(session, actor, ASSIGN, row.path, there, most)


def assign(
    session: Session, actor: Actor, request_id: int, to: Candidate, joint: bool = False,
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """Name who is to see to it; `joint`: besides those named already, who stay responsible.

    Raises Refused once it is done, or where the unit is not the actor's to name.
    """
    row = repository.the(session, request_id)
    access.require(actor, ASSIGN, repository.thing(session, row))
    path = assignment.path_to_name(session, actor, ASSIGN, to)
    repository.require_in(row, *TO_DO)
    before = REQUEST.assignees(session, request_id)
    together = {"mode": RequestMode.JOINT} if joint and before else {}
    repository.move(session, row, state=RequestStage.ASSIGNED, **together)
    if not joint:
        REQUEST.release(session, request_id, now)
    responsible = not joint or not before
    REQUEST.name(
        session, request_id, area_id=to.area_id, person_id=to.person_id, responsible=responsible,
        named_by=actor.person_id, named_at=now,
    )  # fmt: skip
    named = {"to": to.name, "person_id": to.person_id, "unit_id": to.area_id, "responsible": responsible}
    REQUEST.note(session, actor, row, RequestStep.ASSIGNED, now, to=RequestStage.ASSIGNED, facts=named)
    audit.record(session, actor, ASSIGN, repository.subject(request_id), now, to.person_id, joint=joint)
    rings = [to.person_id] if to.person_id else case.people_of(session, [path])
    first = [row.registered_by] if row.state == RequestStage.REGISTERED else []
    cards.show_changed(session, request_id, now, settings, rings=[*rings, *first], by=actor)


def require_to_handle(session: Session, actor: Actor, request_id: int) -> Row[Any]:
    """One that the actor may see to, and that is not done yet. Raises Refused."""
    row = repository.the(session, request_id)
    access.require(actor, HANDLE, repository.thing(session, row))
    repository.require_in(row, *TO_DO)
    return row


def finish(
    session: Session, actor: Actor, request_id: int, said: Said, *, now: datetime, settings: Settings
) -> None:
    """It is done, and how; who registered it is to ask the resident. Raises Refused where it was said
    already."""
    row = require_to_handle(session, actor, request_id)
    repository.move(
        session, row, state=RequestStage.DONE, done_by=actor.person_id, done_at=now, wished_due_at=None,
        wished_by=None,
    )  # fmt: skip
    _note(session, actor, row, RequestStep.DONE, said, now, to=RequestStage.DONE)
    escalation.start_ask(session, actor, request_id, now=now, settings=settings)
    rings = cards.to_ask(session, row)
    cards.show_changed(session, request_id, now, settings, rings=rings, by=actor)


def stuck(
    session: Session, actor: Actor, request_id: int, said: Said, more_days: int,
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """It does not get on: why, and how many working days more are asked for; 0: somebody else is to be named.

    Raises Refused where it was said to be done already.
    """
    row = require_to_handle(session, actor, request_id)
    until = settings.later(row.due_at, more_days, now, settings.requests.closing_time)
    wished = {"wished_due_at": until, "wished_by": actor.person_id} if more_days else {}
    repository.move(session, row, **wished)
    _note(session, actor, row, RequestStep.STUCK, said, now)
    if more_days:
        REQUEST.note(session, actor, row, RequestStep.WISHED, now, facts={"until": str(until)})
    action = EXTEND if more_days else ASSIGN
    rings = access.nearest(session, action, row.path, but=[actor.person_id])
    cards.show_changed(session, request_id, now, settings, rings=rings, by=actor)


def decide_more_time(
    session: Session, actor: Actor, request_id: int, version: int, yes: bool,
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """Grant the time that was asked for, or not. `version`: of the card that was read.

    Raises Refused for who asked, and where it was decided or is over.
    """
    row = repository.the(session, request_id)
    wisher = row.wished_by
    access.require(actor, EXTEND, Thing(row.path, {Relation.SELF: (wisher,) if wisher else ()}))
    repository.require_in(row, *TO_DO)
    if row.wished_due_at is None or row.version != version:
        raise Refused("request-wish-decided")
    granted = {"due_at": row.wished_due_at} if yes else {}
    repository.move(session, row, wished_due_at=None, wished_by=None, **granted)
    step = RequestStep.GRANTED if yes else RequestStep.NOT_GRANTED
    times = {"until": str(row.wished_due_at), "before": str(row.due_at)}
    REQUEST.note(session, actor, row, step, now, facts=times)
    audit.record(session, actor, EXTEND, repository.subject(request_id), now, wisher, yes=yes)
    cards.show_changed(session, request_id, now, settings, rings=[wisher], by=actor)


def require_to_ask(session: Session, actor: Actor, request_id: int, version: int) -> Row[Any]:
    """It waits for the resident to be asked, as it did when the card was read, and the actor may. Raises
    Refused."""
    row = repository.the(session, request_id)
    access.require(actor, ASK, repository.thing(session, row))
    repository.require_in(row, RequestStage.DONE)
    if row.version != version:
        raise Refused("request-changed")
    return row


def answered(
    session: Session, actor: Actor, request_id: int, version: int, answer: ResidentAnswer, said: Said,
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """What the resident says: solved and partly close it; not opens it again, which counts as a repeat, with
    a new term where the old one is over. `version`: of the card that was read. Raises Refused where somebody
    was faster."""
    row = require_to_ask(session, actor, request_id, version)
    asked: dict[str, Any] = {"answer": answer, "asked_by": actor.person_id}
    if answer is ResidentAnswer.NOT:
        state = RequestStage.ASSIGNED if REQUEST.assignees(session, request_id) else RequestStage.REGISTERED
        asked |= {
            "repeats": row.repeats + 1, "done_by": None, "done_at": None, "told_due_at": None,
            "due_at": _term(row, now, settings),
        }  # fmt: skip
    else:
        state = RequestStage.CLOSED
        asked |= {"closed_at": now}
    repository.move(session, row, state=state, **asked)
    _note(session, actor, row, RequestStep(answer), said, now, to=state)
    audit.record(session, actor, ASK, repository.subject(request_id), now, row.done_by, answer=answer)
    rings: set[int | None] = {row.done_by}
    if answer is ResidentAnswer.NOT:
        hands = repository.hands(session, row)
        rings |= hands or set(cards.receivers(session, row, settings))
    cards.show_changed(session, request_id, now, settings, rings=rings, by=actor)


def _term(row: Row[Any], now: datetime, settings: Settings) -> datetime:
    """When it is due once it is opened again."""
    due: datetime = row.due_at
    if due > now:
        return due
    kind = settings.requests.category(row.category)
    return kind.due.of(now, settings.work.zone, settings.requests.closing_time, settings.workdays)


def history(session: Session, actor: Actor, request_id: int, *, now: datetime) -> Facts:
    """What happened so far, step by step; a look of somebody else's is written down."""
    row = _seen(session, actor, request_id, now)
    return cards.brief(row) | {"events": REQUEST.history(session, request_id, MOST_EVENTS)}


def voices(session: Session, actor: Actor, request_id: int, *, now: datetime) -> Sequence[Facts]:
    """Every voice note of it, oldest first: who spoke, and Telegram's file id."""
    row = _seen(session, actor, request_id, now)
    spoken = REQUEST.voices(session, request_id)
    return [cards.brief(row) | {"voice": each.voice, "name": each.name} for each in spoken]


def _seen(session: Session, actor: Actor, request_id: int, now: datetime) -> Row[Any]:
    row = repository.the(session, request_id)
    access.require(actor, READ, repository.thing(session, row))
    if actor.person_id != row.registered_by:
        audit.record(session, actor, READ, repository.subject(request_id), now, row.registered_by)
    return row


def _note(
    session: Session, actor: Actor, row: Row[Any], step: RequestStep, said: Said, now: datetime, to: str = ""
) -> None:
    words = said.words[:MOST_WORDS]
    REQUEST.note(session, actor, row, step, now, to=to, words=words, voice=said.voice)


def reworded(
    session: Session, actor: Actor, request_id: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """A message about it says something else now: a step of its own, laid before whose turn it is; who these
    are. None once it is over."""
    row = repository.read(session, request_id)
    if row is None or row.state not in repository.OPEN:
        return None
    if not access.allows(actor, READ, repository.thing(session, row)):
        return None
    edits.put(session, ResidentRequest.words, change, col(ResidentRequest.id) == request_id)
    REQUEST.note(session, actor, row, RequestStep.REWORDED, now, words=change.words)
    named = sorted(case.hands(session, REQUEST.assignees(session, request_id)))
    done = row.state == RequestStage.DONE
    laid_before = named or cards.receivers(session, row, settings)
    asked = cards.to_ask(session, row) if done else laid_before
    cards.show_changed(session, request_id, now, settings, rings=asked, by=actor)
    return asked
