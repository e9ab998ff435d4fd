"""A request on its way: what is said of it, and what the resident says."""

from dataclasses import replace

from bot import access
from bot.access import Work, audit
from bot.features.cases import cards, escalation, workflow
from bot.features.requests.registering import due_at
from bot.features.requests.repository import ANSWER, ASK, BLOCK, FINISH, REQUEST
from bot.words.said import Remark
from models import RequestStage, RequestStep, ResidentAnswer


def finish(work: Work, request_id: int, said: Remark) -> None:
    """It is done, and how; who registered it is to ask the resident. Raises Refused where it was said
    already."""
    row = workflow.held(work, REQUEST, request_id, FINISH)
    done = {"done_by": work.actor.person_id, "done_at": work.now}
    workflow.take(work, REQUEST, row, FINISH, said, **done, wished_due_at=None, wished_by=None)
    escalation.start_look(work, REQUEST, request_id)
    rings = REQUEST.to_look(work.session, row)
    cards.show_changed(work, REQUEST, request_id, rings=rings, by=work.actor)


def stuck(work: Work, request_id: int, said: Remark, more_days: int) -> None:
    """It does not get on: why, and how many working days more are asked for; 0: somebody else is to be named.

    Raises Refused where it was said to be done already.
    """
    row = workflow.held(work, REQUEST, request_id, BLOCK)
    wished = workflow.wished(work, REQUEST, row, more_days)
    workflow.take(work, REQUEST, row, BLOCK, said, **wished)
    workflow.note_wish(work, REQUEST, row, wished)
    action = REQUEST.action("extend") if more_days else REQUEST.to_assign.action
    rings = access.nearest_with(work.session, action, row.path, but=[work.actor.person_id])
    cards.show_changed(work, REQUEST, request_id, rings=rings, by=work.actor)


def answered(work: Work, request_id: int, version: int, answer: ResidentAnswer, said: Remark) -> None:
    """What the resident says: solved and partly close it; not opens it again, which counts as a repeat, with
    a new term where the old one is over. `version`: of the card that was read. Raises Refused where somebody
    was faster."""
    row = workflow.held(work, REQUEST, request_id, ANSWER, version)
    values: dict[str, object] = {"closed_at": work.now}
    move, rings = replace(ANSWER, step=RequestStep(answer)), {row.done_by}
    if answer is ResidentAnswer.NOT:
        named = REQUEST.hands(work.session, request_id)
        is_named = bool(REQUEST.assignees(work.session, request_id))
        move = replace(move, to=RequestStage.ASSIGNED if is_named else RequestStage.REGISTERED)
        due = row.due_at if row.due_at > work.now else due_at(work.settings, row.category, work.now)
        values = {
            "repeats": row.repeats + 1, "done_by": None, "done_at": None, "told_due_at": None, "due_at": due,
        }  # fmt: skip
        rings |= set(named or REQUEST.to_notify(work.session, row, work.settings))
    asked = {"answer": answer, "asked_by": work.actor.person_id}
    workflow.take(work, REQUEST, row, move, said, **asked, **values)
    filed = REQUEST.subject(request_id)
    audit.record(work, ASK, filed, row.done_by, answer=answer)
    cards.show_changed(work, REQUEST, request_id, rings=rings, by=work.actor)
