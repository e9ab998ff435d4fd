"""What a request's living message shows to each reader."""

import re

from sqlmodel import Session

from bot import access
from bot.access import Actor
from bot.features.cases import assignees, cards
from bot.features.requests.notices import RequestCard, RequestShown
from bot.features.requests.repository import ASK, HANDLE, READ, REQUEST
from models import RequestStage

CONTACT = "request.contact"
# Words and numbers of a contact; numbers as long as a telephone's keep both ends.
_RUNS, _LONG = re.compile(r"\d+|[^\W\d_]+"), 7


def load(session: Session, reader: Actor, told: RequestCard) -> RequestShown | None:
    """How it stands now, and what this reader may do; None for who may not see it (any more)."""
    row = REQUEST.read(session, told.request_id)
    if row is None:
        return None
    thing = REQUEST.resource(session, row)
    if not access.allows(reader, READ, thing):
        return None
    spoken = REQUEST.last_spoken(session, row.id)
    acts = cards.acts(reader, REQUEST, row, thing, ("handle", HANDLE))
    if row.state == RequestStage.DONE and access.allows(reader, ASK, thing):
        acts.append("ask")
    if row.contact and access.allows(reader, CONTACT, thing):
        acts.append("contact")
    return RequestShown(
        request_id=row.id, year=row.year, number=row.number, label=row.label, state=row.state, mode=row.mode,
        area=row.area, words=row.words, household=row.household, registrar=row.registrar,
        registered_at=row.registered_at, due_at=row.due_at, doer=row.doer, done_at=row.done_at,
        answer=row.answer, asker=row.asker, closed_at=row.closed_at, repeats=row.repeats,
        wished_due_at=row.wished_due_at, wisher=row.wisher, version=row.version, voice=bool(row.voice),
        contact=masked(row.contact), named=assignees.told(session, REQUEST.assignees(session, row.id)),
        said=spoken.words if spoken else "", said_voice=bool(spoken and spoken.voice),
        said_step=spoken.step if spoken else "", acts=tuple(acts),
        own=row.registered_by == reader.person_id,
    )  # fmt: skip


def masked(contact: str | None) -> str:
    """A contact as everybody may see it: of words the first letter, of numbers the ends."""
    return _RUNS.sub(_masked_run, contact or "")


def _masked_run(found: re.Match[str]) -> str:
    run = found[0]
    return f"{run[:3]}****{run[-2:]}" if len(run) >= _LONG and run.isdigit() else f"{run[0]}*"
