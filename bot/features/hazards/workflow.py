"""A hazard on its way: what is said of the work, and 复核, by somebody who did not put it right."""

from collections.abc import Sequence
from dataclasses import replace

from bot import access
from bot.access import Work, audit
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases import cards, escalation, workflow
from bot.features.hazards import repository
from bot.features.hazards.repository import ACCEPT, CANNOT, FIX, HAZARD, PARTLY, REOPEN, VERIFY, HazardRow
from bot.words import said
from bot.words.said import Remark
from models import HazardState, HazardStep, PhotoOf

NOTHING = Remark()
_DONE = {HazardStep.FIXED: FIX, HazardStep.PARTLY: PARTLY, HazardStep.CANNOT: CANNOT}


class Rectification(Struct):
    """What was done about it: `fixed`, `partly` or `cannot`. `more_days`: working days asked for besides."""

    outcome: HazardStep
    photos: Sequence[int] = ()
    said: Remark = NOTHING
    more_days: int = 0


def rectify(work: Work, hazard_id: int, done: Rectification) -> None:
    """Say what was done about it, with photos of the work. Raises Refused where it was said already, or is
    over."""
    move = _DONE[done.outcome]
    row = workflow.held(work, HAZARD, hazard_id, move)
    if not move.to and HAZARD.assignees(work.session, hazard_id):
        move = replace(move, to=HazardState.ASSIGNED)
    values = _of_work(work, row, done)
    words = said.with_captions(work.session, done.said.words, done.photos)
    told = Remark(words, done.said.voice)
    event = workflow.take(work, HAZARD, row, move, told, outcome=done.outcome, **values)
    repository.attach(work.session, hazard_id, done.photos, PhotoOf.AFTER, event)
    workflow.note_wish(work, HAZARD, row, values)
    if move is FIX:
        escalation.start_look(work, HAZARD, hazard_id)
    cards.show_changed(work, HAZARD, hazard_id, rings=_to_ring(work, row, done), by=work.actor)


def _of_work(work: Work, row: HazardRow, done: Rectification) -> dict[str, object]:
    """What of the hazard the work changes. Done: no more time is wished for."""
    if done.outcome is not HazardStep.FIXED:
        return workflow.wished(work, HAZARD, row, done.more_days)
    unwished = {"wished_due_at": None, "wished_by": None} if row.wished_due_at else {}
    return {"fixed_by": work.actor.person_id, "fixed_at": work.now, **unwished}


def _to_ring(work: Work, row: HazardRow, done: Rectification) -> list[int]:
    """Who is to do something now: look at the work, say whether there is more time, or name another."""
    if done.outcome is HazardStep.FIXED:
        return HAZARD.to_look(work.session, row)
    actions = [HAZARD.action("extend")] if done.more_days else []
    if done.outcome is HazardStep.CANNOT:
        actions.append(HAZARD.to_assign.action)
    me = [work.actor.person_id]
    nearest = [access.nearest_with(work.session, action, row.path, but=me) for action in actions]
    return [person for people in nearest for person in people]


def accept(work: Work, hazard_id: int, version: int) -> None:
    """It is right: closed. `version`: of the card that was read. Raises Refused for whoever worked on it,
    and where somebody was faster."""
    row = require_to_verify(work, hazard_id, version)
    unwished = {"wished_due_at": None, "wished_by": None}
    verified = {"verified_by": work.actor.person_id, "closed_at": work.now}
    workflow.take(work, HAZARD, row, ACCEPT, **verified, **unwished)
    _looked(work, row, [row.fixed_by, *HAZARD.tellers(work.session, row)], accepted=True)


def reopen(work: Work, hazard_id: int, version: int, why: Remark) -> None:
    """It is not right: back to who is to put it right, with the reason. Raises Refused as `accept` does."""
    row = require_to_verify(work, hazard_id, version)
    named = HAZARD.assignees(work.session, hazard_id)
    back = replace(REOPEN, to=HazardState.ASSIGNED if named else HazardState.REPORTED)
    undone = {"fixed_by": None, "fixed_at": None, "reopened": row.reopened + 1}
    workflow.take(work, HAZARD, row, back, why, outcome=HazardStep.REOPENED, **undone)
    _looked(work, row, [row.fixed_by, *HAZARD.hands(work.session, hazard_id)], accepted=False)


def _looked(work: Work, row: HazardRow, rings: Sequence[int | None], accepted: bool) -> None:
    filed = HAZARD.subject(row.id)
    audit.record(work, VERIFY, filed, row.fixed_by, accepted=accepted)
    cards.show_changed(work, HAZARD, row.id, rings=rings, by=work.actor)


def require_to_verify(work: Work, hazard_id: int, version: int) -> HazardRow:
    """It waits for somebody to look at it, as it did when the card was read, and the actor may. Raises
    Refused."""
    if work.actor.person_id in repository.fixers(work.session, hazard_id):
        raise Refused("hazard-own-work")
    return workflow.held(work, HAZARD, hazard_id, ACCEPT, version)


def open_of(work: Work, chat_id: int, message_id: int) -> int | None:
    """The hazard of a message in the actor's chat that the actor can put right by replying; None where the
    message is about none, or the work is done."""
    number = repository.of_message(work.session, work.actor.bot, chat_id, message_id)
    row = HAZARD.read(work.session, number) if number else None
    if row is None or row.state not in FIX.states:
        return None
    thing = HAZARD.resource(work.session, row)
    return row.id if access.allows(work.actor, FIX.action, thing) else None
