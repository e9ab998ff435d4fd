"""A request on its way: who is named, what they say of it, more time, and what the resident says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit
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
    row = repository.get(session, request_id)
    access.require(actor, ASSIGN, repository.thing(session, row))
    repository.require_in(row, *TO_DO)
    there = {each.area_id for each in REQUEST.assignees(session, request_id) if not each.person_id}
    return assignment.candidates(session, actor, ASSIGN, row.path, there, most)


def assign(work: Work, request_id: int, to: Candidate, joint: bool = False) -> None:
    """Name who is to see to it; `joint`: besides those named already, who stay responsible.

    Raises Refused once it is done, or where the unit is not the actor's to name.
    """
    row = repository.get(work.session, request_id)
    access.require(work.actor, ASSIGN, repository.thing(work.session, row))
    path = assignment.path_to_name(work.session, work.actor, ASSIGN, to)
    repository.require_in(row, *TO_DO)
    before = REQUEST.assignees(work.session, request_id)
    together = {"mode": RequestMode.JOINT} if joint and before else {}
    repository.move(work.session, row, state=RequestStage.ASSIGNED, **together)
    if not joint:
        REQUEST.release(work.session, request_id, work.now)
    responsible = not joint or not before
    REQUEST.name(
        work.session, request_id, area_id=to.area_id, person_id=to.person_id, responsible=responsible,
        named_by=work.actor.person_id, named_at=work.now,
    )  # fmt: skip
    named = {"to": to.name, "person_id": to.person_id, "unit_id": to.area_id, "responsible": responsible}
    REQUEST.note(
        work.session, work.actor, row, RequestStep.ASSIGNED, work.now, to=RequestStage.ASSIGNED, facts=named
    )
    audit.record(
        work.session, work.actor, ASSIGN, repository.subject(request_id), work.now, to.person_id, joint=joint
    )
    rings = [to.person_id] if to.person_id else case.people_of(work.session, [path])
    first = [row.registered_by] if row.state == RequestStage.REGISTERED else []
    cards.show_changed(work, request_id, rings=[*rings, *first], by=work.actor)


def require_to_handle(session: Session, actor: Actor, request_id: int) -> Row[Any]:
    """One that the actor may see to, and that is not done yet. Raises Refused."""
    row = repository.get(session, request_id)
    access.require(actor, HANDLE, repository.thing(session, row))
    repository.require_in(row, *TO_DO)
    return row


def finish(work: Work, request_id: int, said: Said) -> None:
    """It is done, and how; who registered it is to ask the resident. Raises Refused where it was said
    already."""
    row = require_to_handle(work.session, work.actor, request_id)
    repository.move(
        work.session, row, state=RequestStage.DONE, done_by=work.actor.person_id, done_at=work.now,
        wished_due_at=None,
        wished_by=None,
    )  # fmt: skip
    _note(work, row, RequestStep.DONE, said, to=RequestStage.DONE)
    escalation.start_ask(work, request_id)
    rings = cards.to_ask(work.session, row)
    cards.show_changed(work, request_id, rings=rings, by=work.actor)


def stuck(work: Work, request_id: int, said: Said, more_days: int) -> None:
    """It does not get on: why, and how many working days more are asked for; 0: somebody else is to be named.

    Raises Refused where it was said to be done already.
    """
    row = require_to_handle(work.session, work.actor, request_id)
    until = work.settings.later(row.due_at, more_days, work.now, work.settings.requests.closing_time)
    wished = {"wished_due_at": until, "wished_by": work.actor.person_id} if more_days else {}
    repository.move(work.session, row, **wished)
    _note(work, row, RequestStep.STUCK, said)
    if more_days:
        REQUEST.note(work.session, work.actor, row, RequestStep.WISHED, work.now, facts={"until": str(until)})
    action = EXTEND if more_days else ASSIGN
    rings = access.nearest_with(work.session, action, row.path, but=[work.actor.person_id])
    cards.show_changed(work, request_id, rings=rings, by=work.actor)


def decide_more_time(work: Work, request_id: int, version: int, yes: bool) -> None:
    """Grant the time that was asked for, or not. `version`: of the card that was read.

    Raises Refused for who asked, and where it was decided or is over.
    """
    row = repository.get(work.session, request_id)
    wisher = row.wished_by
    access.require(work.actor, EXTEND, Resource(row.path, {Relation.SELF: (wisher,) if wisher else ()}))
    repository.require_in(row, *TO_DO)
    if row.wished_due_at is None or row.version != version:
        raise Refused("request-wish-decided")
    granted = {"due_at": row.wished_due_at} if yes else {}
    repository.move(work.session, row, wished_due_at=None, wished_by=None, **granted)
    step = RequestStep.GRANTED if yes else RequestStep.NOT_GRANTED
    times = {"until": str(row.wished_due_at), "before": str(row.due_at)}
    REQUEST.note(work.session, work.actor, row, step, work.now, facts=times)
    audit.record(work.session, work.actor, EXTEND, repository.subject(request_id), work.now, wisher, yes=yes)
    cards.show_changed(work, request_id, rings=[wisher], by=work.actor)


def require_to_ask(session: Session, actor: Actor, request_id: int, version: int) -> Row[Any]:
    """It waits for the resident to be asked, as it did when the card was read, and the actor may. Raises
    Refused."""
    row = repository.get(session, request_id)
    access.require(actor, ASK, repository.thing(session, row))
    repository.require_in(row, RequestStage.DONE)
    if row.version != version:
        raise Refused("request-changed")
    return row


def answered(work: Work, request_id: int, version: int, answer: ResidentAnswer, said: Said) -> None:
    """What the resident says: solved and partly close it; not opens it again, which counts as a repeat, with
    a new term where the old one is over. `version`: of the card that was read. Raises Refused where somebody
    was faster."""
    row = require_to_ask(work.session, work.actor, request_id, version)
    asked: dict[str, Any] = {"answer": answer, "asked_by": work.actor.person_id}
    if answer is ResidentAnswer.NOT:
        state = (
            RequestStage.ASSIGNED if REQUEST.assignees(work.session, request_id) else RequestStage.REGISTERED
        )
        asked |= {
            "repeats": row.repeats + 1, "done_by": None, "done_at": None, "told_due_at": None,
            "due_at": _term(row, work.now, work.settings),
        }  # fmt: skip
    else:
        state = RequestStage.CLOSED
        asked |= {"closed_at": work.now}
    repository.move(work.session, row, state=state, **asked)
    _note(work, row, RequestStep(answer), said, to=state)
    audit.record(
        work.session, work.actor, ASK, repository.subject(request_id), work.now, row.done_by, answer=answer
    )
    rings: set[int | None] = {row.done_by}
    if answer is ResidentAnswer.NOT:
        hands = repository.assignees_all(work.session, row)
        rings |= hands or set(cards.to_notify(work.session, row, work.settings))
    cards.show_changed(work, request_id, rings=rings, by=work.actor)


def _term(row: Row[Any], now: datetime, settings: Settings) -> datetime:
    """When it is due once it is opened again."""
    due: datetime = row.due_at
    if due > now:
        return due
    kind = settings.requests.category(row.category)
    return kind.due.of(now, settings.work.zone, settings.requests.closing_time, settings.workdays)


def history(work: Work, request_id: int) -> Facts:
    """What happened so far, step by step; a look of somebody else's is written down."""
    row = _seen(work, request_id)
    return cards.brief(row) | {"events": REQUEST.history(work.session, request_id, MOST_EVENTS)}


def voices(work: Work, request_id: int) -> Sequence[Facts]:
    """Every voice note of it, oldest first: who spoke, and Telegram's file id."""
    row = _seen(work, request_id)
    spoken = REQUEST.voices(work.session, request_id)
    return [cards.brief(row) | {"voice": each.voice, "name": each.name} for each in spoken]


def _seen(work: Work, request_id: int) -> Row[Any]:
    row = repository.get(work.session, request_id)
    access.require(work.actor, READ, repository.thing(work.session, row))
    if work.actor.person_id != row.registered_by:
        audit.record(
            work.session, work.actor, READ, repository.subject(request_id), work.now, row.registered_by
        )
    return row


def _note(work: Work, row: Row[Any], step: RequestStep, said: Said, to: str = "") -> None:
    words = said.words[:MOST_WORDS]
    REQUEST.note(work.session, work.actor, row, step, work.now, to=to, words=words, voice=said.voice)


def reworded(work: Work, request_id: int, change: Change) -> list[int] | None:
    """A message about it says something else now: a step of its own, laid before whose turn it is; who these
    are. None once it is over."""
    row = repository.read(work.session, request_id)
    if row is None or row.state not in repository.OPEN:
        return None
    if not access.allows(work.actor, READ, repository.thing(work.session, row)):
        return None
    edits.put(work.session, ResidentRequest.words, change, col(ResidentRequest.id) == request_id)
    REQUEST.note(work.session, work.actor, row, RequestStep.REWORDED, work.now, words=change.words)
    named = sorted(case.assignees_all(work.session, REQUEST.assignees(work.session, request_id)))
    done = row.state == RequestStage.DONE
    laid_before = named or cards.to_notify(work.session, row, work.settings)
    asked = cards.to_ask(work.session, row) if done else laid_before
    cards.show_changed(work, request_id, rings=asked, by=work.actor)
    return asked
